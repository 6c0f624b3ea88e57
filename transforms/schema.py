"""From cleaned rows to staged ones: the declaration's schema, and its row-level promises.

A transform marks a row it refuses with `_reason` (a short code) and `_detail`; it never
filters. `conform` adds the refusals that follow from the declaration alone.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from iplake.declaration import ColumnType, Table
from transforms.texts import filled

Clean = Callable[[pl.LazyFrame], pl.LazyFrame]
Read = Callable[[str], pl.Expr]
"""Returns what a column of the batch means."""

POLARS: dict[ColumnType, pl.DataType] = {
    "string": pl.String(),
    "int": pl.Int64(),
    "float": pl.Float64(),
    "bool": pl.Boolean(),
    "date": pl.Date(),
    "timestamp": pl.Datetime("us", "UTC"),
}


def polars_schema(table: Table) -> pl.Schema:
    """Return the Polars schema that a table's declaration promises, meta columns included."""
    return pl.Schema({name: POLARS[kind] for name, kind in table.all_columns()})


def refuse(frame: pl.LazyFrame, when: pl.Expr, reason: str, detail: pl.Expr) -> pl.LazyFrame:
    """Mark rows as refused; a row that is refused already keeps its first reason.

    >>> rows = pl.LazyFrame({"code": ["A", "?"]})
    >>> marked = refuse(rows, pl.col("code") == "?", "unknown_code", pl.col("code"))
    >>> marked.collect()["_reason"].to_list()
    [None, 'unknown_code']
    """
    if "_reason" not in frame.collect_schema():
        nothing = pl.lit(None, dtype=pl.String)
        frame = frame.with_columns(nothing.alias("_reason"), nothing.alias("_detail"))
    fresh = when.fill_null(value=False) & pl.col("_reason").is_null()
    return frame.with_columns(
        pl.when(fresh).then(pl.lit(reason)).otherwise(pl.col("_reason")).alias("_reason"),
        pl.when(fresh).then(detail).otherwise(pl.col("_detail")).alias("_detail"),
    )


def must_read(clean: Clean, read: Read, *names: str, said: Read = filled) -> Clean:
    """Return a transform that also refuses rows of which it would lose what a column says.

    That is where a column of the batch says something (`said`) and `read` makes null of it: a
    date of a new form, say, of which no text as received is kept.

    >>> def day(name: str) -> pl.Expr:
    ...     return pl.col(name).str.to_date("%Y-%m-%d", strict=False)
    >>> clean = must_read(lambda rows: rows.select(filed_date=day("filed")), day, "filed")
    >>> rows = pl.LazyFrame({"filed": ["2024-01-31", "31/1/2024", " ", None]})
    >>> clean(rows).collect()["_detail"].to_list()
    [None, 'filed=31/1/2024', None, None]
    """
    unread = [
        pl.when(said(name).is_not_null() & read(name).is_null()).then(
            pl.format(f"{name}={{}}", name)
        )
        for name in names
    ]

    def cleaned(rows: pl.LazyFrame) -> pl.LazyFrame:
        marks = rows.select(_unread=pl.concat_str(unread, separator=", ", ignore_nulls=True))
        marked = pl.concat([clean(rows), marks], how="horizontal")
        says = pl.col("_unread")
        return refuse(marked, says != "", "wrong_type", says).drop("_unread")

    return cleaned


def conform(frame: pl.LazyFrame, table: Table) -> pl.LazyFrame:
    """Return exactly the declared columns plus `_record_number`, `_reason` and `_detail`.

    Refuses rows in which a required column is null, or a value is outside its domain.
    Raises the engine's own error if a declared column is absent or of another type.
    """
    frame = refuse(frame, pl.lit(value=False), "", pl.lit(""))
    required = [name for name, column in table.columns.items() if column.required]
    if required:
        missing = pl.concat_str(
            [pl.when(pl.col(name).is_null()).then(pl.lit(name)) for name in required],
            separator=", ",
            ignore_nulls=True,
        )
        any_missing = pl.any_horizontal(pl.col(name).is_null() for name in required)
        frame = refuse(frame, any_missing, "missing_required", missing)
    for name, column in table.columns.items():
        if column.values is not None:
            outside = pl.col(name).is_not_null() & ~pl.col(name).is_in(column.values)
            detail = pl.format(f"{name}={{}}", pl.col(name))
            frame = refuse(frame, outside, "unknown_value", detail)
    return frame.select(
        *(pl.col(name).cast(POLARS[column.type]) for name, column in table.columns.items()),
        pl.col("_record_number").cast(pl.Int64),
        pl.col("_reason"),
        pl.col("_detail"),
    )

"""What the gates look at: figures that DuckDB takes of a table in one pass, with their bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import duckdb

from iplake import lake
from iplake.declaration import Column, Source, Table
from iplake.settings import Profile

Severity = Literal["critical", "warning"]
LEAST_OF_LAST = 0.5
"""A table that lost more than half of its rows since the last release is refused."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of one table with its floor and ceiling. Dates are numbers like 20190709."""

    table: str
    name: str
    observed: float | None
    floor: float | None
    ceiling: float | None
    severity: Severity


@dataclass(frozen=True, slots=True)
class MartPromise:
    """What a mart promises of itself: its key, its least rows, its required columns."""

    name: str
    key: tuple[str, ...]
    least_rows: int
    required: tuple[str, ...]


def of_staging(source: Source, profile: Profile, last_rows: Mapping[str, int]) -> Iterator[Measure]:
    """Yield the figures of a source's staged tables, with the bounds of its declaration.

    `last_rows` are the rows by table of the last release of the same profile, if any.
    """
    with duckdb.connect() as connection:
        for name, table in source.tables.items():
            staged = str(lake.staging(source, name) / "*.parquet")
            refused = str(lake.quarantine(source, name) / "*.parquet")
            rows, *figures = _figures(connection, staged, table)
            quarantined = _count(connection, refused)
            bounds = table.rows[profile]
            # A floor refuses and a ceiling warns, so they are two measures of one figure.
            if bounds.min is not None:
                yield Measure(name, "row_count", rows, bounds.min, None, "critical")
            if bounds.max is not None:
                yield Measure(name, "row_count_ceiling", rows, None, bounds.max, "warning")
            taken = rows + quarantined
            share = quarantined / taken if taken else 0.0
            most = table.max_quarantine_share
            yield Measure(name, "quarantine_share", share, None, most, "critical")
            if last_rows.get(name):
                ratio = rows / last_rows[name]
                yield Measure(name, "rows_to_last", ratio, LEAST_OF_LAST, None, "critical")
            for (column_name, column), (filled, least, most_) in zip(
                table.columns.items(), figures, strict=True
            ):
                yield from _of_column(name, column_name, column, rows, filled, least, most_)


def _of_column(
    table: str,
    name: str,
    column: Column,
    rows: int,
    filled: int,
    least: float | None,
    most: float | None,
) -> Iterator[Measure]:
    fill = filled / rows if rows else 1.0
    floor = 1.0 if column.required else column.fill
    if floor is not None:
        yield Measure(table, f"fill({name})", fill, floor, None, "critical")
    if column.min is not None:
        yield Measure(table, f"min({name})", least, _number(column.min), None, "warning")
    if column.max is not None:
        yield Measure(table, f"max({name})", most, None, _number(column.max), "warning")


Figures = tuple[int, float | None, float | None]


def _figures(
    connection: duckdb.DuckDBPyConnection, staged: str, table: Table
) -> tuple[int, *tuple[Figures, ...]]:
    wanted = ["count(*)"]
    for name, column in table.columns.items():
        quoted = '"' + name.replace('"', '""') + '"'
        value = {
            "date": f"cast(strftime({quoted}, '%Y%m%d') as double)",
            "int": f"cast({quoted} as double)",
            "float": quoted,
        }.get(column.type, "cast(null as double)")
        wanted += [f"count({quoted})", f"min({value})", f"max({value})"]
    query = f"select {', '.join(wanted)} from read_parquet(?)"
    [row] = connection.execute(query, [staged]).fetchall()
    columns = [(row[at], row[at + 1], row[at + 2]) for at in range(1, len(row), 3)]
    return (row[0], *columns)


def _count(connection: duckdb.DuckDBPyConnection, files: str) -> int:
    [row] = connection.execute("select count(*) from read_parquet(?)", [files]).fetchall()
    return int(row[0])


def _number(bound: float | date) -> float:
    return float(bound.strftime("%Y%m%d")) if isinstance(bound, date) else float(bound)


def of_marts(
    connection: duckdb.DuckDBPyConnection,
    promises: list[MartPromise],
    last_rows: Mapping[str, int],
) -> Iterator[Measure]:
    """Yield the figures of the marts of a build: rows, repeated keys, filled columns, drift."""
    for mart in promises:
        name = f'marts."{mart.name}"'
        fills = [f'count("{column}")' for column in mart.required]
        query = f"select {', '.join(['count(*)', *fills])} from {name}"
        [(rows, *filled)] = connection.execute(query).fetchall()
        yield Measure(mart.name, "row_count", rows, mart.least_rows, None, "critical")
        for column, count in zip(mart.required, filled, strict=True):
            fill = count / rows if rows else 1.0
            yield Measure(mart.name, f"fill({column})", fill, 1.0, None, "critical")
        if mart.key:
            key = ", ".join(f'"{column}"' for column in mart.key)
            distinct = f"select count(*) from (select distinct {key} from {name})"
            [(keys,)] = connection.execute(distinct).fetchall()
            yield Measure(mart.name, "repeated_keys", rows - keys, None, 0, "critical")
        if last_rows.get(mart.name):
            ratio = rows / last_rows[mart.name]
            yield Measure(mart.name, "rows_to_last", ratio, LEAST_OF_LAST, None, "critical")

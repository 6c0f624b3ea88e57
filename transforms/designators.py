"""Designators of standards in whole columns."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from iplake.identifiers.standards import Designator, read_designator

PARTS = pl.Struct(
    {"designator": pl.String, "undated": pl.String, "version": pl.String, "year": pl.Int64}
)


def designator_parts(text: pl.Expr) -> pl.Expr:
    """Return designator, the same without edition, version and year; nulls where none is known.

    >>> found = pl.DataFrame({"t": ["3GPP TS 36.300:REL-12/12.4.0", "gb/t 1.1—2020", "Draft 52"]})
    >>> parts = found.select(designator_parts(pl.col("t")))["t"].struct
    >>> parts.field("designator").to_list()
    ['3GPP TS 36.300 V12.4.0', 'GB/T 1.1-2020', None]
    >>> parts.field("undated").to_list(), parts.field("version").to_list()
    (['3GPP TS 36.300', 'GB/T 1.1', None], ['12.4.0', None, None])
    """
    return text.map_batches(
        lambda column: pl.Series(
            column.name, [_parts(each) for each in column.to_list()], dtype=PARTS
        ),
        return_dtype=PARTS,
    )


@lru_cache(maxsize=100_000)
def _parts(text: str | None) -> dict[str, str | int | None]:
    found = read_designator(text) if text else None
    return {
        "designator": str(found) if found else None,
        "undated": str(found.undated()) if found else None,
        "version": _version(found) if found else None,
        "year": found.year if found else None,
    }


def _version(found: Designator) -> str | None:
    # ETSI numbered editions before it had versions.
    is_edition = found.publishers == ("ETSI",) and found.edition
    return f"ed.{found.edition}" if is_edition else found.version

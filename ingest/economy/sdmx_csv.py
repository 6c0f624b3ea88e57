"""SDMX-CSV 1.0 and 2.x, with and without labels, in blocks of lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from ingest.economy.sdmx_answers import dimensions_json
from ingest.economy.sdmx_rows import OBSERVATIONS, TIME_DIMENSIONS, Counters
from ingest.readers.archive import Member
from ingest.readers.beginning import beginning
from ingest.readers.delimited import Dialect, as_arrow, read_blocks, read_header
from iplake.contract import Batch
from iplake.errors import SourceChanged

COMMA, SEMICOLON = Dialect(), Dialect(separator=";")
VALUE = "OBS_VALUE"
# Eurostat adds the time of its last update to 1.0; 2.x says what kind of structure it names.
FIXED = {
    "DATAFLOW", "LAST UPDATE", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION",
    "SERIES_KEY", "OBS_KEY",
}  # fmt: skip
REFERENCE = r"^([^:]+):([^()]+)\(([^()]+)\)"
ACTIONS = {"A": "append", "D": "delete", "I": "information", "R": "replace", "M": "merge"}


@dataclass(frozen=True, slots=True)
class _Header:
    """Columns under names of their own, and which of them are what."""

    columns: list[str]
    dimensions: list[str]
    attributes: list[str]
    time: str | None
    has_labels_within: bool


def read(member: Member, counters: Counters) -> Iterator[Batch]:
    """Yield the observations of one file; labels beside the codes are left out."""
    start = beginning(member.stream, 4096).partition(b"\n")[0]
    dialect = SEMICOLON if start.count(b";") > start.count(b",") else COMMA
    header = _header(read_header(member.stream, dialect), member.name)
    before = counters.observations
    for block in read_blocks(member.stream, header.columns, dialect, "observations"):
        counters.observations += block.records
        rows = _rows(block.rows, header, before)
        yield Batch("observations", block.records, as_arrow(rows), block.rejections)


def _header(names: list[str], where: str) -> _Header:
    """Tell fixed columns from components, and these by their place: dimensions stand before
    the value, attributes behind it.
    """
    # STRUCTURE[;] names the separator of values within a cell, ATTRIBUTE[] has such values.
    ids = [name.partition(": ")[0].partition("[")[0].strip() for name in names]
    fixed = next((at for at, name in enumerate(ids) if name not in FIXED), len(ids))
    components = ids[fixed:]
    has_label_columns = "STRUCTURE_NAME" in ids
    if has_label_columns:
        components[1::2] = [f"{name} label" for name in components[::2]][: len(components[1::2])]
    if not {"DATAFLOW", "STRUCTURE_ID"} & set(ids[:fixed]) or VALUE not in components:
        raise SourceChanged(
            "expected the header of SDMX-CSV: DATAFLOW or STRUCTURE first, and OBS_VALUE",
            file=where,
            found=",".join(names)[:200],
        )
    if len(set(components)) != len(components):
        raise SourceChanged("two columns have one name", file=where, found=",".join(names)[:500])
    codes = components[::2] if has_label_columns else components
    at = codes.index(VALUE)
    return _Header(
        columns=[*ids[:fixed], *components],
        dimensions=[name for name in codes[:at] if name not in TIME_DIMENSIONS],
        attributes=[name for name in codes[at + 1 :] if name not in TIME_DIMENSIONS],
        time=next((name for name in codes if name in TIME_DIMENSIONS), None),
        has_labels_within=any(": " in name for name in names),
    )


def _rows(rows: pl.DataFrame, header: _Header, before: int) -> pl.DataFrame:
    if header.has_labels_within:
        codes = [*header.dimensions, *header.attributes]
        rows = rows.with_columns(pl.col(codes).str.split(": ").list.first())
    reference = pl.col("DATAFLOW" if "DATAFLOW" in header.columns else "STRUCTURE_ID")
    nothing = pl.lit(None, dtype=pl.String)
    action = pl.col("ACTION").replace_strict(ACTIONS, default=pl.col("ACTION"))
    value = pl.col(VALUE)
    return rows.select(
        format=pl.lit("SDMX-CSV"),
        agency=reference.str.extract(REFERENCE, 1),
        # A name that is no reference is kept as it is.
        dataset=pl.coalesce(reference.str.extract(REFERENCE, 2), reference),
        version=reference.str.extract(REFERENCE, 3),
        action=action if "ACTION" in header.columns else nothing,
        dimensions=dimensions_json(header.dimensions),
        attributes=dimensions_json(header.attributes),
        area=nothing,
        unit=nothing,
        status=nothing,
        period=pl.col(header.time) if header.time else nothing,
        period_name=nothing,
        value=pl.when(value != "").then(value),
        has_declared_key=pl.lit(value=True),
        _record_number=pl.col("_record_number") + before,
    ).select(*OBSERVATIONS.names, "_record_number")

"""World Development Indicators: zips of figures by year, or pages of JSON; areas, indicators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import polars as pl

from ingest.discover import listed_in_declaration
from ingest.economy.worldbank_api import Harvest, listed_in_queries
from ingest.readers.archive import Member, open_members
from ingest.readers.delimited import Block, Dialect, as_arrow, read_blocks, read_header
from ingest.readers.json import first_byte
from iplake.contract import Batch, Fetcher, RawFile, Rejection, Resource, Shard, excerpt
from iplake.declaration import Source
from iplake.errors import SourceChanged

DIALECT = Dialect()
FIGURES = ["Country Name", "Country Code", "Indicator Name", "Indicator Code"]
AREAS = ["Country Code", "Region", "IncomeGroup", "SpecialNotes", "TableName", ""]
INDICATORS = ["INDICATOR_CODE", "INDICATOR_NAME", "SOURCE_NOTE", "SOURCE_ORGANIZATION", ""]
# The long form in which others pass on gross domestic product names no indicator.
LONG_GDP = ["Country Name", "Country Code", "Year", "Value"]
GDP = {"Indicator Code": "NY.GDP.MKTP.CD", "Indicator Name": "GDP (current US$)"}
PREAMBLE_LINES = 4
TRAILING = "_trailing"


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the zips of the topic and the indicators that are taken, and harvests of others."""
    yield from listed_in_declaration(source)
    yield from listed_in_queries(source)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: the files are small."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield figures, areas and indicators of every file inside."""
    harvest = Harvest()
    taken: Counter[str] = Counter()
    for member in open_members(file.path):
        if first_byte(member.stream) in (b"[", b"{"):
            yield from harvest.read(member)
        else:
            yield from _read_member(member, taken)
    yield from harvest.batches()


def _read_member(member: Member, taken: Counter[str]) -> Iterator[Batch]:
    header = read_header(member.stream, DIALECT)
    if header[0] == "Data Source":
        lines = [member.stream.readline() for _ in range(PREAMBLE_LINES - 1)]
        yield from _read_figures(member, read_header(member.stream, DIALECT), _updated(lines))
    elif header == LONG_GDP:
        for block in read_blocks(member.stream, header, DIALECT, "series"):
            yield from _long_batches(block)
    elif header == AREAS:
        yield from _read_whole(member, AREAS, "areas", taken)
    elif header == INDICATORS:
        yield from _read_whole(member, INDICATORS, "indicators", taken)
    else:
        raise SourceChanged(
            "the header is none of those that WDI files have; is this another file?",
            file=member.name,
            found=", ".join(header)[:200],
        )


def _read_whole(
    member: Member, header: list[str], table: str, taken: Counter[str]
) -> Iterator[Batch]:
    """Yield a list of areas or indicators; a zip may hold several, numbered through."""
    # Every line ends in a comma, and so has an empty cell behind its last one.
    names = [*header[:-1], TRAILING]
    before = taken[table]
    for block in read_blocks(member.stream, names, DIALECT, table):
        rows, rejections = _without_trailing(block, table)
        rows = rows.with_columns(pl.col("_record_number") + before)
        taken[table] += block.records
        yield Batch(table, block.records, as_arrow(rows), rejections)


def _updated(lines: list[bytes]) -> str | None:
    """Return the day of `"Last Updated Date","2021-09-15",` in the lines above the header."""
    cells = [line.decode("utf-8", "replace").split(",") for line in lines]
    days = [each[1] for each in cells if each[0].strip('" ') == "Last Updated Date"]
    return days[0].strip('" ') if days else None


def _read_figures(member: Member, header: list[str], updated: str | None) -> Iterator[Batch]:
    years = header[len(FIGURES) : -1]
    is_known = header[: len(FIGURES)] == FIGURES and header[-1] == ""
    if not is_known or not years or not all(year.isdigit() for year in years):
        raise SourceChanged(
            "expected names, codes and years in the fifth line",
            file=member.name,
            found=", ".join(header)[:200],
        )
    names = [*FIGURES, *years, TRAILING]
    for block in read_blocks(
        member.stream, names, DIALECT, "series", header_line=PREAMBLE_LINES + 1
    ):
        yield from _wide_batches(block, years, updated)


def _wide_batches(block: Block, years: list[str], updated: str | None) -> Iterator[Batch]:
    rows, rejections = _without_trailing(block, "series")
    empty = pl.sum_horizontal((pl.col(year) == "").cast(pl.Int64) for year in years)
    series = rows.select(
        *FIGURES, "_record_number", cell_count=pl.lit(len(years)), empty_count=empty
    )
    yield Batch("series", block.records, as_arrow(series), rejections)
    cells = rows.select(*FIGURES, "_record_number", *years).unpivot(
        on=years,
        index=[*FIGURES, "_record_number"],
        variable_name="year",
        value_name="value",
    )
    filled = (
        cells.filter(pl.col("value") != "")
        .sort("_record_number", maintain_order=True)
        .with_columns(updated=pl.lit(updated, dtype=pl.String))
    )
    records = int((series["cell_count"] - series["empty_count"]).sum())
    yield Batch("observations", records, as_arrow(filled))


def _without_trailing(block: Block, table: str) -> tuple[pl.DataFrame, tuple[Rejection, ...]]:
    """Return a block's rows without the empty cell behind their last comma, and its rejections.

    A line in which that cell is not empty is refused: its cells may have shifted.
    """
    is_sound = pl.col(TRAILING) == ""
    shifted = [
        Rejection(
            table=table,
            reason_code="cell_without_heading",
            locator=f"record {number}",
            detail=f"expected nothing behind the last comma, found {trailing[:40]}",
            raw_excerpt=excerpt(",".join([*cells, trailing])),
        )
        for *cells, trailing, number in block.rows.filter(~is_sound).iter_rows()
    ]
    return block.rows.filter(is_sound).drop(TRAILING), (*block.rejections, *shifted)


def _long_batches(block: Block) -> Iterator[Batch]:
    named = block.rows.with_columns(pl.lit(text).alias(name) for name, text in GDP.items())
    is_empty = (pl.col("Value") == "").cast(pl.Int64)
    series = named.select(*FIGURES, "_record_number", cell_count=pl.lit(1), empty_count=is_empty)
    yield Batch("series", block.records, as_arrow(series), block.rejections)
    filled = named.filter(pl.col("Value") != "").rename({"Year": "year", "Value": "value"})
    filled = filled.with_columns(updated=pl.lit(None, dtype=pl.String))
    records = int((series["cell_count"] - series["empty_count"]).sum())
    yield Batch("observations", records, as_arrow(filled))

"""Eurostat: datasets as tab-separated text, a line per series, flags within the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

import polars as pl

from ingest.economy.sdmx_answers import dimensions_json, refuse_answer_in_place_of_data
from ingest.readers.archive import Member, open_members
from ingest.readers.beginning import beginning
from ingest.readers.delimited import Block, Dialect, as_arrow, read_blocks, read_header
from iplake.contract import Batch, Fetcher, RawFile, Rejection, Resource, Shard
from iplake.declaration import Source
from iplake.errors import SourceChanged

DIALECT = Dialect(separator="\t", quote=None)
QUERY = "?format=TSV&compressed=true"
# `unit,geo\time` until 2023, `freq,unit,geo\TIME_PERIOD` since.
KEYS = re.compile(r"((?:\w+,)*\w+)\\(?:time|TIME_PERIOD)\s*")
PERIOD = re.compile(r"\d{4}(?:-?[AQSMWD]?\d{0,3}|-\d{2}-\d{2})")
KEY = "_key"


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the datasets that the declaration asks for."""
    for code in source.endpoint.queries:
        url = urljoin(source.endpoint.base_url, code + QUERY)
        yield Resource(url, f"{code}.tsv.gz", refuse=refuse_answer_in_place_of_data)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: the files are packed whole."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield the cells of each series, and what the cells of each came to."""
    # Nothing in a file says which dataset it is of.
    dataset = file.name.partition(".")[0].upper()
    for member in open_members(file.path):
        yield from _read_member(member, dataset)


def _read_member(member: Member, dataset: str) -> Iterator[Batch]:
    head = beginning(member.stream, 4096)
    refuse_answer_in_place_of_data(head, member.name)
    first, *rest = read_header(member.stream, DIALECT)
    periods = [cell.strip() for cell in rest]
    keys = KEYS.fullmatch(first)
    if keys is None or not periods or not all(map(PERIOD.fullmatch, periods)):
        raise SourceChanged(
            r"expected dimensions as in freq,unit,geo\TIME_PERIOD, and periods behind them",
            file=member.name,
            found="\t".join([first, *rest])[:200],
        )
    dimensions = keys[1].split(",")
    for block in read_blocks(member.stream, [KEY, *periods], DIALECT, "series"):
        yield from _batches(block, dataset, dimensions, periods)


def _batches(
    block: Block, dataset: str, dimensions: Sequence[str], periods: Sequence[str]
) -> Iterator[Batch]:
    codes = pl.col(KEY).str.split(",")
    is_whole = codes.list.len() == len(dimensions)
    refused = [
        Rejection("series", "other_key", f"record {number}", f"expected {dimensions}", key)
        for key, number in block.rows.filter(~is_whole).select(KEY, "_record_number").iter_rows()
    ]
    rows = block.rows.filter(is_whole).with_columns(
        codes.list.get(at).str.strip_chars().alias(name) for at, name in enumerate(dimensions)
    )
    rows = rows.with_columns(
        dataset=pl.lit(dataset),
        dimensions=dimensions_json(dimensions),
        **{
            name: pl.col(name) if name in dimensions else pl.lit(None, dtype=pl.String)
            for name in ("freq", "unit", "geo")
        },
    )
    named = ["_record_number", "dataset", "dimensions", "freq", "unit", "geo"]
    missing = pl.sum_horizontal(
        pl.col(name).str.starts_with(":").cast(pl.Int64) for name in periods
    )
    series = rows.select(*named, cell_count=pl.lit(len(periods)), missing_count=missing)
    yield Batch("series", block.records, as_arrow(series), (*block.rejections, *refused))
    cells = rows.select(*named, *periods).unpivot(
        on=periods, index=named, variable_name="period", value_name="cell"
    )
    ordered = cells.sort("_record_number", maintain_order=True)
    yield Batch("observations", ordered.height, as_arrow(ordered))

"""OECD patent quality indicators: statistics of cohorts by filing year and technology field."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from ingest.discover import listed_in_checksums
from ingest.readers.archive import open_members
from ingest.readers.delimited import (
    Dialect,
    as_arrow,
    read_blocks,
    read_header,
    unknown_columns,
)
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source

DIALECT = Dialect(separator="|")
COLUMNS = (
    "filing", "tech_field", "variable", "patents", "mean", "std_dev", "kurtosis", "skewness",
    "min", "p1", "p10", "p25", "p50", "p75", "p90", "p99", "max",
)  # fmt: skip
MAIN = "cohorts"


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the files of a delivery: the OECD hands its microdata over on request."""
    return listed_in_checksums(fetch, source.endpoint.base_url)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: a file has some megabytes."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield the lines of each cohort file, with the name of their file, which says the office."""
    before = 0
    for member in open_members(file.path, "*"):
        header = read_header(member.stream, DIALECT)
        drift = unknown_columns(header, COLUMNS, MAIN)
        # A packed file has a name of its own; a plain one has the name under which it landed.
        name = file.name if member.name == file.path.name else member.name
        taken = 0
        for block in read_blocks(member.stream, header, DIALECT, MAIN):
            rows = block.rows.select(
                *COLUMNS, pl.col("_record_number") + before, file_name=pl.lit(name)
            )
            yield Batch(MAIN, block.records, as_arrow(rows), block.rejections, drift)
            drift = ()
            taken += block.records
        # Records are numbered through all files of an archive.
        before += taken

"""CNIPA's patent gazette: delivered CSV files in GB18030 or GBK, one line per announcement."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from ingest.discover import listed_in_checksums
from ingest.readers.archive import open_members
from ingest.readers.delimited import Block, Dialect, as_arrow, read_blocks, read_header
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import SourceChanged

HEADER = [
    "item",
    "name",
    "authorization_notice_id",
    "authorized_announcement_date",
    "filing_id",
    "filing_date",
    "patentee",
    "designer",
    "address",
    "Int.Cl.",
]
# GB18030 holds all of GBK, so that both kinds of file are read alike.
DIALECT = Dialect(encoding="gb18030")
# Parts of a cell are divided by a semicolon and an EN SPACE, which files that were saved
# again as GBK have as two question marks; a name itself may hold any other separator.
DIVIDER = ";??"
EN_SPACE_DIVIDER = ";\u2002"
MAIN = "announcements"


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the files of the delivery."""
    for resource in listed_in_checksums(fetch, source.endpoint.base_url):
        if resource.name.endswith(".csv"):
            yield resource


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: Polars uses both cores within a block."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield announcements, their parties and their classifications, block by block."""
    for member in open_members(file.path):
        header = read_header(member.stream, DIALECT)
        if header != HEADER:
            raise SourceChanged(
                "the header is not the gazette's; is this another file?",
                file=member.name,
                expected=", ".join(HEADER),
                found=", ".join(header)[:200],
            )
        for block in read_blocks(member.stream, HEADER, DIALECT, MAIN):
            yield from _batches(block)


def _batches(block: Block) -> Iterator[Batch]:
    rows = block.rows
    yield Batch(MAIN, block.records, as_arrow(rows), block.rejections)
    number = ["_record_number", "authorization_notice_id"]
    owners = _parts(rows.select(*number, party="patentee", is_inventor=pl.lit(value=False)))
    inventors = _parts(rows.select(*number, party="designer", is_inventor=pl.lit(value=True)))
    parties = pl.concat([owners, inventors])
    yield Batch("announcement_parties", parties.height, as_arrow(parties))
    classes = _parts(rows.select(*number, party="Int.Cl.")).rename({"party": "classification"})
    yield Batch("announcement_classifications", classes.height, as_arrow(classes))


def _parts(rows: pl.DataFrame) -> pl.DataFrame:
    """Return one row per part of the cell `party`, numbered from 1; empty parts are none."""
    divided = rows.with_columns(
        pl.col("party")
        .str.replace_all(EN_SPACE_DIVIDER, DIVIDER, literal=True)
        .str.strip_chars(" ;\u3000")
        .str.split(DIVIDER)
    )
    numbered = divided.with_columns(
        sequence_number=pl.int_ranges(1, pl.col("party").list.len() + 1)
    )
    parts = numbered.explode("party", "sequence_number")
    return parts.filter(pl.col("party").str.contains("[^ ;\u3000]"))

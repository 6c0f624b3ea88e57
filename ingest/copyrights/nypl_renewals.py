"""NYPL's transcription of US copyright renewals: tab-separated files of two header vocabularies."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from ingest.discover import listed_in_github_folder
from ingest.readers.archive import open_members
from ingest.readers.delimited import Block, Dialect, as_arrow, read_blocks, read_header
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import SourceChanged

COLUMNS = [
    "entry_id", "volume", "part", "number", "page", "author", "title", "oreg", "odat", "id", "rdat",
    "claimants", "new_matter", "see_also_ren", "see_also_reg", "notes", "full_text",
]  # fmt: skip
# Files made from the Copyright Office's database name five columns otherwise than scans do.
FROM_DATABASE = {"auth": "author", "titl": "title", "dreg": "rdat", "note": "notes"}
DIALECT = Dialect(separator="\t")
MAIN = "renewals"


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the tab-separated files of the repository's data folder."""
    for resource in listed_in_github_folder(fetch, source.endpoint.base_url):
        if resource.name.endswith(".tsv"):
            yield resource


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: the files are small."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield renewals and their claimants, block by block."""
    for member in open_members(file.path):
        header = read_header(member.stream, DIALECT)
        known = [FROM_DATABASE.get(name, name) for name in header]
        if known != COLUMNS:
            raise SourceChanged(
                "the header is neither of the two that renewals have; is this another file?",
                file=member.name,
                expected=", ".join(COLUMNS),
                found=", ".join(header)[:200],
            )
        for block in read_blocks(member.stream, COLUMNS, DIALECT, MAIN):
            yield from _batches(block)


def _batches(block: Block) -> Iterator[Batch]:
    # The printed entry's whole text repeats the other columns.
    rows = block.rows.drop("full_text")
    yield Batch(MAIN, block.records, as_arrow(rows), block.rejections)
    divided = rows.select(
        "_record_number",
        "entry_id",
        # Name and letters are divided by one bar, claimants by two; three stand before the
        # letters of a claimant who has another name or a role in between.
        claimant=pl.col("claimants").str.replace_all("|||", "|", literal=True).str.split("||"),
    )
    divided = divided.with_columns(
        sequence_number=pl.int_ranges(1, pl.col("claimant").list.len() + 1)
    ).explode("claimant", "sequence_number")
    claimants = divided.filter(pl.col("claimant").str.strip_chars() != "")
    yield Batch("renewal_claimants", claimants.height, as_arrow(claimants))

"""ETSI's daily export of declared patents: one large delimited file, streamed from its zip."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from ingest.discover import listed_in_declaration
from ingest.readers.archive import open_members
from ingest.readers.beginning import beginning
from ingest.readers.delimited import (
    Block,
    Dialect,
    as_arrow,
    read_blocks,
    read_header,
    unknown_columns,
)
from iplake.contract import Batch, Drift, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source

COLUMNS = [
    "IPRD_ID", "IPRD_REFERENCE", "IPRD_SIGNATURE_DATE", "Reflected_Date", "COMP_LEGAL_NAME",
    "DECL_IS_PROP_FLAG", "LICD_DEC_PREP_TO_GRANT_FLAG", "LICD_REC_CONDI_FLAG", "DIPG_ID",
    "DIPG_DISPLAY_NUMBER", "DIPG_EXTERNAL_ID", "Standard", "Ess_To_Standard", "WI_Type",
    "WOIT_ETSI_DELIVERABLE_NUMBER", "WOIT_REFERENCE", "WOIT_VERSION", "3GPP_Type", "TGPP_NUMBER",
    "TGPV_VERSION", "Patent_Type", "PATT_APPLICATION_NUMBER", "PUBL_NUMBER", "PBPA_TITLEEN",
    "PBPA_PRIORITY_NUMBERS", "Country_Of_Registration", "PBPA_APP_DATE", "ETPR_ID", "ETPR_ACRONYM",
    "Ess_To_Project", "Illustrative_Part", "DIPG_PATF_ID", "Original_Application_Number",
    "Original_Publication_Number", "Explicitely_Disclosed", "Normalized_Patent", "2G", "3G", "4G",
    "5G",
]  # fmt: skip
MAIN = "declarations"


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the export."""
    return listed_in_declaration(source)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: the export comes zipped, and a zip is read from its beginning."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield declarations and their publication numbers, block by block."""
    before = 0
    for member in open_members(file.path, "*.csv"):
        # ETSI divides by semicolons; copies that people pass on are often saved with commas.
        head = beginning(member.stream, 16)
        dialect = Dialect(separator=";" if b";" in head else ",")
        # Some exports have blanks in the names, or another order.
        header = [name.strip().replace(" ", "_") for name in read_header(member.stream, dialect)]
        drift = unknown_columns(header, COLUMNS, MAIN)
        taken = 0
        for block in read_blocks(member.stream, header, dialect, MAIN):
            yield from _batches(block, before, drift)
            taken += block.records
            drift = ()
        # An export may come in several parts: records are numbered through all of them.
        before += taken


def _batches(block: Block, before: int, drift: tuple[Drift, ...]) -> Iterator[Batch]:
    rows = block.rows.select(*COLUMNS, pl.col("_record_number") + before)
    yield Batch(MAIN, block.records, as_arrow(rows), block.rejections, drift)
    divided = rows.select(
        "_record_number",
        "IPRD_REFERENCE",
        "Country_Of_Registration",
        number=pl.col("PUBL_NUMBER").str.split("|"),
    )
    numbers = (
        divided.with_columns(sequence_number=pl.int_ranges(1, pl.col("number").list.len() + 1))
        .explode("number", "sequence_number")
        .filter(~pl.col("number").str.strip_chars().is_in(["", "-1"]))
    )
    yield Batch("declared_publications", numbers.height, as_arrow(numbers))

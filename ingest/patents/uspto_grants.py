"""USPTO grants: weekly files of concatenated XML since 2002, and APS text before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa

from ingest.collect import Parsed, Record, collect
from ingest.discover import listed_in_odp_product
from ingest.patents import uspto_grants_aps, uspto_grants_st32, uspto_grants_st36
from ingest.patents.us_document import schemas
from ingest.patents.us_weekly import Named, begins_with, documents, shards
from ingest.readers.beginning import beginning
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import SourceChanged

__all__ = ["discover", "read", "shards"]

PRODUCTS = ("PTGRXML", "PTGRAPS")
PARSERS = {
    uspto_grants_st36.ROOT: uspto_grants_st36.parse,
    uspto_grants_st32.ROOT: uspto_grants_st32.parse,
    uspto_grants_aps.ROOT: uspto_grants_aps.parse,
}
SCHEMAS = schemas(
    "grant",
    ("parties", "classifications", "citations", "priorities", "relations"),
    "claims sheets figures term_extension term_years art_unit hague_registration_number",
    has_terminal_disclaimer=pa.bool_(),
)
SEARCH_DUMP = b"*** BRS DOCUMENT BOUNDARY ***"


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the weekly files of both products; the portal lists DTDs beside them."""
    for product in PRODUCTS:
        for resource in listed_in_odp_product(fetch, source.endpoint.base_url, product):
            if resource.name.endswith((".zip", ".xml", ".txt")):
                yield resource


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield the rows of every grant, document by document."""
    yield from collect(documents(file, shard, PARSERS, _split_text), _parse, source, SCHEMAS)


def _parse(document: Named) -> Parsed:
    root, content = document
    return PARSERS[root](content)


def _split_text(stream: BinaryIO, first: int) -> Iterator[Record[Named]] | None:
    """Split APS text; tell dumps of the office's search system, which look alike, from it."""
    if begins_with(stream, *uspto_grants_aps.STARTS):
        return uspto_grants_aps.split(stream, first)
    if SEARCH_DUMP in beginning(stream, 4096):
        raise SourceChanged(
            "expected grants in XML or APS text, found a dump of the search system (CSS/BRS),"
            " whose tags are others; take the weekly file of the product instead",
            found=SEARCH_DUMP.decode(),
        )
    return None

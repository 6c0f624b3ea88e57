"""USPTO published applications: weekly files of concatenated XML since March 2001."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from ingest.collect import Parsed, collect
from ingest.discover import listed_in_odp_product
from ingest.patents import uspto_applications_pap, uspto_applications_st36
from ingest.patents.us_document import schemas
from ingest.patents.us_weekly import Named, documents, shards
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source

__all__ = ["discover", "read", "shards"]

PRODUCT = "APPXML"
PARSERS = {
    uspto_applications_st36.ROOT: uspto_applications_st36.parse,
    uspto_applications_pap.ROOT: uspto_applications_pap.parse,
}
# As published an application cites nothing: there is no table of citations.
SCHEMAS = schemas(
    "application",
    ("parties", "classifications", "priorities", "relations"),
    "application_type publication_type",
    is_continued_prosecution=pa.bool_(),
)


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the weekly files; the portal lists DTDs beside them."""
    for resource in listed_in_odp_product(fetch, source.endpoint.base_url, PRODUCT):
        if resource.name.endswith((".zip", ".xml")):
            yield resource


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield the rows of every application, document by document."""
    yield from collect(documents(file, shard, PARSERS), _parse, source, SCHEMAS)


def _parse(document: Named) -> Parsed:
    root, content = document
    return PARSERS[root](content)

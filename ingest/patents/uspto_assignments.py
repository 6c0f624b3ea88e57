"""USPTO patent assignments: bulk XML, and saved answers of two search interfaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType

from ingest.collect import collect
from ingest.discover import listed_in_odp_product
from ingest.patents import (
    uspto_assignments_bulk,
    uspto_assignments_center,
    uspto_assignments_lookup,
)
from ingest.patents.uspto_assignments_rows import SCHEMAS
from ingest.readers.archive import Member, open_members
from ingest.readers.beginning import beginning
from ingest.readers.xml import refuse_other_formats
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import SourceChanged

# Days, and the years before: what a year's file repeats of the days has the same update dates.
PRODUCTS = ("PASDL", "PASYR")

XML_FORMATS = {
    "us-patent-assignments": uspto_assignments_bulk,
    "response": uspto_assignments_lookup,
}

_ROOT = re.compile(rb"<(?:!DOCTYPE\s+)?([A-Za-z][\w-]*)")


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the files of the days and of the years; the portal lists DTDs beside them."""
    for product in PRODUCTS:
        for resource in listed_in_odp_product(fetch, source.endpoint.base_url, product):
            # JSON is never listed by the portal: saved answers of Assignment Center, in a mirror.
            if resource.name.endswith((".zip", ".xml", ".json")):
                yield resource


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: one document holds all records of a file."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield assignments with their parties and properties, whatever the format they come in."""
    taken = 0
    for member in open_members(file.path):
        reader = _format(member)
        records = reader.records(member.stream, member.name, taken + 1)
        for batch in collect(records, reader.parse, source, SCHEMAS, unknown=reader.unknown):
            if batch.table == source.main_table:
                taken += batch.records
            yield batch


def _format(member: Member) -> ModuleType:
    """Return the module that reads a member, by how it begins."""
    head = beginning(member.stream, 4096)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return uspto_assignments_center
    refuse_other_formats(head)
    found = _ROOT.search(head)
    name = found[1].decode() if found else ""
    if name not in XML_FORMATS:
        raise SourceChanged(
            "expected assignments; is this another product's file?", file=member.name, found=name
        )
    return XML_FORMATS[name]

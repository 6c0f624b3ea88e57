"""USPTO grants: weekly files of concatenated XML since 2002, and APS text before."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from ingest.collect import Parsed, Record, collect
from ingest.discover import listed_in_odp_product
from ingest.patents import uspto_grants_aps, uspto_grants_st32, uspto_grants_st36
from ingest.patents.uspto_grants_rows import SCHEMAS
from ingest.readers.archive import open_members
from ingest.readers.xml import document_starts, root_of, split_documents
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import RecordRejected, SourceChanged

PRODUCTS = ("PTGRXML", "PTGRAPS")
SHARD_BYTES = 32 << 20
"""From here on the start of a second process costs less than it saves."""

LARGEST_SHARD_BYTES = 512 << 20

# Sequence listings stand between the grants as documents of their own.
NOT_GRANTS = frozenset(("sequence-cwu",))
PARSERS = {
    uspto_grants_st36.ROOT: uspto_grants_st36.parse,
    uspto_grants_st32.ROOT: uspto_grants_st32.parse,
    uspto_grants_aps.ROOT: uspto_grants_aps.parse,
}

Named = tuple[str, bytes]
"""A document with its root's name; `PATN` for APS text."""


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the weekly files of both products; the portal lists DTDs beside them."""
    for product in PRODUCTS:
        for resource in listed_in_odp_product(fetch, source.endpoint.base_url, product):
            if resource.name.endswith((".zip", ".xml", ".txt")):
                yield resource


def shards(file: RawFile) -> list[Shard]:
    """Return ranges of whole documents, an even number of them, for large plain XML files.

    A zip has none: its one member can't be entered half way. Weeks are staged side by side.
    """
    size = file.path.stat().st_size
    with file.path.open("rb") as stream:
        if size < SHARD_BYTES or stream.read(5) != b"<?xml":
            return []
        stream.seek(0)
        count = 2 * -(-size // (2 * LARGEST_SHARD_BYTES))
        found: list[Shard] = []
        start, first = 0, 1
        for number, place in enumerate(document_starts(stream), start=1):
            if place >= size * (len(found) + 1) // count > start:
                found.append(Shard(start, place, first))
                start, first = place, number
                if len(found) == count - 1:
                    break
    return [*found, Shard(start, size, first)]


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield the rows of every grant, document by document."""
    records = _range(file, shard) if shard else _members(file)
    yield from collect(records, _parse, source, SCHEMAS)


def _range(file: RawFile, shard: Shard) -> Iterator[Record[Named]]:
    with file.path.open("rb") as stream:
        stream.seek(shard.start)
        length = shard.end - shard.start
        yield from _grants(split_documents(stream, limit=length, first=shard.first_record))


def _members(file: RawFile) -> Iterator[Record[Named]]:
    taken = 0
    for member in open_members(file.path):
        for record in _documents(member.stream, taken + 1):
            taken = record.number
            yield record


def _documents(stream: BinaryIO, first: int) -> Iterator[Record[Named]]:
    head = cast("io.BufferedReader", stream).peek(16)
    if head.startswith((b"HHHHHT", b"PATN")):
        yield from uspto_grants_aps.split(stream, first)
    else:
        yield from _grants(split_documents(stream, first=first))


def _grants(documents: Iterator[Record[bytes]]) -> Iterator[Record[Named]]:
    """Yield the grants among a file's documents; others than the known ones are refused."""
    is_first = True
    for record in documents:
        content: Named | RecordRejected
        if isinstance(record.content, RecordRejected):
            content = record.content
        else:
            try:
                root, _ = root_of(record.content)
            except RecordRejected as error:
                content = error
            else:
                if root in NOT_GRANTS:
                    continue
                if root in PARSERS:
                    content = root, record.content
                elif is_first:
                    raise SourceChanged(
                        "expected grants; is this another product's file?", found=root
                    )
                else:
                    content = RecordRejected("unknown_document", "not a grant", root=root)
        is_first = False
        yield Record(record.number, record.locator, content, record.raw)


def _parse(document: Named) -> Parsed:
    root, content = document
    return PARSERS[root](content)

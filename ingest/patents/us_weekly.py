"""Weekly files of the US office: documents one after the other, each with its own prolog."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import BinaryIO

from ingest.collect import Record
from ingest.readers.archive import open_members
from ingest.readers.beginning import beginning
from ingest.readers.xml import document_starts, root_of, split_documents
from iplake.contract import RawFile, Shard
from iplake.errors import RecordRejected, SourceChanged

SHARD_BYTES = 32 << 20
"""From here on the start of a second process costs less than it saves."""

LARGEST_SHARD_BYTES = 512 << 20

# Sequence listings stand between the patent documents as documents of their own.
BESIDE = frozenset(("sequence-cwu",))


Named = tuple[str, bytes]
"""A document with its root's name."""

Splitter = Callable[[BinaryIO, int], Iterator[Record[Named]] | None]
"""Splits a stream that is no XML, numbering from the second argument; None for all others."""


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


def documents(
    file: RawFile,
    shard: Shard | None,
    roots: Collection[str],
    splitter: Splitter | None = None,
) -> Iterator[Record[Named]]:
    """Yield the documents of a file that have one of the roots; others are refused.

    If already the first one has another root, the file is another product's: SourceChanged.
    """
    if shard:
        with file.path.open("rb") as stream:
            stream.seek(shard.start)
            length = shard.end - shard.start
            found = split_documents(stream, limit=length, first=shard.first_record)
            yield from _known(found, roots, is_start=shard.start == 0)
        return
    taken = 0
    for member in open_members(file.path):
        split = splitter(member.stream, taken + 1) if splitter else None
        if split is None:
            found = split_documents(member.stream, first=taken + 1)
            split = _known(found, roots, is_start=True)
        for record in split:
            taken = record.number
            yield record


def _known(
    documents: Iterator[Record[bytes]], roots: Collection[str], *, is_start: bool
) -> Iterator[Record[Named]]:
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
                if root in BESIDE:
                    continue
                if root in roots:
                    content = root, record.content
                elif is_start:
                    raise SourceChanged(
                        "expected another kind of document; is this another product's file?",
                        expected=", ".join(sorted(roots)),
                        found=root,
                    )
                else:
                    content = RecordRejected(
                        "unknown_document", "not a document of this product", root=root
                    )
        is_start = False
        yield Record(record.number, record.locator, content, record.raw)


def begins_with(stream: BinaryIO, *starts: bytes) -> bool:
    """Return whether a stream begins with one of some bytes, without reading on."""
    return beginning(stream, max(map(len, starts))).startswith(starts)

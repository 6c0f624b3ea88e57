"""Relaton: bibliographic records of standards bodies, in repositories of one YAML file each.

A repository's archive has `data/*.yaml` (made by a crawler), `static/*.yaml` (written by hand)
and an index of them. A document whose own file is absent is known by its entry in the index.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin

from ingest.collect import Parsed, Record, collect
from ingest.readers.archive import Member, open_members
from ingest.readers.beginning import beginning
from ingest.readers.json import Object
from ingest.readers.yaml import MAX_BYTES, decoded, is_list, iter_items
from ingest.standards.relaton_document import SCHEMAS, parse_document
from ingest.standards.relaton_fields import unknown_fields
from ingest.standards.relaton_index import ENTRY_FIELDS, parse_entry
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import RecordRejected, SourceChanged

INDEX = re.compile(r"index-v(\d+)\.(?:yaml|zip)")
INDEX_VERSIONS = {1, 2}
DOCUMENT = re.compile(r"(?:^|/)((?:data|static)/[^/]+\.yaml)$")
HEAD = 512

Content = tuple[str, int, Object]
"""Path in the repository; 0 for a document or else the number of its entry; the object."""


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield one archive per repository."""
    for path in source.endpoint.paths:
        repository = path.partition("/")[0]
        yield Resource(urljoin(source.endpoint.base_url, path), f"{repository}.zip")


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: an archive is read from its beginning."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield documents with their identifiers, relations and contributors."""
    records = _records(file.path)
    first = next(records, None)
    if first is None:
        raise SourceChanged("expected documents or an index of them", file=file.name)
    yield from collect(_chain(first, records), _parse, source, SCHEMAS, unknown=_unknown)


def _chain(first: Record[Content], rest: Iterator[Record[Content]]) -> Iterator[Record[Content]]:
    yield first
    yield from rest


def _records(path: Path) -> Iterator[Record[Content]]:
    numbers = count(1)
    seen: set[str] = set()
    with tempfile.TemporaryDirectory() as scratch:
        index: tuple[int, Path] | None = None
        for member in open_members(path):
            name = PurePosixPath(member.name).name
            if version := INDEX.fullmatch(name):
                # Read last, when it is known which documents are there; a newer form counts.
                if int(version[1]) not in INDEX_VERSIONS:
                    raise SourceChanged("an index of an unknown version", file=member.name)
                kept = Path(scratch) / name
                with kept.open("wb") as out:
                    while chunk := member.stream.read(1 << 20):
                        out.write(chunk)
                index = max(index or (0, kept), (int(version[1]), kept))
            elif place := DOCUMENT.search(member.name):
                seen.add(place[1])
                yield _document(next(numbers), place[1], member)
            elif member.name == path.name:
                yield from _single(member, numbers)
        if index is not None:
            for inner in open_members(index[1], "*.yaml"):
                yield from _entries(inner, numbers, seen)


def _single(member: Member, numbers: Iterator[int]) -> Iterator[Record[Content]]:
    """Yield what stands in a file that is no archive: an index, or one document."""
    head = beginning(member.stream, HEAD)
    if is_list(head):
        yield from _entries(member, numbers, set())
    elif re.search(rb"(?m)^type: standard\b", head):
        yield _document(next(numbers), member.name, member)
    else:
        raise SourceChanged(
            "expected a Relaton document or an index",
            file=member.name,
            found=head[:60].decode("utf-8", "replace"),
        )


def _document(number: int, place: str, member: Member) -> Record[Content]:
    # One byte past the bound, for `decoded` to see that there is more.
    raw = member.stream.read(MAX_BYTES + 1)
    content = decoded(raw)
    held = content if isinstance(content, RecordRejected) else (place, 0, content)
    return Record(number, place, held, raw)


def _entries(member: Member, numbers: Iterator[int], seen: set[str]) -> Iterator[Record[Content]]:
    """Yield the entries of an index, but for those whose documents are there themselves."""
    entries: dict[str, int] = {}
    for record in iter_items(member.stream, member.name):
        content = record.content
        if isinstance(content, RecordRejected):
            yield Record(next(numbers), record.locator, content, record.raw)
            continue
        place = str(content.get("file", content.get(":file", "")))
        if place in seen:
            continue
        # A document may be listed by several forms of its identifier.
        entries[place] = entries.get(place, 0) + 1
        yield Record(next(numbers), record.locator, (place, entries[place], content), record.raw)


def _parse(content: Content) -> Parsed:
    place, entry, record = content
    return parse_entry(record, entry) if entry else parse_document(record, place)


def _unknown(content: Content) -> list[str]:
    _, entry, record = content
    return sorted({*record} - ENTRY_FIELDS) if entry else unknown_fields(record)

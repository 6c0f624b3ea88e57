"""Crossref: works as its interface lists them, and as the yearly public data file has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, count
from urllib.parse import quote, urljoin

from ingest.collect import Record, collect
from ingest.discover import at_cursor, listed_in_checksums
from ingest.literature.crossref_fields import unknown_in_work
from ingest.literature.crossref_rows import SCHEMAS, work_rows
from ingest.readers.archive import Member, open_members
from ingest.readers.json import (
    Object,
    decoded,
    head_of,
    integer_or_none,
    iter_lines,
    iter_objects,
    list_of,
    object_of,
    text_or_none,
)
from iplake.contract import Batch, Fetcher, Paging, RawFile, Request, Resource, Shard
from iplake.declaration import Source
from iplake.errors import NotFound, RecordRejected, SourceChanged

ENVELOPE = re.compile(
    rb'\s*\{\s*"status"\s*:\s*"(?P<status>[\w-]+)"\s*,\s*"message-type"\s*:\s*"(?P<type>[\w-]+)"'
)
ITEMS = re.compile(rb'\s*\{\s*"items"\s*:\s*\[')
PATHS = {b"work-list": "message.items.item", b"work": "message"}


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the harvest of each declared filter, and the files of a delivery if there is one.

    The public data file is passed around as a torrent: whoever has it puts its files, with
    a `SHA256SUMS`, below a base address of their own.
    """
    for number, filters in enumerate(source.endpoint.queries, 1):
        query = f"works?filter={quote(filters, safe=':,')}&rows=1000&cursor=*"
        url = urljoin(source.endpoint.base_url, query)
        yield Resource(url, f"works-{number}.zip", pages=Paging(_following, _hits))
    for path in source.endpoint.paths:
        try:
            yield from listed_in_checksums(fetch, urljoin(source.endpoint.base_url, path))
        except NotFound:
            continue


def _following(request: Request, answer: bytes) -> Request | None:
    """Return the request for the next page: the last one is the one without items."""
    message = _message(answer, request.url)
    cursor = text_or_none(message.get("next-cursor"))
    return at_cursor(request, cursor) if list_of(message["items"]) and cursor else None


def _hits(answer: bytes) -> int | None:
    return integer_or_none(_message(answer, "").get("total-results"))


def _message(answer: bytes, url: str) -> Object:
    try:
        envelope = object_of(decoded(answer))
        if envelope["status"] == "ok" and envelope["message-type"] == "work-list":
            message = object_of(envelope["message"])
            list_of(message["items"])
            return message
    except (KeyError, RecordRejected):
        pass
    found = answer[:200].decode("utf-8", "replace")
    raise SourceChanged("expected a list of works", url=url, found=found)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: a harvest's pages are read one after the other."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield the works of every page, with contributors, references, funders and relations."""
    return collect(_records(file), work_rows, source, SCHEMAS, unknown=unknown_in_work)


def _records(file: RawFile) -> Iterator[Record[Object]]:
    numbers = count(1)
    for member in open_members(file.path):
        for each in _of_member(member):
            yield Record(next(numbers), each.locator, each.content, each.raw)


def _of_member(member: Member) -> Iterator[Record[Object]]:
    """Yield works of an answer, of a file of `items`, or of lines; SourceChanged for others."""
    head = head_of(member.stream, member.name)
    if envelope := ENVELOPE.match(head):
        path = PATHS.get(envelope["type"])
        if envelope["status"] != b"ok" or path is None:
            raise SourceChanged(
                "expected a work or a list of works; what does the answer say?",
                file=member.name,
                status=envelope["status"].decode(),
                message_type=envelope["type"].decode(),
            )
        return iter_objects(member.stream, member.name, path)
    if ITEMS.match(head):
        return iter_objects(member.stream, member.name, "items.item")
    lines = iter_lines(member.stream, member.name)
    first = next(lines)
    if not isinstance(first.content, dict) or "DOI" not in first.content:
        raise SourceChanged(
            "expected works: an answer, a file of items, or a work with its DOI on each line",
            file=member.name,
            found=head[:200].decode("utf-8", "replace"),
        )
    return chain([first], lines)

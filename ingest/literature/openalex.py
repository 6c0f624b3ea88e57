"""OpenAlex: works and institutions, page by page as its interface gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain, count
from urllib.parse import quote, urljoin

from ingest.collect import Record, collect
from ingest.discover import at_cursor
from ingest.literature.openalex_fields import unknown_in_institution, unknown_in_work
from ingest.literature.openalex_rows import INSTITUTIONS, WORKS, institution_rows, work_rows
from ingest.readers.archive import Member, open_members
from ingest.readers.json import (
    Object,
    decoded,
    integer_or_none,
    iter_objects,
    list_of,
    listed_under,
    object_of,
    objects_of,
    text_of,
    text_or_none,
)
from iplake.contract import Batch, Fetcher, Paging, RawFile, Request, Resource, Shard
from iplake.declaration import Source
from iplake.errors import RecordRejected, SourceChanged

ID = re.compile(r"https://openalex\.org/([A-Z])\d+")
PAGE = "per_page=100&cursor=*"


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the harvests of the declared queries: those of works divided by their year.

    A query is `works?filter=…` or `institutions?filter=…`. OpenAlex itself is asked for the
    years: a harvest of all would be too much to land whole or not at all.
    """
    paging = Paging(_following, _hits)
    for number, query in enumerate(source.endpoint.queries, 1):
        entity, _, filters = query.partition("?filter=")
        url = urljoin(source.endpoint.base_url, f"{entity}?filter={quote(filters, safe=':,')}")
        if entity == "institutions":
            yield Resource(f"{url}&{PAGE}", f"institutions-{number}.zip", pages=paging)
            continue
        for year in _years(fetch, f"{url}&group_by=publication_year"):
            address = f"{url},publication_year:{year}&{PAGE}"
            last_day = date(year, 12, 31)
            yield Resource(address, f"works-{number}-{year}.zip", None, last_day, pages=paging)


def _years(fetch: Fetcher, url: str) -> list[int]:
    try:
        groups = objects_of(object_of(fetch.json(url))["group_by"])
        return sorted(int(text_of(group["key"])) for group in groups)
    except (KeyError, ValueError, RecordRejected) as error:
        raise SourceChanged("expected group_by[] with years", url=url, said=str(error)) from error


def _following(request: Request, answer: bytes) -> Request | None:
    """Return the request for the next page; the last one has no results, or no next cursor."""
    meta, results = _page(answer, request.url)
    cursor = text_or_none(meta.get("next_cursor"))
    return at_cursor(request, cursor) if results and cursor else None


def _hits(answer: bytes) -> int | None:
    meta, _ = _page(answer, "")
    return integer_or_none(meta.get("count"))


def _page(answer: bytes, url: str) -> tuple[Object, list[object]]:
    try:
        page = object_of(decoded(answer))
        return object_of(page.get("meta", {})), list_of(page["results"])
    except (KeyError, RecordRejected) as error:
        found = answer[:200].decode("utf-8", "replace")
        raise SourceChanged("expected a page of results", url=url, found=found) from error


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: a harvest's pages are read one after the other."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield the works or institutions of every page; SourceChanged for pages of other things."""
    numbers = count(1)
    for member in open_members(file.path):
        kind, records = _records(member, numbers)
        if kind == "I":
            yield from collect(
                records,
                institution_rows,
                source,
                INSTITUTIONS,
                main="institutions",
                unknown=unknown_in_institution,
            )
        else:
            yield from collect(records, work_rows, source, WORKS, unknown=unknown_in_work)


def _records(member: Member, numbers: Iterator[int]) -> tuple[str | None, Iterator[Record[Object]]]:
    """Return the first record's kind of entity, a letter, and all records, numbered on."""
    listed_under(member.stream, member.name, {"results"})
    items = iter_objects(member.stream, member.name, "results.item")
    first = next(items, None)
    content = first.content if first else None
    kind = None
    if isinstance(content, dict):
        matched = ID.fullmatch(str(content.get("id")))
        kind = matched[1] if matched else None
        if kind not in ("W", "I"):
            raise SourceChanged(
                "expected works or institutions; another kind of entity has no tables here",
                file=member.name,
                found=str(content.get("id"))[:80],
            )
    every = chain([first] if first else [], items)
    return kind, (Record(next(numbers), each.locator, each.content, each.raw) for each in every)

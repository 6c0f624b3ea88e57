"""What JSON answers of the USPTO Open Data Portal have in common: searches, bags, fields."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from urllib.parse import quote, urlencode, urljoin

from ingest.collect import Record
from ingest.discover import paged_by_offset
from ingest.readers.archive import open_members
from ingest.readers.json import Object, iter_objects, list_of, listed_under, object_of, text_of
from iplake.contract import Fetcher, RawFile, Resource
from iplake.declaration import Source
from iplake.errors import ConfigError, NotFound, RecordRejected

# The portal's own page. It refuses answers of more than 6 MB, and may send fewer hits than asked.
PAGE = 25
ENVELOPE = frozenset(("count", "requestIdentifier", "facets"))


@dataclass(frozen=True, slots=True)
class Search:
    """One line of the declaration's `queries`: what is searched, in which windows of which date.

    `window_months` is how long a window is, `first_year` when the first begins, and `terms` are
    in the portal's own query syntax.
    """

    path: str
    date_field: str
    first_year: int
    window_months: int
    terms: str


def read_search(query: str) -> Search:
    """Return a search as a declaration writes it: path, date field, first year, months, terms.

    >>> read_search("trials/proceedings trialMetaData.petitionFilingDate 2012 12").window_months
    12
    """
    path, field, year, months, terms, *_ = [*query.split(maxsplit=4), *[""] * 5]
    if not (year.isdecimal() and months.isdecimal() and int(months) > 0):
        raise ConfigError(
            "expected a query as '<path> <date field> <first year> <months of a window> <terms>'",
            query=query,
        )
    return Search(path, field, int(year), int(months), terms)


def searched(
    fetch: Fetcher, source: Source, search: Search, bags: Collection[str], until: date
) -> Iterator[Resource]:
    """Yield one harvest for each window that has hits: the same window is asked in the same words.

    Closed windows stay as they are, so that a harvest is not upset by what was filed meanwhile.
    """
    for window in windows(search.first_year, search.window_months, until):
        url = search_url(source.endpoint.base_url, search, window)
        try:
            fetch.json(url)
        except NotFound:
            # The portal's way of saying that nothing matches.
            continue
        name = f"{search.path.replace('/', '-')}-{window[0]}.zip"
        yield Resource(url, name, published=window[1], pages=paged_by_offset(bags, "count"))


def windows(first_year: int, months: int, until: date) -> Iterator[tuple[date, date]]:
    """Yield first and last day of each window up to the one that a day lies in.

    >>> [str(last) for _, last in windows(2023, 6, date(2024, 2, 9))]
    ['2023-06-30', '2023-12-31', '2024-06-30']
    """
    for at in count(0, months):
        first, after = (
            date(first_year + month // 12, month % 12 + 1, 1) for month in (at, at + months)
        )
        if first > until:
            return
        yield first, after - timedelta(days=1)


def search_url(base_url: str, search: Search, window: tuple[date, date]) -> str:
    """Return where the first page of a window is asked for."""
    field = search.date_field
    query = {"q": search.terms} if search.terms else {}
    query |= {"rangeFilters": f"{field} {window[0]}:{window[1]}", "sort": f"{field} asc"}
    query |= {"offset": "0", "limit": str(PAGE)}
    path = f"api/v1/patent/{search.path}/search?{urlencode(query, quote_via=quote)}"
    return urljoin(base_url, path)


def records_in_bags(file: RawFile, bags: Collection[str]) -> Iterator[Record[Object]]:
    """Yield the objects of each page's or file's bag, numbered through.

    Fields of the envelope that nobody knows stand in its first record, for the report of drift.
    """
    numbers = count(1)
    for member in open_members(file.path):
        bag, others = listed_under(member.stream, member.name, bags)
        unknown: Object = {f"(envelope) {name}": "" for name in others if name not in ENVELOPE}
        for record in iter_objects(member.stream, member.name, f"{bag}.item"):
            content = record.content
            if isinstance(content, dict):
                content |= unknown
                unknown = {}
            yield Record(next(numbers), record.locator, content, record.raw)


def objects_under(record: Object, name: str) -> list[Object]:
    """Return the objects of an optional list."""
    found = record.get(name)
    return [] if found is None else [object_of(each) for each in list_of(found)]


def object_under(record: Object, name: str) -> Object:
    """Return an optional object, or an empty one."""
    found = record.get(name)
    return {} if found is None else object_of(found)


def text_under(record: Object, name: str) -> str | None:
    """Return an optional text."""
    found = record.get(name)
    return None if found is None else text_of(found)


def texts_under(record: Object, name: str) -> list[str]:
    """Return an optional list of texts."""
    found = record.get(name)
    return [] if found is None else [text_of(each) for each in list_of(found)]


def whole_under(record: Object, name: str) -> int | None:
    """Return an optional whole number; the portal's early answers write 304 as 304.0."""
    found = record.get(name)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | float) or found != int(found):
        raise RecordRejected(
            "wrong_type", "expected a whole number", field=name, found=repr(found)[:80]
        )
    return int(found)


def flag_under(record: Object, name: str) -> bool | None:
    """Return an optional truth value."""
    found = record.get(name)
    if found is None or isinstance(found, bool):
        return found
    raise RecordRejected("wrong_type", "expected true or false", field=name, found=repr(found)[:80])

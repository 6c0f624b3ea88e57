"""What passes between the layers: resources, raw files, batches of rows, refused records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from iplake.declaration import Source
from iplake.errors import RecordRejected

if TYPE_CHECKING:
    import pyarrow as pa

EXCERPT_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a source: a GET, or with a body a POST that only reads.

    A body that is a JSON object or array goes as JSON, any other as a form.
    """

    url: str
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Paging:
    """How an answer in pages goes on.

    `following` returns the next request from the last one and its answer, None at the end;
    it raises SourceBusy or SourceChanged for an error in the guise of a page. `total` returns
    how many hits a page claims: if that changes on the way, the pages do not belong together.
    A page of HTML is a challenge, unless `is_html`: then `following` has to know one.
    """

    following: Callable[[Request, bytes], Request | None]
    total: Callable[[bytes], int | None] | None = None
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class Resource:
    """One file that a source offers: its own URL, its name in the lake, its checksum.

    `checksum` is `algorithm:hex` (`sha256:…`, `md5:…`) and `published` the day that the
    file is of, where the publisher gives them; a backfill chooses by `published`.
    `refuse` is given the beginning of what came and its URL, and raises for an answer in place
    of data. With `body` it is asked for by POST. With `pages` the file is a zip of all pages, each
    as received; keep cursors out of its URL, because a file of the same URL and body
    replaces the older one.
    """

    url: str
    name: str
    checksum: str | None = None
    published: date | None = None
    body: str | None = None
    pages: Paging | None = None
    refuse: Callable[[bytes, str], None] | None = None

    @property
    def request(self) -> Request:
        """What is asked first."""
        return Request(self.url, self.body)


@dataclass(frozen=True, slots=True)
class RawFile:
    """One landed file. `landed_at` is null for a file that was staged without the lake."""

    path: Path
    name: str
    url: str
    snapshot_id: str
    landed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shard:
    """A byte range of a raw file that holds whole records, the first of them numbered."""

    start: int
    end: int
    first_record: int


@dataclass(frozen=True, slots=True)
class Rejection:
    """One refused record of one table: why, where it stands, and how it begins."""

    table: str
    reason_code: str
    locator: str
    detail: str
    raw_excerpt: str


@dataclass(frozen=True, slots=True)
class Drift:
    """A field that a source has and its connector does not know: where, and how often.

    `locator` is the first record that has it.
    """

    table: str
    field: str
    records: int
    locator: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one table, in upstream order, with `_record_number` (from 1, per file).

    `records` counts what the reader took in for this table, refused ones included, before
    anything was parsed: it is one side of records in = rows staged + records quarantined.
    """

    table: str
    records: int
    rows: pa.Table
    rejections: tuple[Rejection, ...] = ()
    drift: tuple[Drift, ...] = ()


class Fetcher(Protocol):
    """What a connector may do while it discovers resources: small, polite reads.

    With a body the request is a POST. NotFound, where a source answers so, may be its way
    of saying that there is no match.
    """

    def json(self, url: str, body: str | None = None) -> object:
        """Return the decoded JSON answer."""
        ...

    def text(self, url: str, body: str | None = None) -> str:
        """Return the answer as text."""
        ...


class Connector(Protocol):
    """What a module `ingest/<domain>/<source>.py` offers."""

    def discover(self, fetch: Fetcher, source: Source) -> Iterable[Resource]:
        """Yield what the source offers now."""
        ...

    def read(self, file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
        """Yield typed, upstream-shaped rows of every table, streaming."""
        ...

    def shards(self, file: RawFile) -> list[Shard]:
        """Return byte ranges that can be read apart, or an empty list if there is only one."""
        ...


_leftovers: ContextVar[list[str] | None] = ContextVar("leftovers", default=None)


@contextmanager
def collecting_leftovers() -> Iterator[list[str]]:
    """Give a list that fields reported meanwhile, in this thread, are added to."""
    found: list[str] = []
    token = _leftovers.set(found)
    try:
        yield found
    finally:
        _leftovers.reset(token)


def report_leftovers(
    record: Iterable[str], *, ignore: Collection[str] = (), within: str = ""
) -> None:
    """Report the fields of a record that nobody handled or ignored by name; the record goes on.

    `within` says which part of a record it is, as in `entity/`. Where nobody collects
    reports the record is refused.

    >>> with collecting_leftovers() as found:
    ...     report_leftovers({"file": "x", "colour": "red"}, ignore={"file"}, within="entity/")
    >>> found
    ['entity/colour']
    >>> report_leftovers({"colour": "red"})
    Traceback (most recent call last):
    ...
    iplake.errors.RecordRejected: unknown fields (fields=colour)
    """
    unknown = [f"{within}{name}" for name in sorted(set(record) - set(ignore))]
    if not unknown:
        return
    found = _leftovers.get()
    if found is None:
        raise RecordRejected("unknown_field", "unknown fields", fields=", ".join(unknown))
    found.extend(unknown)


def excerpt(raw: bytes | str) -> str:
    """Return the beginning of a raw record, for people who look into the quarantine."""
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    return text[:EXCERPT_CHARACTERS]

"""What passes between the layers: resources, raw files, batches of rows, refused records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
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
class Resource:
    """One file that a source offers: its own URL, its name in the lake, its checksum.

    `checksum` is `algorithm:hex` (`sha256:…`, `md5:…`) and `published` the day that the
    file is of, where the publisher gives them; a backfill chooses by `published`.
    """

    url: str
    name: str
    checksum: str | None = None
    published: date | None = None


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
class Batch:
    """Rows of one table, in upstream order, with `_record_number` (from 1, per file).

    `records` counts what the reader took in for this table, refused ones included, before
    anything was parsed: it is one side of records in = rows staged + records quarantined.
    """

    table: str
    records: int
    rows: pa.Table
    rejections: tuple[Rejection, ...] = ()


class Fetcher(Protocol):
    """What a connector may do while it discovers resources: small, polite reads."""

    def json(self, url: str) -> object:
        """Return the decoded JSON answer."""
        ...

    def text(self, url: str) -> str:
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


def reject_leftovers(
    record: Mapping[str, object], *, ignore: Collection[str] = (), where: str
) -> None:
    """Refuse a record that still holds fields which nobody handled or ignored by name.

    >>> reject_leftovers({"file": "x"}, ignore={"file"}, where="record 1")
    >>> reject_leftovers({"colour": "red"}, where="record 1")
    Traceback (most recent call last):
    ...
    iplake.errors.RecordRejected: unknown field (fields=colour, where=record 1)
    """
    leftovers = sorted(set(record) - set(ignore))
    if leftovers:
        raise RecordRejected(
            "unknown_field", "unknown field", fields=", ".join(leftovers), where=where
        )


def excerpt(raw: bytes | str) -> str:
    """Return the beginning of a raw record, for people who look into the quarantine."""
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    return text[:EXCERPT_CHARACTERS]

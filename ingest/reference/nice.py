"""The Nice classification in JSON: an object with its edition in it, or a list of classes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import count
from typing import NamedTuple

import ijson

from ingest.collect import Parsed, Record, Row, collect, strings
from ingest.discover import listed_in_checksums
from ingest.readers.archive import Member, open_members
from ingest.readers.json import (
    Object,
    Shallow,
    first_byte,
    iter_objects,
    list_of,
    refuse_other_formats,
    text_of,
    unknown_keys,
)
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import RecordRejected, SourceChanged

NUMBERS = {"edition": "int64", "year": "int64", "class_number": "int64"}
CLASSES = {"classes": strings("kind", "heading", "note", **NUMBERS)}
TERMS = {"class_terms": strings("kind", "entry_number", "term", sequence_number="int64", **NUMBERS)}
CLASS_FIELDS = {"number", "type", "heading", "note", "includes", "excludes"}
ENTRY_FIELDS = {"number", "description"}
PARTS = {"edition", "version", "classes", "goods", "services"}
NAMED = re.compile(r"ncl(\d+)-(\d{4})", re.IGNORECASE)


class Version(NamedTuple):
    """An edition and the year of its version, and whether the file is a bare list of classes."""

    edition: int
    year: int
    is_list: bool


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the files of the delivery."""
    return listed_in_checksums(fetch, source.endpoint.base_url)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: the files are small."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield the classes of an edition with what they include, then the alphabetical list."""
    for name, version in [(each.name, _version(each, file)) for each in open_members(file.path)]:
        classes = "item" if version.is_list else "classes.item"
        yield from collect(
            _objects(file, name, classes),
            partial(_class, version),
            source,
            CLASSES | TERMS,
            unknown=partial(unknown_keys, known=CLASS_FIELDS),
        )
        if not version.is_list:
            yield from collect(
                _objects(file, name, "goods.item", "services.item"),
                partial(_entry, version),
                source,
                TERMS,
                main="class_terms",
                unknown=partial(unknown_keys, known=ENTRY_FIELDS),
            )


def _version(member: Member, file: RawFile) -> Version:
    """Return the edition that a file states or, where it is a bare list, is named by."""
    if first_byte(member.stream) == b"[":
        named = NAMED.search(member.name) or NAMED.search(file.name)
        if named is None:
            raise SourceChanged(
                "expected the edition in the file's name, as in ncl13-2026.json", file=file.name
            )
        return Version(int(named[1]), int(named[2]), is_list=True)
    refuse_other_formats(member.stream, member.name)
    stated: dict[str, object] = {}
    parts: set[str] = set()
    try:
        for path, event, value in ijson.parse(Shallow(member.stream, member.name)):
            if event == "map_key" and path == "":
                parts.add(value)
            elif path in {"edition", "version"}:
                stated[path] = value
    except ijson.JSONError:
        # Where the file breaks off is told record by record.
        parts &= PARTS
    numbers = [_number(stated.get(name)) for name in ("edition", "version")]
    if None in numbers or parts - PARTS or "classes" not in parts:
        raise SourceChanged(
            "expected edition, version, classes, goods and services",
            file=member.name,
            found=", ".join(sorted(parts)),
            stated=stated,
        )
    edition, year = numbers
    assert edition is not None
    assert year is not None
    return Version(edition, year, is_list=False)


def _objects(file: RawFile, name: str, *paths: str) -> Iterator[Record[Object]]:
    """Yield the objects of several lists of one file, numbered through."""
    numbers = count(1)
    for path in paths:
        for member in open_members(file.path):
            if member.name == name:
                for record in iter_objects(member.stream, f"{name} {path}", path):
                    yield Record(next(numbers), record.locator, record.content, record.raw)


def _number(value: object) -> int | None:
    """Return a number that one file has as such, and another as text."""
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _class(version: Version, record: Object) -> Parsed:
    number = _number(record["number"])
    if number is None or not 1 <= number <= 45:
        raise RecordRejected(
            "unknown_category", "expected a class from 1 to 45", found=record["number"]
        )
    of_class: Row = {"edition": version.edition, "year": version.year, "class_number": number}
    return {
        "classes": [
            {
                **of_class,
                "kind": record.get("type"),
                "heading": text_of(record["heading"]),
                "note": record.get("note"),
            }
        ],
        "class_terms": [
            {
                **of_class,
                "kind": kind,
                "entry_number": None,
                "term": text_of(term),
                "sequence_number": at,
            }
            for kind in ("includes", "excludes")
            for at, term in enumerate(list_of(record.get(kind, [])), 1)
        ],
    }


def _entry(version: Version, record: Object) -> Parsed:
    """Return an entry of the alphabetical list; its basic number begins with its class."""
    number = text_of(record["number"])
    if not re.fullmatch(r"(0[1-9]|[123]\d|4[0-5])\d{4}", number):
        raise RecordRejected(
            "unknown_category", "expected a class and four digits, as in 090001", found=number
        )
    return {
        "class_terms": [
            {
                "edition": version.edition,
                "year": version.year,
                "class_number": int(number[:2]),
                "kind": "entry",
                "entry_number": number,
                "term": text_of(record["description"]),
                "sequence_number": 1,
            }
        ]
    }

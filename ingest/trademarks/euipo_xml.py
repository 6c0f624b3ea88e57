"""EUIPO's XML after WIPO ST.66 (marks) and ST.86 (designs): paths of local names, files of both."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from lxml import etree

from ingest.collect import Record, Row
from ingest.readers.archive import open_members
from ingest.readers.elements import text
from ingest.readers.json import Object, first_byte, iter_page
from ingest.readers.xml import iter_elements
from iplake.contract import RawFile
from iplake.errors import RecordRejected


def records(file: RawFile, element: str, field: str) -> Iterator[Record[etree._Element | Object]]:
    """Yield the elements of XML files and the objects in pages of the interface, as they come."""
    numbers = count(1)
    for member in open_members(file.path):
        if first_byte(member.stream) in {b"{", b"["}:
            for page in iter_page(member.stream, member.name, field):
                yield Record(next(numbers), page.locator, page.content, page.raw)
        else:
            for record in iter_elements(member.stream, f"{{*}}{element}", beside=()):
                locator = f"{member.name} {record.locator}"
                yield Record(next(numbers), locator, record.content, record.raw)


def all_of(element: etree._Element, path: str) -> list[etree._Element]:
    """Return the elements at a path of local names."""
    found: list[etree._Element] = element.findall(_qualified(path))
    return found


def one_of(element: etree._Element, path: str) -> str | None:
    """Return the text at a path of local names."""
    return text(element, _qualified(path))


def needed(element: etree._Element, path: str) -> str:
    """Return the text at a path; RecordRejected if there is none."""
    found = one_of(element, path)
    if found is None:
        raise RecordRejected("missing_field", "a field is missing", field=path)
    return found


def fields_of(element: etree._Element, path: str, fields: dict[str, str]) -> list[Row]:
    """Return a row for each element at a path, with the texts at some paths below it."""
    return [
        {name: one_of(each, below) for name, below in fields.items()}
        for each in all_of(element, path)
    ]


def _qualified(path: str) -> str:
    return "/".join(f"{{*}}{name}" for name in path.split("/"))


def in_order(number: str, key: str, found: dict[str, list[Row]]) -> list[Row]:
    """Return rows of several kinds with the right's number, their kind and place within it."""
    return [
        {"number": number, key: kind, "sequence_number": at} | row
        for kind, rows in found.items()
        for at, row in enumerate(rows, 1)
    ]

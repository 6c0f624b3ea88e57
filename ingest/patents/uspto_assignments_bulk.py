"""Bulk files of assignments: `us-patent-assignments` XML, of a day (PASDL) or a year (PASYR)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from lxml import etree

from ingest.collect import Parsed, Record, Row
from ingest.patents.uspto_assignments_rows import numbered
from ingest.readers.elements import text, unknown_paths
from ingest.readers.xml import iter_elements
from iplake.errors import RecordRejected

CORRESPONDENT = ("address-1", "address-2", "address-3", "address-4")
GRANT_KINDS = frozenset(("A", "B1", "B2", "E", "E1", "H", "H1", "I4", "I5", "P", "P2", "P3", "S",
                         "S1"))  # fmt: skip
PUBLICATION_KINDS = frozenset(("A1", "A2", "A9", "P1", "P4", "P9"))

_RECORD, _ASSIGNOR = "assignment-record", "patent-assignors/patent-assignor"
_ASSIGNEE, _PROPERTY = "patent-assignees/patent-assignee", "patent-properties/patent-property"

KNOWN = frozenset((
    _RECORD,
    *(f"{_RECORD}/{name}" for name in (
        "reel-no", "frame-no", "last-update-date", "last-update-date/date", "purge-indicator",
        "recorded-date", "recorded-date/date", "page-count", "correspondent", "correspondent/name",
        *(f"correspondent/{line}" for line in CORRESPONDENT), "conveyance-text")),
    "patent-assignors", _ASSIGNOR,
    *(f"{_ASSIGNOR}/{name}" for name in (
        "name", "execution-date", "execution-date/date", "date-acknowledged",
        "date-acknowledged/date")),
    "patent-assignees", _ASSIGNEE,
    *(f"{_ASSIGNEE}/{name}" for name in (
        "name", "address-1", "address-2", "city", "state", "country-name", "postcode")),
    "patent-properties", _PROPERTY,
    *(f"{_PROPERTY}/{name}" for name in (
        "document-id", "document-id/country", "document-id/doc-number", "document-id/kind",
        "document-id/date", "invention-title")),
))  # fmt: skip
# Marks within a title are taken with its text; the owner's name on a document is not filled.
IGNORED = frozenset((
    f"{_PROPERTY}/document-id/name",
    *(f"{_PROPERTY}/invention-title/{mark}" for mark in (
        "b", "i", "o", "u", "sup", "sub", "smallcaps")),
))  # fmt: skip


def records(stream: BinaryIO, where: str, first: int) -> Iterator[Record[etree._Element]]:
    """Yield the assignments of a file; a day without any holds a code N in their place."""
    for record in iter_elements(stream, "patent-assignment", beside=()):
        number = record.number + first - 1
        yield replace(record, number=number, locator=f"{where} {record.locator}")


def unknown(assignment: etree._Element) -> list[str]:
    """Return the paths of what nobody handles or ignores by name."""
    return unknown_paths(assignment, KNOWN, IGNORED)


def parse(assignment: etree._Element) -> Parsed:
    """Return the rows of one assignment."""
    lines = [text(assignment, f"{_RECORD}/correspondent/{line}") for line in CORRESPONDENT]
    properties = [_property(found) for found in assignment.iterfind(_PROPERTY)]
    row: Row = {
        "reel": text(assignment, f"{_RECORD}/reel-no"),
        "frame": text(assignment, f"{_RECORD}/frame-no"),
        "recorded_date": text(assignment, f"{_RECORD}/recorded-date/date"),
        "last_update_date": text(assignment, f"{_RECORD}/last-update-date/date"),
        "purge_indicator": text(assignment, f"{_RECORD}/purge-indicator"),
        "page_count": text(assignment, f"{_RECORD}/page-count"),
        "conveyance_text": text(assignment, f"{_RECORD}/conveyance-text"),
        "correspondent_name": text(assignment, f"{_RECORD}/correspondent/name"),
        "correspondent_address": "; ".join(line for line in lines if line) or None,
        "source_format": "bulk",
        # A record lists all it covers.
        "properties_count": str(len(properties)),
    }
    assignors = [_assignor(found) for found in assignment.iterfind(_ASSIGNOR)]
    assignees = [_assignee(found) for found in assignment.iterfind(_ASSIGNEE)]
    return numbered(row, assignors, assignees, properties)


def _assignor(element: etree._Element) -> Row:
    return {
        "name": text(element, "name"),
        "name_type": _name_type(element),
        "execution_date": text(element, "execution-date/date"),
        "acknowledged_date": text(element, "date-acknowledged/date"),
    }


def _assignee(element: etree._Element) -> Row:
    street = [text(element, line) for line in ("address-1", "address-2")]
    return {
        "name": text(element, "name"),
        "name_type": _name_type(element),
        "address": "; ".join(line for line in street if line) or None,
        "city": text(element, "city"),
        "state": text(element, "state"),
        "country": text(element, "country-name"),
        "postcode": text(element, "postcode"),
    }


def _name_type(element: etree._Element) -> str | None:
    name = element.find("name")
    return None if name is None else name.get("name-type")


def _property(element: etree._Element) -> Row:
    """Return one property: its application, publication and grant by the kinds of documents."""
    row: Row = {"title": text(element, "invention-title")}
    for document in element.iterfind("document-id"):
        number, kind = text(document, "doc-number"), text(document, "kind")
        day = text(document, "date")
        if number is None:
            raise RecordRejected("missing_field", "expected a number", field="document-id")
        if number.startswith("DM"):
            found: Row = {"registration_number": number}
        elif number.startswith("PCT") or text(document, "country") == "WO":
            found = {"pct_number": number}
        elif kind == "X0":
            found = {"application_number": number, "filing_date": day}
        elif kind in PUBLICATION_KINDS:
            found = {"publication_number": number, "publication_kind": kind,
                     "publication_date": day}  # fmt: skip
        elif kind in GRANT_KINDS:
            found = {"patent_number": number, "patent_kind": kind, "issue_date": day}
        else:
            raise RecordRejected(
                "unknown_category", "unknown kind of a document", kind=kind, number=number
            )
        if twice := sorted(set(found) & set(row)):
            raise RecordRejected("repeated_field", "a property has two", field=twice[0])
        row |= found
    return row

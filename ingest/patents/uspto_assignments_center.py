"""Answers of Assignment Center, the office's search: JSON, undocumented and capped."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import BinaryIO, cast

import ijson

from ingest.collect import Parsed, Record, Row
from ingest.patents.uspto_assignments_rows import numbered
from ingest.readers.json import (
    Object,
    Shallow,
    iter_objects,
    list_of,
    object_of,
    text_of,
    unknown_keys,
)
from iplake.errors import RecordRejected, SourceChanged
from iplake.log import get_logger

log = get_logger(__name__)

ASSIGNMENTS = "successResponse.data.item"
PROPERTY = {
    "application_number": "applicationNumber",
    "filing_date": "fillingDate",
    "patent_number": "patentNumber",
    "issue_date": "issueDate",
    "publication_number": "publicationNumber",
    "publication_date": "publicationDate",
    "pct_number": "pctNumber17",
    "registration_number": "internationalRegistrationNumber",
    "international_publication_date": "internationalPublicationDate",
    "title": "inventionTitle",
    "inventors": "inventors",
}
KNOWN = frozenset((
    "reelNumber", "frameNumber", "correspondentName", "conveyance", "conveyanceCode", "assignors",
    "assignors/assignorName", "assignors/executionDate", "assignees", "noOfProperties",
    "properties", "properties/sequenceNumber", "properties/pctNumber",
    *(f"properties/{name}" for name in PROPERTY.values()),
))  # fmt: skip
# The last of the assignors' days.
IGNORED = frozenset(("assignorExecutionDate",))

ENVELOPE = ("status", "statusCode", "successResponse.totalRows")


def records(stream: BinaryIO, where: str, first: int) -> Iterator[Record[Object]]:
    """Yield the assignments of one answer; an answer that is an error raises SourceChanged.

    An answer that claims more records than it holds is capped: it is staged, with a warning.
    """
    # One answer is one page, and what says whether it is whole stands behind its records.
    answer = stream.read()
    envelope = _envelope(answer)
    if envelope.get("status") != "Success":
        raise SourceChanged(
            "expected an answer with status Success; ask again, or look what it says",
            file=where,
            status=envelope.get("status"),
            code=envelope.get("statusCode"),
        )
    count = 0
    page = cast("BinaryIO", io.BufferedReader(io.BytesIO(answer)))
    for record in iter_objects(page, where, ASSIGNMENTS):
        count += 1
        yield replace(record, number=first + count - 1)
    claimed = envelope.get("successResponse.totalRows")
    if isinstance(claimed, int) and claimed > count:
        log.warning("an answer is capped; ask for less at once", claimed=claimed, held=count)


def _envelope(answer: bytes) -> dict[str, object]:
    found: dict[str, object] = {}
    # Damage is the records' affair: it shows there again.
    with suppress(ijson.JSONError, UnicodeDecodeError):
        for path, event, value in ijson.parse(
            Shallow(cast("BinaryIO", io.BytesIO(answer)), "answer")
        ):
            if path in ENVELOPE and event != "map_key":
                found[path] = value
    return found


def unknown(assignment: Object) -> list[str]:
    """Return the paths of what nobody handles or ignores by name."""
    return unknown_keys(assignment, KNOWN, IGNORED)


def parse(assignment: Object) -> Parsed:
    """Return the rows of one assignment.

    It may list fewer properties than `noOfProperties` says: only the first, or those that fit
    the search. Each has its own number within the assignment.
    """
    row: Row = {
        "reel": _integer(assignment, "reelNumber"),
        "frame": _integer(assignment, "frameNumber"),
        "conveyance_text": _text(assignment, "conveyance"),
        "conveyance_code": _integer(assignment, "conveyanceCode"),
        "properties_count": _integer(assignment, "noOfProperties"),
        "correspondent_name": _text(assignment, "correspondentName"),
        "source_format": "assignment_center",
    }
    assignors = [_assignor(object_of(found)) for found in list_of(assignment["assignors"])]
    assignees: list[Row] = [{"name": text_of(name)} for name in list_of(assignment["assignees"])]
    properties = [_property(object_of(found)) for found in list_of(assignment["properties"])]
    return numbered(row, assignors, assignees, properties)


def _assignor(found: Object) -> Row:
    return {
        "name": _text(found, "assignorName"),
        "execution_date": _text(found, "executionDate"),
    }


def _property(found: Object) -> Row:
    row: Row = {name: _text(found, field) for name, field in PROPERTY.items()}
    row["pct_number"] = row["pct_number"] or _text(found, "pctNumber")
    row["property_number"] = _integer(found, "sequenceNumber")
    return row


def _text(found: Object, name: str) -> str | None:
    value = found[name]
    if value is None:
        return None
    # Empty days are empty texts, other empty fields are null.
    return text_of(value).strip() or None


def _integer(found: Object, name: str) -> str | None:
    value = found[name]
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise RecordRejected("wrong_type", "expected a whole number", field=name, found=value)
    return str(value)

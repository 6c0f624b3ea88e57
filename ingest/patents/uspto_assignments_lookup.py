"""Saved answers of the assignment lookup, which is retired: Solr XML with parallel arrays.

A record's properties and parties stand in lists of the same length, where the word NULL fills
an empty place and the first day of year 1 an empty day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from lxml import etree

from ingest.collect import Parsed, Record, Row
from ingest.patents.uspto_assignments_rows import numbered
from ingest.readers.beginning import beginning
from ingest.readers.xml import iter_elements
from iplake.errors import RecordRejected, SourceChanged

EMPTY = frozenset(("NULL", ""))
EMPTY_DAY = "0001-01-01"

SINGLE = {
    "reel": "reelNo",
    "frame": "frameNo",
    "recorded_date": "recordedDate",
    "last_update_date": "lastUpdateDate",
    "purge_indicator": "purgeIndicator",
    "page_count": "pageCount",
    "properties_count": "applNumSize",
    "conveyance_text": "conveyanceText",
    "docket_number": "attorneyDockNum",
    "correspondent_name": "corrName",
}
CORRESPONDENT = ("corrAddress1", "corrAddress2", "corrAddress3", "corrAddress4")
ASSIGNORS = {
    "name": "patAssignorName",
    "execution_date": "patAssignorExDate",
    "acknowledged_date": "patAssignorDateAck",
}
ASSIGNEES = {
    "name": "patAssigneeName",
    "address": "patAssigneeAddress1",
    "address_": "patAssigneeAddress2",
    "city": "patAssigneeCity",
    "state": "patAssigneeState",
    "country": "patAssigneeCountryName",
    "postcode": "patAssigneePostcode",
}
PROPERTIES = {
    "application_number": "applNum",
    "filing_date": "filingDate",
    "patent_number": "patNum",
    "issue_date": "issueDate",
    "publication_number": "publNum",
    "publication_date": "publDate",
    "pct_number": "pctNum",
    "registration_number": "intlRegNum",
    "international_publication_date": "intlPublDate",
    "title": "inventionTitle",
    "inventors": "inventors",
}
KNOWN = frozenset((*SINGLE.values(), *CORRESPONDENT, *ASSIGNORS.values(), *ASSIGNEES.values(),
                   *PROPERTIES.values()))  # fmt: skip
# What the index adds for itself: the first of each list, its length, and forms to search by.
# Lengths are of other lists than those shown: patAssigneeNameSize is 2 for one name.
IGNORED = frozenset((
    *(f"{name}{added}" for name in (*KNOWN, "inventionTitleLang", "inventionTitleId",
                                    "patAssigneeNameType", "patAssignorNameType")
      for added in ("Size", "First", "Facet", "String")),
    "inventionTitleLang", "id", "displayId", "_version_", "patAssignorEarliestExDate",
    "assignmentRecordHasImages", "dtdVersion", "dateProduced", "actionKeyCode", "transactionDate",
)) - KNOWN  # fmt: skip

_STATUS = re.compile(rb'<int name="status">(-?\d+)</int>')


def records(stream: BinaryIO, where: str, first: int) -> Iterator[Record[etree._Element]]:
    """Yield the assignments of one answer."""
    status = _STATUS.search(beginning(stream, 4096))
    if status and status[1] != b"0":
        raise SourceChanged(
            "an answer is an error, not a result; ask again", file=where, status=status[1].decode()
        )
    for record in iter_elements(stream, "doc", beside=()):
        number = record.number + first - 1
        yield replace(record, number=number, locator=f"{where} {record.locator}")


def unknown(assignment: etree._Element) -> list[str]:
    """Return the names of fields that nobody handles or ignores by name."""
    names = {child.get("name", "") for child in assignment}
    return sorted(names - KNOWN - IGNORED)


def parse(assignment: etree._Element) -> Parsed:
    """Return the rows of one assignment, its lists taken apart."""
    values = {child.get("name", ""): child for child in assignment}
    row: Row = {name: _single(values, field) for name, field in SINGLE.items()}
    lines = [_single(values, line) for line in CORRESPONDENT]
    row["correspondent_address"] = "; ".join(line for line in lines if line) or None
    row["source_format"] = "lookup"
    assignees = _rows(values, ASSIGNEES)
    for assignee in assignees:
        street = [assignee["address"], assignee.pop("address_")]
        assignee["address"] = "; ".join(str(line) for line in street if line) or None
    return numbered(row, _rows(values, ASSIGNORS), assignees, _rows(values, PROPERTIES))


def _single(values: dict[str, etree._Element], name: str) -> str | None:
    found = values.get(name)
    if found is None:
        return None
    if len(found):
        raise RecordRejected("wrong_type", "expected one value, found a list", field=name)
    return _filled(found.text)


def _rows(values: dict[str, etree._Element], fields: dict[str, str]) -> list[Row]:
    """Return the rows that some lists of the same length hold together."""
    lists = {
        name: [_filled(item.text) for item in values[field]]
        for name, field in fields.items()
        if field in values
    }
    lengths = {fields[name]: len(found) for name, found in lists.items()}
    if len(set(lengths.values())) > 1:
        raise RecordRejected(
            "wrong_type",
            "lists that belong together are not of one length",
            lengths=", ".join(f"{name} {length}" for name, length in lengths.items()),
        )
    count = max(lengths.values(), default=0)
    return [
        {name: lists[name][at] if name in lists else None for name in fields} for at in range(count)
    ]


def _filled(value: str | None) -> str | None:
    if value is None or value.strip() in EMPTY or value.startswith(EMPTY_DAY):
        return None
    return value

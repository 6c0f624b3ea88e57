"""Rows of NYPL's registrations: an entry's facts, its parties and its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.collect import Parsed, Row, strings
from ingest.readers.elements import text

AT = {"sequence_number": "int64"}
ENTRIES = {
    "registrations": strings(
        "id", "number", "number_attribute", "day", "day_attribute", "title", "edition", "series",
        "volume", "description", "note", "new_matter", "previous_number", "place", "published",
        "copyright_day", "affidavit_day", "notice_day", "copies", "duplicate_of", "part_of",
        "catalog_year", "catalog_series", "catalog_volume", "catalog_part",
    ),
    "registration_parties": strings(
        "id", "role", "role_words", "name", "place", is_claimant="bool", is_heading="bool", **AT
    ),
    "registration_numbers": strings(
        "id", "number", "source", "day", "day_attribute",
        is_additional="bool", is_ignored="bool", **AT,
    ),
}  # fmt: skip
REFERENCES = {
    "cross_references": strings("id", "name", "role_words", "title", "note", "see_id", "see")
}


def parse_entry(entry: etree._Element) -> Parsed:
    """Return an entry with its parties and numbers."""
    entry_id = str(entry.attrib["id"])
    number = _first(entry, "regNum", "registrationNumber")
    day = entry.find("regDate")
    cite = entry.getroottree().getroot().find("header/cite")
    row: Row = {
        "id": entry_id,
        "number": number,
        "number_attribute": entry.get("regnum"),
        "day": None if day is None else text(day),
        # Where an entry has no day of its own, NYPL puts it into an attribute.
        "day_attribute": entry.get("regdate") if day is None else day.get("date"),
        "title": text(entry, "title"),
        "edition": _all(entry, "edition"),
        "series": _all(entry, "series"),
        "volume": _all(entry, "vol", "volumes"),
        "description": _all(entry, "desc"),
        "note": _all(entry, "note"),
        "new_matter": _all(entry, "newMatterClaimed"),
        "previous_number": _first(entry, "prev-regNum", "prevPub/prev-regNum"),
        "place": _first(entry, "publisher/pubPlace", "note/publisher/pubPlace"),
        "published": _date(entry, "publisher/pubDate") or _date(entry, "note/publisher/pubDate"),
        "copyright_day": _date(entry, "copyDate"),
        "affidavit_day": _date(entry, "affDate"),
        "notice_day": _date(entry, "noticeDate"),
        "copies": _attribute(entry, "copies", "num"),
        "duplicate_of": entry.get("duplicateOf"),
        "part_of": entry.get("partOf"),
        "catalog_year": None if cite is None else text(cite, "year"),
        "catalog_series": None if cite is None else text(cite, "series"),
        "catalog_volume": None if cite is None else text(cite, "volume"),
        "catalog_part": None if cite is None else text(cite, "division/part"),
    }
    parties = [*_headings(entry), *_parties(entry)]
    numbers = list(_numbers(entry))
    return {
        "registrations": [row],
        "registration_parties": [
            {"id": entry_id, "sequence_number": at} | party for at, party in enumerate(parties, 1)
        ],
        "registration_numbers": [
            {"id": entry_id, "sequence_number": at} | each for at, each in enumerate(numbers, 1)
        ],
    }


def _headings(entry: etree._Element) -> Iterator[Row]:
    """Yield the authors above a group of entries."""
    group = entry.getparent()
    if group is not None and group.tag == "entryGroup":
        for author in group.findall("author"):
            yield from _named("author", author, "author", is_heading=True)


def _parties(entry: etree._Element) -> Iterator[Row]:
    """Yield authors, publishers, employers and claimants as they come, those in notes too."""
    for part in entry.iterchildren("author", "publisher", "employerName", "claimant", "note"):
        for each in part.iterchildren("author", "publisher") if part.tag == "note" else [part]:
            kind = {"employerName": "employer"}.get(str(each.tag), str(each.tag))
            yield from _named(kind, each, str(each.tag), is_heading=False)


def _named(role: str, element: etree._Element, tag: str, *, is_heading: bool) -> Iterator[Row]:
    """Yield each name in an element: an author may be two, a publisher only a place."""
    names, place = {
        "author": (element.findall("authorName"), text(element, "authorPlace")),
        "publisher": (element.findall("pubName"), text(element, "pubPlace")),
    }.get(tag, ([element], None))
    for name in names:
        if spelt := text(name):
            marked = name.get("claimant", element.get("claimant", "no"))
            yield {
                "role": role,
                "role_words": text(element, "role"),
                "name": spelt,
                "place": place,
                "is_claimant": role == "claimant" or marked == "yes",
                "is_heading": is_heading,
            }


def _numbers(entry: etree._Element) -> Iterator[Row]:
    """Yield the numbers of an entry and of its additional ones, with the days beside them."""
    for part in (entry, *entry.findall("additionalEntry")):
        days = part.findall("regDate")
        printed = [*part.findall("regNum"), *part.findall("registrationNumber")]
        seen = set()
        for at, each in enumerate(printed):
            number = text(each)
            day = days[min(at, len(days) - 1)] if days else None
            if number is not None:
                seen.add(re.sub(r"[\s.,]", "", number).upper())
                yield _number_row(part, entry, number, "printed", day, each.get("ignore") == "yes")
        for number in (part.get("regnum") or "").split():
            if number.upper() not in seen:
                yield _number_row(
                    part, entry, number, "attribute", days[0] if days else None, is_ignored=False
                )


def _number_row(
    part: etree._Element,
    entry: etree._Element,
    number: str,
    source: str,
    day: etree._Element | None,
    is_ignored: bool,
) -> Row:
    return {
        "number": number,
        "source": source,
        "day": None if day is None else text(day),
        "day_attribute": part.get("regdate") if day is None else day.get("date"),
        "is_additional": part is not entry,
        "is_ignored": is_ignored,
    }


def parse_reference(reference: etree._Element) -> Parsed:
    """Return a reference from a heading to an entry."""
    see = reference.find("see")
    return {
        "cross_references": [
            {
                "id": str(reference.attrib["id"]),
                "name": _all(reference, "author/authorName"),
                "role_words": _all(reference, "author/role"),
                "title": text(reference, "title"),
                "note": _all(reference, "note", "edition", "vol", "series"),
                "see_id": None if see is None else see.get("rid"),
                "see": None if see is None else text(see),
            }
        ]
    }


def _all(element: etree._Element, *paths: str) -> str | None:
    """Return all texts at some paths, divided by bars."""
    texts = [text(each) for path in paths for each in element.findall(path)]
    return " | ".join(each for each in texts if each) or None


def _first(element: etree._Element, *paths: str) -> str | None:
    return next((found for path in paths if (found := text(element, path))), None)


def _date(element: etree._Element, path: str) -> str | None:
    return _attribute(element, path, "date")


def _attribute(element: etree._Element, path: str, name: str) -> str | None:
    found = element.find(path)
    return None if found is None else found.get(name)

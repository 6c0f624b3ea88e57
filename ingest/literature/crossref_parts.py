"""Parts of a Crossref work that stand in several places: contributors, relations, dates."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.collect import Row
from ingest.literature.crossref_fields import CONTRIBUTORS, INVESTIGATORS
from ingest.readers.json import (
    Object,
    integer_or_none,
    list_of,
    object_of,
    objects_of,
    text_of,
    text_or_none,
    texts_of,
    wrong_type,
)


def contributors(record: Object, projects: list[Object]) -> Iterator[tuple[str, Object]]:
    """Yield role and contributor: authors, editors and so on, and those of a grant's projects."""
    for role in CONTRIBUTORS:
        yield from ((role, each) for each in objects_of(record.get(role)))
    for project in projects:
        for role in INVESTIGATORS:
            yield from ((role, each) for each in objects_of(project.get(role)))


def funders_of(projects: list[Object]) -> Iterator[Object]:
    """Yield the funders of a grant's projects."""
    for project in projects:
        for funding in objects_of(project.get("funding")):
            yield object_of(funding["funder"])


def relations(record: Object) -> Iterator[Row]:
    """Yield the relations that a work and others say they have."""
    for kind, others in object_of(record.get("relation") or {}).items():
        for other in objects_of(others):
            yield {
                "type": kind,
                "other_scheme": text_or_none(other["id-type"]),
                "other": text_or_none(other["id"]),
                "asserted_by": text_or_none(other["asserted-by"]),
                "update_type": None,
                "updated": None,
            }


def updates(record: Object) -> Iterator[Row]:
    """Yield corrections and retractions: of what the work is one, and which it has had."""
    for field, kind in (("update-to", "updates"), ("updated-by", "is-updated-by")):
        for each in objects_of(record.get(field)):
            yield {
                "type": kind,
                "other_scheme": "doi",
                "other": text_of(each["DOI"]),
                "asserted_by": None,
                "update_type": text_of(each["type"]),
                "updated": moment(each["updated"]),
            }


def identifier(holder: Object, scheme: str) -> str | None:
    """Return the first identifier of a scheme that an affiliation or a funder has."""
    for each in objects_of(holder.get("id")):
        if each["id-type"] == scheme:
            return text_of(each["id"])
    return None


def first_of(value: object) -> str | None:
    """Return the first text of a list, None if it is absent or empty."""
    texts = texts_of(value)
    return texts[0] if texts else None


def day(value: object) -> str | None:
    """Return a date of one to three parts, as in 2020-11; None for the date [[null]]."""
    if value is None:
        return None
    dates = list_of(object_of(value)["date-parts"])
    if dates == [[None]]:
        return None
    numbers = [integer_or_none(part) for each in dates for part in list_of(each)]
    if len(dates) != 1 or not 1 <= len(numbers) <= 3 or None in numbers:
        raise wrong_type("[[year, month, day]]", dates)
    year, *rest = numbers
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in rest)])


def moment(value: object) -> str:
    """Return the time of an event in a record's life, in UTC."""
    return text_of(object_of(value)["date-time"])

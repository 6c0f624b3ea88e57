"""ROR: dumps and releases of research organisations, in JSON of schema 1 and 2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import count
from urllib.parse import urljoin

from ingest.collect import Parsed, Record, Row, collect, strings
from ingest.readers.archive import Member, open_members, whole
from ingest.readers.json import (
    Object,
    decoded,
    first_byte,
    iter_objects,
    list_of,
    number_of,
    object_of,
    text_of,
)
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard, report_leftovers
from iplake.declaration import Source
from iplake.errors import RecordRejected, SourceChanged

SCHEMAS = {
    "organisations": strings(
        "id", "release_name", "name", "status", "types", "country_code", "subdivision_code",
        "city", "website_url", "created", "modified",
        established="int64", geonames_id="int64", latitude="float64", longitude="float64",
        schema_version="int64",
    ),
    "organisation_names": strings("id", "name_type", "lang", "name", sequence_number="int64"),
    "organisation_identifiers": strings(
        "id", "scheme", "identifier", sequence_number="int64", is_preferred="bool"
    ),
    "organisation_relationships": strings(
        "id", "relationship_type", "other_id", "other_name", sequence_number="int64"
    ),
}  # fmt: skip

RELEASE = re.compile(r"v\d+\.\d+(?:\.\d+)?")


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the files of the newest release: Zenodo's record of all versions leads to it."""
    url = urljoin(source.endpoint.base_url, source.endpoint.paths[0])
    answer = fetch.json(url)
    try:
        listing = object_of(answer)
        published = date.fromisoformat(text_of(object_of(listing["metadata"])["publication_date"]))
        for file in map(object_of, list_of(listing["files"])):
            address = text_of(object_of(file["links"])["self"])
            yield Resource(address, text_of(file["key"]), text_of(file["checksum"]), published)
    except (KeyError, ValueError, RecordRejected) as error:
        raise SourceChanged(
            "expected files with key, checksum and links.self", url=url, said=str(error)
        ) from error


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: a dump is read in one go."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield the organisations of every JSON file, with names, identifiers and relationships."""
    return collect(_records(file), _parse, source, SCHEMAS)


def _records(file: RawFile) -> Iterator[Record[Object]]:
    numbers = count(1)
    for member in open_members(file.path, "*.json"):
        for record in _of_member(member):
            content = record.content
            if isinstance(content, dict):
                content = {**content, "_release": _release(member.name, file.name)}
            yield Record(next(numbers), record.locator, content, record.raw)


def _of_member(member: Member) -> Iterator[Record[Object]]:
    if first_byte(member.stream) == b"{":
        raw = whole(member)
        yield Record(1, member.name, decoded(raw), raw)
    else:
        yield from iter_objects(member.stream, member.name)


def _release(member: str, file: str) -> str:
    for name in (member, file):
        if found := RELEASE.search(name):
            return found[0]
    return "unknown"


def _parse(record: Object) -> Parsed:
    """Return one record's rows; which schema it has shows in its fields."""
    return _parse_2(record) if "names" in record else _parse_1(record)


def _parse_2(record: Object) -> Parsed:
    ror_id = text_of(record.pop("id"))
    where = ror_id
    admin = object_of(record.pop("admin"))
    created, modified = object_of(admin["created"]), object_of(admin["last_modified"])
    locations = [object_of(each) for each in list_of(record.pop("locations"))]
    if not locations:
        raise RecordRejected("missing_field", "expected a location", where=where)
    place = object_of(locations[0]["geonames_details"])
    names = [object_of(each) for each in list_of(record.pop("names"))]
    links = [object_of(each) for each in list_of(record.pop("links"))]
    country = text_of(place["country_code"])
    subdivision = place.get("country_subdivision_code")
    kinds = [(name, _name_type(name, where)) for name in names]
    displayed = [name for name, kind in kinds if kind == "display"]
    if len(displayed) != 1:
        raise RecordRejected(
            "missing_field", "expected one ror_display", field="names", where=where
        )
    kinds.sort(key=lambda pair: pair[1] != "display")
    organisation: Row = {
        "id": ror_id,
        "release_name": record.pop("_release"),
        "schema_version": 2,
        "name": displayed[0]["value"],
        "status": record.pop("status"),
        "types": _joined(record.pop("types")),
        "established": record.pop("established"),
        "country_code": country,
        "subdivision_code": f"{country}-{subdivision}" if subdivision else None,
        "city": place["name"],
        "geonames_id": locations[0]["geonames_id"],
        "latitude": number_of(place["lat"]),
        "longitude": number_of(place["lng"]),
        "website_url": next((each["value"] for each in links if each["type"] == "website"), None),
        "created": created["date"],
        "modified": modified["date"],
    }
    identifiers = [
        (text_of(each["type"]), value, value == each["preferred"])
        for each in map(object_of, list_of(record.pop("external_ids")))
        for value in list_of(each["all"])
    ]
    rows: Parsed = {
        "organisations": [organisation],
        "organisation_names": [
            _name_row(ror_id, at, kind, name["lang"], name["value"])
            for at, (name, kind) in enumerate(kinds, 1)
        ],
        "organisation_identifiers": _identifier_rows(ror_id, identifiers),
        "organisation_relationships": _relationship_rows(ror_id, record.pop("relationships")),
    }
    report_leftovers(record, ignore={"domains"})
    return rows


def _name_type(name: Object, where: str) -> str:
    types = set(list_of(name["types"]))
    if unknown := types - {"ror_display", "label", "alias", "acronym"}:
        raise RecordRejected(
            "unknown_name_type", "unknown type", field="names/types", found=unknown, where=where
        )
    for kind in ("ror_display", "label", "alias", "acronym"):
        if kind in types:
            return kind.removeprefix("ror_")
    raise RecordRejected("unknown_name_type", "a name has no type", where=where)


def _parse_1(record: Object) -> Parsed:
    ror_id = text_of(record.pop("id"))
    country = object_of(record.pop("country"))
    [address] = [object_of(each) for each in list_of(record.pop("addresses"))]
    city = object_of(address["geonames_city"])
    name = record.pop("name")
    labels = [object_of(each) for each in list_of(record.pop("labels"))]
    names = [
        ("display", None, name),
        *(("label", label["iso639"], label["label"]) for label in labels),
        *(("alias", None, alias) for alias in list_of(record.pop("aliases"))),
        *(("acronym", None, acronym) for acronym in list_of(record.pop("acronyms"))),
    ]
    links = list_of(record.pop("links"))
    organisation: Row = {
        "id": ror_id,
        "release_name": record.pop("_release"),
        "schema_version": 1,
        "name": name,
        "status": record.pop("status"),
        "types": _joined(record.pop("types")),
        "established": record.pop("established"),
        "country_code": country["country_code"],
        "subdivision_code": None,
        "city": address["city"] or city["city"],
        "geonames_id": city["id"],
        "latitude": number_of(address["lat"]),
        "longitude": number_of(address["lng"]),
        "website_url": links[0] if links else None,
        "created": None,
        "modified": None,
    }
    identifiers: list[tuple[str, object, bool]] = []
    for scheme, held in object_of(record.pop("external_ids")).items():
        ids = object_of(held)
        # GRID alone has a text where the others have a list.
        values = [ids["all"]] if isinstance(ids["all"], str) else list_of(ids["all"])
        identifiers += [(scheme, value, value == ids["preferred"]) for value in values]
    rows: Parsed = {
        "organisations": [organisation],
        "organisation_names": [_name_row(ror_id, at, *each) for at, each in enumerate(names, 1)],
        "organisation_identifiers": _identifier_rows(ror_id, identifiers),
        "organisation_relationships": _relationship_rows(ror_id, record.pop("relationships")),
    }
    report_leftovers(record, ignore={"wikipedia_url", "email_address", "ip_addresses"})
    return rows


def _name_row(ror_id: str, at: int, kind: str, lang: object, name: object) -> Row:
    return {"id": ror_id, "sequence_number": at, "name_type": kind, "lang": lang, "name": name}


def _identifier_rows(ror_id: str, found: list[tuple[str, object, bool]]) -> list[Row]:
    return [
        {
            "id": ror_id,
            "sequence_number": at,
            "scheme": scheme,
            "identifier": value,
            "is_preferred": is_preferred,
        }
        for at, (scheme, value, is_preferred) in enumerate(found, 1)
    ]


def _relationship_rows(ror_id: str, found: object) -> list[Row]:
    return [
        {
            "id": ror_id,
            "sequence_number": at,
            "relationship_type": each["type"],
            "other_id": each["id"],
            "other_name": each["label"],
        }
        for at, each in enumerate(map(object_of, list_of(found)), 1)
    ]


def _joined(values: object) -> str | None:
    return "|".join(text_of(value) for value in list_of(values)) or None

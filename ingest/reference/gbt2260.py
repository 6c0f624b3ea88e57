"""GB/T 2260: the list of divisions at a year end, and the changes of all years before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import ijson

from ingest.collect import Parsed, Record, Row, as_rejected, collect, strings
from ingest.discover import listed_in_checksums
from ingest.readers.archive import open_members
from ingest.readers.json import (
    Object,
    Shallow,
    iter_members,
    iter_objects,
    object_of,
    refuse_other_formats,
    text_of,
)
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard, report_leftovers
from iplake.declaration import Source
from iplake.errors import UNREADABLE, RecordRejected, SourceChanged
from iplake.identifiers.regions import CHANGE_TYPES

SCHEMAS = {
    "divisions": strings(
        "code", "name", "level", "parent_code", "province_name", "prefecture_name", "basis",
        first_year="int64", last_year="int64",
    ),
    "division_changes": strings(
        "type", "old_code", "old_name", "old_parent_code", "old_path",
        "new_code", "new_name", "new_parent_code", "new_path",
        "doc_no", "source_url", "source", "source_official",
        year="int64", level="int64", curated="bool",
    ),
}  # fmt: skip

LEVELS = {1: "province", 2: "prefecture", 3: "county"}
NOTES = {"note", "detail", "reclassified_from", "reclassified_reason"}


@dataclass(slots=True)
class Place:
    """A division under one code and name, and the years from and to which that holds."""

    level: int
    parent_code: str | None
    path: list[object]
    first_year: int | None
    last_year: int | None = None


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the list and the changes, as the delivery's checksums have them."""
    return listed_in_checksums(fetch, source.endpoint.base_url)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: the files are small."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield divisions of a list, or changes and the intervals that follow from them."""
    kind = _kind(file)
    for member in open_members(file.path):
        if kind == "provinces":
            provinces = iter_members(member.stream, member.name, "provinces")
            yield from collect(_listed(provinces), _listed_division, source, SCHEMAS)
        else:
            yield from _changes(iter_objects(member.stream, member.name, "events.item"), source)


def _kind(file: RawFile) -> str:
    for member in open_members(file.path):
        refuse_other_formats(member.stream, file.name)
        try:
            for prefix, event, value in ijson.parse(Shallow(member.stream, member.name)):
                if (prefix, event) == ("", "map_key") and value in {"provinces", "events"}:
                    return str(value)
        except (ijson.JSONError, UnicodeDecodeError) as error:
            raise SourceChanged(
                "expected JSON with 'provinces' or 'events'; is this another file, or cut off?",
                file=file.name,
                said=str(error),
            ) from error
    raise SourceChanged("expected 'provinces' or 'events' at the top of the JSON", file=file.name)


def _listed(provinces: Iterator[Record[tuple[str, Object]]]) -> Iterator[Record[Row]]:
    """Yield a record for each named division of the list; a damaged province is one refusal."""
    number = 0
    for record in provinces:
        try:
            if isinstance(record.content, RecordRejected):
                raise record.content
            divisions = list(_of_province(*record.content))
        except (RecordRejected, *UNREADABLE) as error:
            number += 1
            yield Record(number, record.locator, as_rejected(error), record.raw)
            continue
        for division in divisions:
            number += 1
            locator = f"{record.locator} {division['name']}"
            yield Record(number, locator, division, str(division).encode())


def _of_province(province: str, content: Object) -> Iterator[Row]:
    code = content.pop("code")
    cities = object_of(content.pop("cities"))
    report_leftovers(content)
    yield _row(code, province, "province", None, province, None)
    for city, held in cities.items():
        within = object_of(held)
        city_code, counties = within.pop("code"), object_of(within.pop("counties"))
        report_leftovers(within, within="cities/")
        # Districts of municipalities, and counties that a province runs itself, stand under "".
        prefecture = city or None
        if prefecture:
            yield _row(city_code, city, "prefecture", code, province, city)
        for county, county_code in counties.items():
            parent = city_code if prefecture else code
            yield _row(county_code, county, "county", parent, province, prefecture)


def _row(
    code: object, name: str, level: str, parent: object, province: object, prefecture: object
) -> Row:
    return {
        "code": code,
        "name": name,
        "level": level,
        "parent_code": parent,
        "province_name": province,
        "prefecture_name": prefecture,
        "basis": "edition",
        "first_year": None,
        "last_year": None,
    }


def _listed_division(row: Row) -> Parsed:
    text_of(row["code"])
    return {"divisions": [row], "division_changes": []}


def _changes(events: Iterator[Record[Object]], source: Source) -> Iterator[Batch]:
    """Yield the changes as they stand; then the divisions, each with its interval."""
    sound: list[Row] = []
    as_main = source.model_copy(
        update={"tables": {name: source.tables[name] for name in ("division_changes", "divisions")}}
    )

    def parse(event: Object) -> Parsed:
        row = _change(event)
        sound.append(row)
        return {"division_changes": [_upstream(row)], "divisions": []}

    yield from collect(events, parse, as_main, SCHEMAS)
    rows = list(_intervals(sound))
    numbered = (
        Record(at, f"interval {at}", row, str(row).encode()) for at, row in enumerate(rows, start=1)
    )
    yield from collect(
        numbered, lambda row: {"divisions": [row], "division_changes": []}, source, SCHEMAS
    )


def _change(event: Object) -> Row:
    row: Row = {"year": event.pop("year"), "type": event.pop("type"), "level": event.pop("level")}
    where = f"{row['year']} {row['type']}"
    # Refused here, so that it does not shape an interval either.
    if row["type"] not in CHANGE_TYPES:
        raise RecordRejected("unknown_change_type", "unknown type", field="type", where=where)
    if row["level"] not in LEVELS:
        raise RecordRejected(
            "unknown_level", "unknown level", field="level", found=row["level"], where=where
        )
    if not isinstance(row["year"], int) or isinstance(row["year"], bool):
        raise RecordRejected("wrong_type", "expected a year", field="year", found=repr(row["year"]))
    for side in ("old", "new"):
        place = object_of(event.pop(side))
        row[f"{side}_code"] = place.pop("code")
        row[f"{side}_name"] = place.pop("name")
        row[f"{side}_parent_code"] = place.pop("parent_code")
        row[f"{side}_path"] = event.pop(f"{side}_path")
        report_leftovers(place, within=f"{side}/")
    row["doc_no"] = event.pop("doc_no")
    row["curated"] = event.pop("curated")
    for optional in ("source", "source_url", "source_official"):
        row[optional] = event.pop(optional, None)
    report_leftovers(event, ignore=NOTES)
    return row


def _upstream(row: Row) -> Row:
    paths = {name: _joined(row[name]) for name in ("old_path", "new_path")}
    return row | paths


def _joined(path: object) -> str | None:
    return "/".join(text_of(name) for name in path) or None if isinstance(path, list) else None


def _intervals(changes: list[Row]) -> Iterator[Row]:
    """Yield each code and name with the years that the changes put around them, in order."""
    open_places: dict[tuple[str, str], Place] = {}
    done: list[tuple[tuple[str, str], Place]] = []
    for row in sorted(changes, key=lambda row: int(str(row["year"]))):
        year, level = int(str(row["year"])), int(str(row["level"]))
        old, new = _key(row, "old"), _key(row, "new")
        if old == new:
            continue
        if old:
            place = open_places.pop(old, None) or _place(row, "old", level, None)
            place.last_year = year - 1
            done.append((old, place))
        # The successor of an abolished division was there before: it does not begin here.
        if new and row["type"] != "撤销" and new not in open_places:
            open_places[new] = _place(row, "new", level, year)
    for (code, name), place in sorted(
        [*done, *open_places.items()], key=lambda pair: (pair[0], pair[1].first_year or 0)
    ):
        names = [*place.path, None, None]
        yield {
            "code": code,
            "name": name,
            "level": LEVELS[place.level],
            "parent_code": place.parent_code,
            "province_name": names[0] if len(place.path) > 1 or place.level == 1 else None,
            "prefecture_name": names[1] if len(place.path) == 3 or place.level == 2 else None,
            "basis": "changes",
            "first_year": place.first_year,
            "last_year": place.last_year,
        }


def _key(row: Row, side: str) -> tuple[str, str] | None:
    code, name = row[f"{side}_code"], row[f"{side}_name"]
    return (text_of(code), text_of(name)) if code and name else None


def _place(row: Row, side: str, level: int, year: int | None) -> Place:
    path = row[f"{side}_path"]
    parent = row[f"{side}_parent_code"]
    return Place(
        level=level,
        parent_code=text_of(parent) if parent else None,
        path=path if isinstance(path, list) else [],
        first_year=year,
    )

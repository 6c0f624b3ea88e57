"""Relaton's documents: two generations of the same record, 1.2 and 1.5, from seven bodies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from ingest.collect import Parsed, Row, strings
from ingest.readers.json import Object, list_of, object_of, text_of
from ingest.standards.relaton_index import DOCUMENT_FIELDS
from iplake.errors import RecordRejected

SCHEMAS = {
    "documents": strings(
        *(name for name in DOCUMENT_FIELDS if name not in {"entry_number", "person_count"}),
        entry_number="int64", person_count="int64",
    ),
    "document_identifiers": strings(
        "key", "scheme", "scope", "identifier", sequence_number="int64", is_primary="bool"
    ),
    "document_relations": strings(
        "key", "type", "description", "scheme", "reference", sequence_number="int64"
    ),
    "document_contributors": strings(
        "key", "kind", "role", "organisation", "abbreviation", "committee",
        sequence_number="int64",
    ),
}  # fmt: skip


def parse_document(record: Object, place: str) -> Parsed:
    """Return a document's rows; `place` is its path in the repository."""
    key = PurePosixPath(place).stem
    ext = object_of(record.get("ext", {}))
    identifiers = [_identifier(each) for each in _objects(record, "docid", "docidentifier")]
    if not identifiers:
        raise RecordRejected("missing_field", "a document has no identifier", key=key)
    # Of several primary ones, the others are the same text's at another body, or a spelling.
    main = next((each for each in identifiers if each["is_primary"]), identifiers[0])
    dates = {
        text_of(each["type"]): text_of(each.get("value", each.get("at")))
        for each in _objects(record, "date")
    }
    titles = list(_titles(record))
    english = [text for kind, language, text in titles if language in {"en", ""}]
    french = [text for kind, language, text in titles if language == "fr"]
    status = object_of(record.get("docstatus", record.get("status", {})))
    links = {text_of(each["type"]): each["content"] for each in _objects(record, "link", "source")}
    contributors, person_count = _contributors(record, ext)
    drafts = [text_of(each["draft"]) for each in _objects(record, "version")]
    row: Row = {
        "place": place,
        "key": key,
        "entry_number": 1,
        "form": "record",
        "index_id": None,
        "schema_version": record.get("schema-version", record.get("schema_version")),
        "body": main["scheme"],
        "id": record.get("id"),
        "reference": main["identifier"],
        "type": text_of(record["type"]),
        "document_type": _value(ext.get("doctype", record.get("doctype")), "type", "content"),
        "title": english[0] if english else None,
        "title_fr": french[0] if french else None,
        "published": dates.get("published"),
        "issued": dates.get("issued"),
        "version": drafts[0] if drafts else None,
        "edition": _value(record.get("edition"), "content"),
        "stage": _value(status.get("stage"), "value", "content"),
        "substage": _value(status.get("substage"), "value"),
        "ics": _joined(each["code"] for each in _objects({**record, **ext}, "ics")),
        "keywords": _joined(each["content"] for each in _objects(record, "keyword")),
        "languages": _joined(_listed(record.get("language"))),
        "url": links.get("src"),
        "radio_technology": ext.get("radiotechnology", record.get("radiotechnology")),
        "person_count": person_count,
    }
    rows: dict[str, list[Row]] = {
        "document_identifiers": identifiers,
        "document_relations": [_relation(each) for each in _objects(record, "relation")],
        "document_contributors": contributors,
    }
    for others in rows.values():
        for at, other in enumerate(others, 1):
            other |= {"key": key, "sequence_number": at}
    for each in (row, *(other for others in rows.values() for other in others)):
        for name, value in each.items():
            if not (value is None or isinstance(value, str | int)):
                found = str(value)[:80]
                raise RecordRejected("wrong_type", "expected a text", field=name, found=found)
    return {"documents": [row], **rows}


def _identifier(found: Object) -> Row:
    return {
        "scheme": found["type"],
        "scope": found.get("scope"),
        "identifier": text_of(found.get("id", found.get("content"))),
        "is_primary": found.get("primary") == "true",
    }


def _titles(record: Object) -> Iterator[tuple[str, str, str]]:
    """Yield kind, language and text of whole titles; ISO has their parts beside them."""
    for title in _objects(record, "title"):
        kind = text_of(title.get("type", "main"))
        if kind == "main":
            languages = _listed(title.get("language"))
            yield kind, text_of(languages[0]) if languages else "", text_of(title["content"])


def _relation(found: Object) -> Row:
    other = object_of(found["bibitem"])
    identifiers = [_identifier(each) for each in _objects(other, "docid", "docidentifier")]
    first = identifiers[0] if identifiers else {}
    return {
        "type": text_of(found["type"]),
        "description": _value(found.get("description"), "content"),
        "scheme": first.get("scheme"),
        "reference": first.get("identifier"),
    }


def _contributors(record: Object, ext: Object) -> tuple[list[Row], int]:
    """Return a row per role of an organisation, affiliation of a person, and committee."""
    rows: list[Row] = []
    persons = 0
    for found in _objects(record, "contributor"):
        roles = [text_of(each["type"]) for each in _objects(found, "role")]
        if "person" in found:
            persons += 1
            person = object_of(found["person"])
            for each in _objects(person, "affiliation"):
                name = _name(object_of(each["organization"]))
                rows += [_contributor("affiliation", role, name) for role in roles]
            continue
        organisation = object_of(found["organization"])
        name, short = _name(organisation), _value(organisation.get("abbreviation"), "content")
        divisions = [_name(each) for each in _objects(organisation, "subdivision")]
        for role in roles:
            if divisions:
                rows += [_contributor("committee", role, name, short, it) for it in divisions]
            else:
                rows.append(_contributor("organisation", role, name, short))
    group = ext.get("editorialgroup", record.get("editorialgroup"))
    rows += [_contributor("committee", "author", None, None, it) for it in _committees(group)]
    return rows, persons


def _committees(group: object) -> Iterator[object]:
    """Yield the committees of an editorial group, which each body writes in its own way."""
    for each in _listed(group):
        found = object_of(each)
        if "name" in found:
            yield found["name"]
        yield from _listed(found.get("committee"))
        for committee in _objects(found, "technical_committee"):
            yield committee.get("identifier", committee.get("name"))


def _contributor(
    kind: str, role: str, name: object, short: object = None, committee: object = None
) -> Row:
    return {
        "kind": kind,
        "role": role,
        "organisation": name,
        "abbreviation": short,
        "committee": committee,
    }


def _name(organisation: Object) -> object:
    return next((each["content"] for each in _objects(organisation, "name")), None)


def _objects(record: Object, *names: str) -> list[Object]:
    """Return the objects of a field, under the first of its names; one may stand alone."""
    for name in names:
        if name in record:
            return [object_of(each) for each in _listed(record[name])]
    return []


def _listed(value: object) -> list[object]:
    if value is None or value == "":
        return []
    return list_of(value) if isinstance(value, list) else [value]


def _value(found: object, *names: str) -> object:
    """Return what a field says, be it a text or an object with the text under one of the names."""
    if found is None or isinstance(found, str):
        return found
    held = object_of(found)
    return next((held[name] for name in names if name in held), None)


def _joined(values: object) -> str | None:
    return "|".join(text_of(value) for value in values) or None  # type: ignore[attr-defined]

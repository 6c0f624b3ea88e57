"""ISO Open Data: deliverables and committees in JSON lines, committees and ICS in CSV."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.collect import Parsed, Row, collect, strings
from ingest.discover import listed_in_declaration
from ingest.readers.archive import Member, open_members
from ingest.readers.beginning import beginning
from ingest.readers.json import Object, first_byte, iter_lines, list_of, object_of, text_of
from ingest.standards.iso_open_data_csv import MEMBERS, RELATIONS, read_csv
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard, report_leftovers
from iplake.declaration import Source
from iplake.errors import SourceChanged

DELIVERABLES = {
    "deliverables": strings(
        "reference", "deliverable_type", "supplement_type", "publication_date", "committee",
        "languages", "title_en", "title_fr", "scope_en",
        id="int64", edition="int64", stage="int64", pages="int64",
    ),
    "deliverable_ics": strings("code", id="int64", sequence_number="int64"),
    "deliverable_relations": strings(
        "relation", id="int64", sequence_number="int64", other_id="int64"
    ),
}  # fmt: skip
COMMITTEES = {
    "committees": strings(
        "reference", "status", "title_en", "title_fr", "secretariat", "creation_date", "sort_key",
        "scope_en",
        id="int64", secretariat_id="int64", parent_id="int64",
    ),
    "committee_members": strings(
        "role", "member", id="int64", sequence_number="int64", member_id="int64"
    ),
}  # fmt: skip


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the three files."""
    return listed_in_declaration(source)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: the largest file has some 60 MB."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield the rows of whichever of the files this is; its first bytes tell."""
    for member in open_members(file.path):
        if first_byte(member.stream) == b"{":
            yield from _read_lines(member, source)
        else:
            yield from read_csv(member)


def _read_lines(member: Member, source: Source) -> Iterator[Batch]:
    head = beginning(member.stream, 4096)
    records = iter_lines(member.stream, member.name)
    if b'"deliverableType"' in head:
        yield from collect(records, _parse_deliverable, source, DELIVERABLES)
    elif b'"secretariat"' in head:
        yield from collect(records, _parse_committee, source, COMMITTEES, main="committees")
    else:
        raise SourceChanged(
            "expected deliverables or committees", file=member.name, found=head[:200]
        )


def _parse_deliverable(record: Object) -> Parsed:
    deliverable_id = record.pop("id")
    pages = _object(record.pop("pages"))
    title = _known(record.pop("title", None), "en", "fr")
    # French scopes came with French titles, and are not kept.
    scope = _known(record.pop("scope"), "en", "fr")
    deliverable: Row = {
        "id": deliverable_id,
        "reference": record.pop("reference"),
        "deliverable_type": record.pop("deliverableType"),
        "supplement_type": record.pop("supplementType"),
        "publication_date": record.pop("publicationDate"),
        "edition": record.pop("edition"),
        "committee": record.pop("ownerCommittee"),
        "stage": record.pop("currentStage"),
        "languages": "|".join(map(text_of, _listed(record.pop("languages")))) or None,
        "pages": pages["en"] if "en" in pages else next(iter(pages.values()), None),
        "title_en": title.get("en"),
        "title_fr": title.get("fr"),
        "scope_en": scope.get("en"),
    }
    rows: Parsed = {
        "deliverables": [deliverable],
        "deliverable_ics": [
            {"id": deliverable_id, "sequence_number": at, "code": code}
            for at, code in enumerate(_listed(record.pop("icsCode")), 1)
        ],
        "deliverable_relations": [
            {"id": deliverable_id, "relation": relation, "sequence_number": at, "other_id": other}
            for relation, field in RELATIONS.items()
            for at, other in enumerate(_listed(record.pop(field)), 1)
        ],
    }
    report_leftovers(record)
    return rows


def _parse_committee(record: Object) -> Parsed:
    committee_id = record.pop("id")
    title = _known(record.pop("title"), "en", "fr")
    scope = _known(record.pop("scope"), "en", "fr")
    secretariat = _known(record.pop("secretariat"), "id", "acronym")
    committee: Row = {
        "id": committee_id,
        "reference": record.pop("reference"),
        "status": record.pop("status"),
        "title_en": title["en"],
        "title_fr": title.get("fr"),
        "secretariat_id": secretariat.get("id"),
        "secretariat": secretariat.get("acronym"),
        "creation_date": record.pop("creationDate"),
        "parent_id": record.pop("parentId"),
        "sort_key": record.pop("sortKey"),
        "scope_en": scope.get("en"),
    }
    members = [
        {
            "id": committee_id,
            "role": role,
            "sequence_number": at,
            "member_id": member["id"],
            "member": member[name],
        }
        for role, (field, name) in MEMBERS.items()
        for at, found in enumerate(_listed(record.pop(field)), 1)
        for member in [_known(found, "id", name)]
    ]
    # Children are known from their parents.
    report_leftovers(record, ignore={"childrenId"})
    return {"committees": [committee], "committee_members": members}


def _object(value: object) -> Object:
    return {} if value is None else object_of(value)


def _known(value: object, *names: str) -> Object:
    """Return an object in which nothing but the named fields may stand."""
    content = _object(value)
    report_leftovers(content, ignore=names)
    return content


def _listed(value: object) -> list[object]:
    return [] if value is None else list_of(value)

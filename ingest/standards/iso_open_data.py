"""ISO Open Data: deliverables and committees in JSON lines, committees and ICS in CSV."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

import polars as pl

from ingest.collect import Parsed, Row, collect, strings
from ingest.discover import listed_in_declaration
from ingest.readers.archive import Member, open_members
from ingest.readers.delimited import Block, Dialect, read_blocks, read_header
from ingest.readers.json import Object, first_byte, iter_lines, list_of, object_of, text_of
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard, reject_leftovers
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
MEMBERS = {
    "participating": ("pMembers", "acronym"),
    "observing": ("oMembers", "acronym"),
    "committee_liaison": ("committeeLiaisons", "reference"),
    "organization_liaison": ("organizationLiaisons", "acronym"),
}
ICS_HEADER = ["identifier", "parent", "titleEn", "titleFr", "scopeEn", "scopeFr"]
COMMITTEE_HEADER = [
    "id", "reference", "status", "title.en", "secretariat.id", "secretariat.acronym",
    "creationDate", "scope.en", "parentId", "childrenId", "pMembers.id", "pMembers.acronym",
    "oMembers.id", "oMembers.acronym", "committeeLiaisons.id", "committeeLiaisons.reference",
    "organizationLiaisons.id", "organizationLiaisons.acronym", "sortKey",
]  # fmt: skip
FRENCH = {"title.fr", "scope.fr"}


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("stray_latin_1", _as_latin_1)
# The committees of May 2025 are UTF-8 with single Latin-1 bytes in it (é, °).
DIALECT = Dialect(errors="stray_latin_1")


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
            yield from _read_csv(member)


def _read_lines(member: Member, source: Source) -> Iterator[Batch]:
    head = member.stream.peek(4096)[:4096]  # type: ignore[attr-defined]
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
    pages = _localised(record.pop("pages"))
    title, scope = _localised(record.pop("title", None)), _localised(record.pop("scope"))
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
    relations = {"replaces": "replaces", "replaced_by": "replacedBy"}
    rows: Parsed = {
        "deliverables": [deliverable],
        "deliverable_ics": [
            {"id": deliverable_id, "sequence_number": at, "code": code}
            for at, code in enumerate(_listed(record.pop("icsCode")), 1)
        ],
        "deliverable_relations": [
            {"id": deliverable_id, "relation": relation, "sequence_number": at, "other_id": other}
            for relation, field in relations.items()
            for at, other in enumerate(_listed(record.pop(field)), 1)
        ],
    }
    reject_leftovers(record, where=f"deliverable {deliverable_id}")
    return rows


def _parse_committee(record: Object) -> Parsed:
    committee_id = record.pop("id")
    title, scope = _localised(record.pop("title")), _localised(record.pop("scope"))
    secretariat = _localised(record.pop("secretariat"))
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
        for at, member in enumerate(map(object_of, _listed(record.pop(field))), 1)
    ]
    # Children are known from their parents.
    reject_leftovers(record, ignore={"childrenId"}, where=f"committee {committee_id}")
    return {"committees": [committee], "committee_members": members}


def _localised(value: object) -> Object:
    return {} if value is None else object_of(value)


def _listed(value: object) -> list[object]:
    return [] if value is None else list_of(value)


def _read_csv(member: Member) -> Iterator[Batch]:
    header = read_header(member.stream, DIALECT)
    if header == ICS_HEADER:
        for block in read_blocks(member.stream, header, DIALECT, "ics"):
            yield Batch("ics", block.records, block.rows.to_arrow(), block.rejections)
    elif [name for name in header if name not in FRENCH] == COMMITTEE_HEADER:
        for block in read_blocks(member.stream, header, DIALECT, "committees"):
            yield from _committee_batches(block)
    else:
        raise SourceChanged(
            "the header is neither that of ICS nor of committees; deliverables are read from JSON",
            file=member.name,
            found=", ".join(header)[:200],
        )


def _committee_batches(block: Block) -> Iterator[Batch]:
    rows = block.rows
    number = [pl.col(name).cast(pl.Int64, strict=False) for name in ("id", "_record_number")]
    committees = rows.select(
        *number,
        "reference",
        "status",
        title_en="title.en",
        title_fr="title.fr" if "title.fr" in rows.columns else pl.lit(None, pl.String),
        secretariat_id=pl.col("secretariat.id").cast(pl.Int64, strict=False),
        secretariat="secretariat.acronym",
        creation_date="creationDate",
        parent_id=pl.col("parentId").cast(pl.Int64, strict=False),
        sort_key="sortKey",
        scope_en="scope.en",
    )
    yield Batch("committees", block.records, committees.to_arrow(), block.rejections)
    members = pl.concat(
        rows.select(
            *number,
            role=pl.lit(role),
            member_id=_cell_list(f"{field}.id"),
            member=_cell_list(f"{field}.{name}"),
        )
        for role, (field, name) in MEMBERS.items()
    )
    count = pl.col("member_id").list.len()
    # Some names hold the separator themselves: then only the ids are known.
    are_paired = pl.col("member").list.len() == count
    members = members.with_columns(
        sequence_number=pl.int_ranges(1, count + 1),
        member=pl.when(are_paired)
        .then("member")
        .otherwise(pl.lit(None, pl.String).repeat_by(count)),
    ).explode("member_id", "member", "sequence_number")
    members = members.filter(pl.col("member_id").is_not_null()).with_columns(
        pl.col("member_id").cast(pl.Int64, strict=False)
    )
    yield Batch("committee_members", members.height, members.to_arrow())


def _cell_list(name: str) -> pl.Expr:
    """Return the parts of a cell like `[DIN, SA]`, which is a Python list without quotes."""
    inner = pl.col(name).str.strip_chars("[]")
    return pl.when(inner != "").then(inner).str.split(", ")

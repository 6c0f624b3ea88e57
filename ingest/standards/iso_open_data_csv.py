"""The CSV forms of ISO Open Data: lists in cells as Python writes them, stray Latin-1 bytes."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import replace

import polars as pl

from ingest.readers.archive import Member
from ingest.readers.delimited import (
    Block,
    Dialect,
    as_arrow,
    read_blocks,
    read_header,
    unknown_columns,
)
from iplake.contract import Batch
from iplake.errors import SourceChanged

MEMBERS = {
    "participating": ("pMembers", "acronym"),
    "observing": ("oMembers", "acronym"),
    "committee_liaison": ("committeeLiaisons", "reference"),
    "organization_liaison": ("organizationLiaisons", "acronym"),
}
RELATIONS = {"replaces": "replaces", "replaced_by": "replacedBy"}
ICS_HEADER = ["identifier", "parent", "titleEn", "titleFr", "scopeEn", "scopeFr"]
COMMITTEE_HEADER = [
    "id", "reference", "status", "title.en", "secretariat.id", "secretariat.acronym",
    "creationDate", "scope.en", "parentId", "childrenId", "pMembers.id", "pMembers.acronym",
    "oMembers.id", "oMembers.acronym", "committeeLiaisons.id", "committeeLiaisons.reference",
    "organizationLiaisons.id", "organizationLiaisons.acronym", "sortKey",
]  # fmt: skip
DELIVERABLE_HEADER = [
    "id", "deliverableType", "supplementType", "reference", "title.en", "title.fr",
    "publicationDate", "edition", "icsCode", "ownerCommittee", "currentStage", "replaces",
    "replacedBy", "languages", "pages.en", "scope.en",
]  # fmt: skip
# Committees have French from 2026 on; titles are kept, scopes are not.
FRENCH = {"title.fr", "scope.fr"}


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("stray_latin_1", _as_latin_1)
# The committees of May 2025 are UTF-8 with single Latin-1 bytes in it (é, °).
DIALECT = Dialect(errors="stray_latin_1")


def read_csv(member: Member) -> Iterator[Batch]:
    """Yield the rows of ICS, committees or deliverables, as the header says."""
    header = read_header(member.stream, DIALECT)
    kinds = [kind for mark, kind in KINDS.items() if mark in header]
    if not kinds:
        raise SourceChanged(
            "the header is none of the three that are known; is this another file?",
            file=member.name,
            found=", ".join(header)[:200],
        )
    table, known, rows_of = kinds[0]
    drift = unknown_columns(header, known, table, FRENCH)
    for block in read_blocks(member.stream, header, DIALECT, table):
        first, *others = rows_of(block)
        yield replace(first, drift=drift)
        yield from others
        drift = ()


def _ics_batches(block: Block) -> Iterator[Batch]:
    rows = block.rows.select(*ICS_HEADER, "_record_number")
    yield Batch("ics", block.records, as_arrow(rows), block.rejections)


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
    yield Batch("committees", block.records, as_arrow(committees), block.rejections)
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
    yield Batch("committee_members", members.height, as_arrow(members))


def _deliverable_batches(block: Block) -> Iterator[Batch]:
    rows = block.rows
    number = [pl.col(name).cast(pl.Int64, strict=False) for name in ("id", "_record_number")]
    deliverables = rows.select(
        *number,
        "reference",
        deliverable_type="deliverableType",
        supplement_type=_filled("supplementType"),
        publication_date="publicationDate",
        committee="ownerCommittee",
        languages=_quoted_list("languages").list.join("|"),
        title_en="title.en",
        title_fr="title.fr",
        scope_en=_filled("scope.en"),
        edition=pl.col("edition").cast(pl.Int64, strict=False),
        stage=pl.col("currentStage").cast(pl.Int64, strict=False),
        pages=pl.col("pages.en").cast(pl.Int64, strict=False),
    )
    yield Batch("deliverables", block.records, as_arrow(deliverables), block.rejections)
    codes = _listed_rows(rows.select(*number, code=_quoted_list("icsCode")), "code")
    yield Batch("deliverable_ics", codes.height, as_arrow(codes))
    relations = pl.concat(
        _listed_rows(
            rows.select(*number, relation=pl.lit(relation), other_id=_quoted_list(field)),
            "other_id",
        )
        for relation, field in RELATIONS.items()
    ).with_columns(pl.col("other_id").cast(pl.Int64, strict=False))
    yield Batch("deliverable_relations", relations.height, as_arrow(relations))


def _listed_rows(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return one row per part of a list column, numbered from 1; empty lists have none."""
    numbered = rows.with_columns(sequence_number=pl.int_ranges(1, pl.col(name).list.len() + 1))
    return numbered.explode(name, "sequence_number").filter(pl.col(name).is_not_null())


def _filled(name: str) -> pl.Expr:
    return pl.when(pl.col(name) != "").then(pl.col(name))


def _quoted_list(name: str) -> pl.Expr:
    """Return the parts of a cell like `['49.140', '01.040']` or `[62085]`."""
    parts = pl.col(name).str.extract_all(r"[^\[\]', ]+")
    return pl.when(parts.list.len() > 0).then(parts)


def _cell_list(name: str) -> pl.Expr:
    """Return the parts of a cell like `[DIN, SA]`, which is a Python list without quotes."""
    inner = pl.col(name).str.strip_chars("[]")
    return pl.when(inner != "").then(inner).str.split(", ")


KINDS: dict[str, tuple[str, list[str], Callable[[Block], Iterator[Batch]]]] = {
    "identifier": ("ics", ICS_HEADER, _ics_batches),
    "secretariat.id": ("committees", COMMITTEE_HEADER, _committee_batches),
    "deliverableType": ("deliverables", DELIVERABLE_HEADER, _deliverable_batches),
}
"""By a column that no other of the files has."""

"""Cleans ISO Open Data: stage codes with their point, days, trimmed titles."""

from __future__ import annotations

import polars as pl

from transforms.designators import designator_parts
from transforms.schema import Clean, must_read, refuse
from transforms.texts import filled

# Stages 00 to 50 are of the project; 90.99 decides on withdrawal, and 95.92 against it.
STATUSES = {
    "in_development": r"^([0-5]0\.([0-8]\d|9[0-79])|60\.00)$",
    "deleted": r"^[0-5]0\.98$",
    "published": r"^(60\.60|90\.[0-8]\d|90\.9[0-8]|95\.92)$",
    "withdrawal_in_progress": r"^(90\.99|95\.[0-8]\d)$",
    "withdrawn": r"^95\.99$",
}


def clean_deliverables(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per deliverable; the file has stage 60.60 as 6060."""
    digits = pl.col("stage").cast(pl.String).str.zfill(4)
    stage = pl.concat_str(digits.str.slice(0, 2), pl.lit("."), digits.str.slice(2))
    status = pl.coalesce(
        pl.when(stage.str.contains(pattern)).then(pl.lit(name))
        for name, pattern in STATUSES.items()
    )
    reference = filled("reference")
    found = designator_parts(reference).struct
    cleaned = rows.select(
        "_record_number",
        "deliverable_type",
        "supplement_type",
        "edition",
        deliverable_id="id",
        designator=pl.coalesce(found.field("designator"), reference),
        designator_undated=found.field("undated"),
        designator_raw=reference,
        publication_date=pl.col("publication_date").str.to_date(strict=False),
        publication_date_raw=filled("publication_date"),
        committee_reference=filled("committee"),
        stage_code=stage,
        status=status,
        language_codes="languages",
        page_count="pages",
        title=filled("title_en"),
        title_fr=filled("title_fr"),
        scope_raw="scope_en",
    )
    unknown = pl.col("stage_code").is_not_null() & pl.col("status").is_null()
    return refuse(cleaned, unknown, "unknown_stage_code", pl.format("stage_code={}", "stage_code"))


def clean_deliverable_ics(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per ICS code of a deliverable."""
    return rows.rename({"id": "deliverable_id", "code": "ics_code"})


def clean_relations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per replacement."""
    return rows.rename(
        {"id": "deliverable_id", "relation": "relation_type", "other_id": "other_deliverable_id"}
    )


def clean_committees(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per committee."""
    return rows.select(
        "_record_number",
        "status",
        "secretariat_id",
        "sort_key",
        committee_id="id",
        committee_reference=filled("reference"),
        title=filled("title_en"),
        title_fr=filled("title_fr"),
        secretariat_name=filled("secretariat"),
        creation_date=_day("creation_date"),
        parent_committee_id="parent_id",
        scope_raw="scope_en",
    )


def clean_members(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per member or body in liaison."""
    return rows.rename({"id": "committee_id", "role": "member_role", "member": "member_name"})


def clean_ics(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per code; its level is how many parts it has."""
    return rows.select(
        "_record_number",
        ics_code=filled("identifier"),
        parent_code=filled("parent"),
        ics_level=pl.col("identifier").str.count_matches(".", literal=True) + 1,
        title=filled("titleEn"),
        title_fr=filled("titleFr"),
        note=filled("scopeEn"),
    )


def _day(name: str) -> pl.Expr:
    return pl.col(name).str.to_date(strict=False)


CLEAN: dict[str, Clean] = {
    "deliverables": clean_deliverables,
    "deliverable_ics": clean_deliverable_ics,
    "deliverable_relations": clean_relations,
    "committees": must_read(clean_committees, _day, "creation_date"),
    "committee_members": clean_members,
    "ics": clean_ics,
}

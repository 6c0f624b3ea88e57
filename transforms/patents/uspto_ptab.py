"""Cleans proceedings before the PTAB: numbers, days, names."""

from __future__ import annotations

import polars as pl

from transforms.patent_numbers import publication_number
from transforms.schema import Clean, must_read
from transforms.texts import on_one_line as text
from transforms.uspto_odp import application_number, day, document_number

AND_OTHERS = r"(?i),?\s+et\s+al\.?$"
# Reexaminations say in the name whose it is.
ASIDE = r"(?i)\s*\((?:patent owner|third[- ]party requester)\)"


def clean_proceedings(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per proceeding."""
    return rows.with_columns(
        proceeding_number=text("number"),
        proceeding_kind=pl.col("kind"),
        trial_type_code=text("trial_type"),
        status_name=text("status"),
        filing_date=day("filing_date"),
        accorded_filing_date=day("accorded_filing_date"),
        docket_notice_date=day("docket_notice_date"),
        institution_decision_date=day("institution_date"),
        latest_decision_date=day("latest_decision_date"),
        termination_date=day("termination_date"),
        updated_date=day("modified"),
        application_category=text("application_category"),
        application_number=application_number("application_number"),
        application_number_raw=text("application_number"),
        document_number=document_number("patent_number"),
        technology_center_code=text("technology_center"),
        art_unit_code=text("art_unit"),
    )


def clean_decisions(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per decision."""
    return rows.with_columns(
        proceeding_number=text("number"),
        proceeding_kind=pl.col("kind"),
        decision_type=text("type"),
        outcome_name=text("outcome"),
        decision_date=day("date"),
        statutes=text("statutes"),
        issue_types=text("issues"),
        document_identifier=text("document_id"),
        document_name=text("document_name"),
        document_title=text("title"),
        document_type=text("document_type"),
        document_date=day("document_date"),
        document_url=text("url"),
        document_bytes_count=pl.col("size"),
    )


def clean_parties(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per party, with its name freed of the others that it stands for."""
    raw = pl.coalesce(text("real_party"), text("owner"), text("inventor"))
    return rows.with_columns(
        proceeding_number=text("number"),
        party_role=pl.col("role"),
        party_name=raw.str.replace(AND_OTHERS, "").str.replace(ASIDE, ""),
        party_name_raw=raw,
        has_others=raw.str.contains(AND_OTHERS),
        owner_name_raw=text("owner"),
        inventor_name_raw=text("inventor"),
        application_number=application_number("application_number"),
        application_number_raw=text("application_number"),
        document_number=document_number("patent_number"),
        patent_number_raw=text("patent_number"),
        grant_date=day("grant_date"),
        publication_number=publication_number(text("publication_number"), pl.lit("US")),
        publication_number_raw=text("publication_number"),
        publication_date=day("publication_date"),
        technology_center_code=text("technology_center"),
        art_unit_code=text("art_unit"),
    )


def clean_documents(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per paper of a trial."""
    return rows.with_columns(
        proceeding_number=text("number"),
        document_identifier=text("document_id"),
        document_number=pl.col("document_number").cast(pl.String),
        is_decision=pl.col("category").replace_strict(
            {"Decision": True, "Document": False}, default=None, return_dtype=pl.Boolean
        ),
        document_category=text("document_category"),
        document_title=text("title"),
        document_name=text("name"),
        document_type=text("document_type"),
        filing_party_name=text("filing_party"),
        document_date=day("date"),
        document_url=text("url"),
        document_bytes_count=pl.col("size"),
    )


CLEAN: dict[str, Clean] = {
    "proceedings": must_read(
        clean_proceedings,
        day,
        "filing_date",
        "accorded_filing_date",
        "docket_notice_date",
        "institution_date",
        "latest_decision_date",
        "termination_date",
        "modified",
    ),
    "decisions": must_read(clean_decisions, day, "date", "document_date"),
    "proceeding_parties": must_read(clean_parties, day, "grant_date", "publication_date"),
    "documents": must_read(clean_documents, day, "date"),
}

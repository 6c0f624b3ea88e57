"""Cleans USPTO grants: what they have beyond published applications, and their citations."""

from __future__ import annotations

import polars as pl

from transforms.schema import Clean, refuse
from transforms.us_documents import (
    clean_classifications,
    clean_parties,
    clean_priorities,
    clean_relations,
    country_of,
    day_of,
    document_number_of,
    line_of,
    number_of,
    text_of,
    with_main_columns,
)

RIGHT_TYPES = {
    "A": "patent_invention",
    "B": "patent_invention",
    "E": "reissue",
    "H": "statutory_invention_registration",
    "I": "defensive_publication",
    "P": "plant",
    "S": "design",
}
# Defensive publications and invention registrations are published, not granted.
NO_GRANTS = ("H", "I")
CITED_BY = {
    "cited by examiner": "examiner",
    "cited by applicant": "applicant",
    "cited by other": "other",
    "cited by third party": "third_party",
    "imported from a related application": "imported",
    "unknown": "unknown",
}


def clean_grants(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per grant; one of an unknown kind is refused."""
    kind = text_of("kind")
    letter = kind.str.slice(0, 1)
    rows = with_main_columns(rows).with_columns(
        right_type=letter.replace_strict(RIGHT_TYPES, default=None, return_dtype=pl.String),
        grant_date=pl.when(~letter.is_in(NO_GRANTS)).then(day_of("date")),
        claims_count=number_of("claims"),
        drawing_sheets_count=number_of("sheets"),
        figures_count=number_of("figures"),
        # "5 years" stands for the longest extension.
        term_extension_days=pl.when(pl.col("term_extension").str.contains("year"))
        .then(number_of("term_extension") * 365 + 1)
        .otherwise(number_of("term_extension")),
        term_years=number_of("term_years"),
        art_unit_code=text_of("art_unit"),
        hague_registration_number=text_of("hague_registration_number"),
    )
    unknown = pl.col("right_type").is_null()
    return refuse(rows, unknown, "unknown_category", pl.format("kind_code={}", kind))


def clean_citations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per cited document; an unknown category is refused."""
    category = text_of("category").str.to_lowercase()
    country = country_of("country")
    kind = text_of("kind")
    date = text_of("date")
    number = document_number_of(country, pl.col("number"))
    rows = rows.with_columns(
        citation_type=pl.col("type"),
        cited_by=category.replace_strict(CITED_BY, default=None, return_dtype=pl.String),
        cited_document_number=number,
        cited_publication_number=pl.when(kind.is_not_null()).then(number + kind),
        cited_country_code=country,
        cited_kind_code=kind,
        cited_number_raw=text_of("number"),
        cited_date=day_of("date"),
        cited_date_raw=date,
        cited_year=date.str.extract(r"^(1[789]\d\d|2\d\d\d)").cast(pl.Int64),
        cited_name=line_of("name"),
        cited_classification_raw=text_of("classification"),
        citation_raw=line_of("text"),
        _category=category,
    )
    unknown = pl.col("_category").is_not_null() & pl.col("cited_by").is_null()
    return refuse(rows, unknown, "unknown_category", pl.format("category={}", "_category"))


CLEAN: dict[str, Clean] = {
    "grants": clean_grants,
    "grant_parties": clean_parties,
    "grant_classifications": clean_classifications,
    "grant_citations": clean_citations,
    "grant_priorities": clean_priorities,
    "grant_relations": clean_relations,
}

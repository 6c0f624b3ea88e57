"""Cleans PubMed: days, years, DOI in lower case, affiliations without e-mail addresses."""

from __future__ import annotations

import polars as pl

from transforms.schema import Clean, must_read
from transforms.texts import filled
from transforms.works import doi, orcid, without_email


def clean_articles(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per citation; a date in words gives its first year."""
    return rows.select(
        "_record_number",
        "pmid",
        "version",
        "title",
        "title_vernacular",
        "volume",
        "issue",
        "pages",
        "publication_status",
        "citation_status",
        "author_count",
        "grant_count",
        "reference_count",
        "file_year",
        "file_number",
        "is_baseline",
        doi=doi("doi"),
        language_code="language",
        journal_name="journal",
        journal_issn="issn",
        journal_number="journal_number",
        journal_country_name="journal_country",
        publication_year=pl.coalesce(
            "year", pl.col("date").str.extract(r"\b(1[789]\d\d|20\d\d)\b")
        ).cast(pl.Int64, strict=False),
        publication_date_raw="date",
        electronic_date=_day("electronic_date"),
        publication_types=filled("types"),
        revised_date=_day("revised"),
    )


def clean_affiliations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per affiliation; its last part mostly is the country."""
    name = without_email("affiliation")
    return rows.select(
        "_record_number",
        "pmid",
        "author_number",
        "sequence_number",
        author_name="author",
        orcid=orcid("orcid"),
        affiliation_name=name,
        affiliation_raw="affiliation",
        country_name=name.str.extract(r"([^,;]+)$").str.strip_chars(" ."),
        organisation_identifiers=filled("identifiers"),
    )


def clean_ids(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per identifier."""
    is_doi = pl.col("scheme") == "doi"
    value = filled("identifier")
    return rows.with_columns(
        identifier_scheme="scheme",
        identifier=pl.when(is_doi).then(value.str.to_lowercase()).otherwise(value),
    )


def clean_deletions(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per deleted citation."""
    return rows


def _day(name: str) -> pl.Expr:
    return pl.col(name).str.to_date(strict=False)


CLEAN: dict[str, Clean] = {
    "articles": must_read(clean_articles, _day, "electronic_date", "revised"),
    "article_affiliations": clean_affiliations,
    "article_ids": clean_ids,
    "article_deletions": clean_deletions,
}

"""Cleans Crossref: DOIs in lower case, titles without markup, dates as far as they are whole."""

from __future__ import annotations

import polars as pl

from transforms.schema import Clean, must_read
from transforms.texts import filled
from transforms.works import doi, orcid, plain, without_email

ROR = r"(0[a-z0-9]{6}\d{2})$"


def _moment(name: str) -> pl.Expr:
    moment = pl.col(name).str.to_datetime("%Y-%m-%dT%H:%M:%SZ", time_unit="us", strict=False)
    return moment.dt.replace_time_zone("UTC")


def _day(name: str) -> pl.Expr:
    """Return a date's day, null where only its year or month is known."""
    return pl.col(name).str.to_date("%Y-%m-%d", strict=False)


def clean_works(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per work."""
    return rows.with_columns(
        doi=doi("doi"),
        doi_raw=pl.col("doi"),
        doi_prefix=pl.col("prefix"),
        member_number=pl.col("member"),
        publisher_name=filled("publisher"),
        publisher_place_name=filled("publisher_place"),
        work_type=pl.col("type"),
        work_subtype=pl.col("subtype"),
        title=plain("title"),
        title_raw=pl.col("title"),
        subtitle=plain("subtitle"),
        title_vernacular=plain("original_title"),
        container_title=plain("container_title"),
        container_titles=plain("container_titles"),
        container_title_short=plain("short_container_title"),
        issns=filled("issns"),
        isbns=filled("isbns"),
        language_code=pl.col("language"),
        edition_number=pl.col("edition"),
        publication_year=pl.col("issued").str.slice(0, 4).cast(pl.Int64),
        publication_date=_day("issued"),
        publication_date_raw=pl.col("issued"),
        print_date_raw=pl.col("printed"),
        electronic_date_raw=pl.col("online"),
        posted_date_raw=pl.col("posted"),
        degree_name=filled("degree"),
        institution_names=filled("institutions"),
        event_name=plain("event"),
        event_place_name=filled("event_place"),
        event_start_date_raw=pl.col("event_start"),
        subjects=filled("subjects"),
        alias_dois=filled("aliases").str.to_lowercase(),
        created_at=_moment("created"),
        deposited_at=_moment("deposited"),
        indexed_at=_moment("indexed"),
    )


def clean_authors(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per contributor; organisations have a name, persons given and family names."""
    person = pl.concat_str(
        [filled("given"), filled("family"), filled("suffix")], separator=" ", ignore_nulls=True
    )
    return rows.with_columns(
        doi=doi("doi"),
        contributor_role=pl.col("role").str.replace_all("-", "_", literal=True),
        author_name=pl.coalesce(plain("name"), pl.when(person != "").then(person)),
        first_name=filled("given"),
        last_name=filled("family"),
        is_organisation=pl.col("name").is_not_null(),
        orcid=orcid("orcid"),
        author_sequence=pl.col("sequence"),
    )


def clean_affiliations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per affiliation of a contributor."""
    return rows.with_columns(
        doi=doi("doi"),
        affiliation_name=without_email("affiliation"),
        affiliation_raw=pl.col("affiliation"),
        ror_id=pl.col("ror").str.extract(ROR),
        place_name=filled("place"),
    )


def clean_references(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per reference; its year is kept as received too, as in 2001a."""
    return rows.with_columns(
        doi=doi("doi"),
        reference_key=pl.col("key"),
        cited_doi=doi("cited_doi"),
        cited_doi_raw=pl.col("cited_doi"),
        is_doi_matched=pl.col("asserted_by") == "crossref",
        author_name=filled("author"),
        publication_year=pl.col("year").str.extract(r"\b(1[5-9]\d\d|20\d\d)").cast(pl.Int64),
        publication_year_raw=pl.col("year"),
        article_title=plain("article_title"),
        journal_name=plain("journal_title"),
        volume_title=plain("volume_title"),
        series_title=plain("series_title"),
        standard_body=filled("standards_body"),
        reference_text=filled("unstructured"),
    )


def clean_funders(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per funder of a work."""
    return rows.with_columns(
        doi=doi("doi"),
        funder_name=plain("name"),
        funder_doi=doi("funder_doi"),
        ror_id=pl.col("ror").str.extract(ROR),
        award_numbers=filled("awards"),
    )


def clean_relations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per relation; another work's DOI is in lower case."""
    is_doi = pl.col("other_scheme") == "doi"
    return rows.with_columns(
        doi=doi("doi"),
        relation_type=pl.col("type"),
        other_identifier=pl.when(is_doi)
        .then(pl.col("other").str.to_lowercase())
        .otherwise(pl.col("other")),
        updated_at=_moment("updated"),
    )


CLEAN: dict[str, Clean] = {
    "works": must_read(clean_works, _moment, "created", "deposited", "indexed"),
    "work_authors": clean_authors,
    "work_affiliations": clean_affiliations,
    "work_references": clean_references,
    "work_funders": clean_funders,
    "work_relations": must_read(clean_relations, _moment, "updated"),
}

"""Cleans OpenAlex: ids without their address, DOIs in lower case, days."""

from __future__ import annotations

import polars as pl

from transforms.schema import Clean, must_read
from transforms.texts import filled
from transforms.works import doi, orcid, without_email

ADDRESS = r"https://openalex\.org/"
ROR = r"^https://ror\.org/(0[a-z0-9]{6}\d{2})$"


def _id(name: str, letter: str) -> pl.Expr:
    """Return an id of the kind of entity that its letter says, without its address."""
    return pl.col(name).str.extract(rf"^https://openalex\.org/({letter}\d+)$")


def _moment(name: str) -> pl.Expr:
    """Return a time that is written with or without a fraction of its second, in UTC."""
    whole = pl.col(name).str.slice(0, 19)
    return whole.str.to_datetime("%Y-%m-%dT%H:%M:%S", time_unit="us", strict=False)


def _day(name: str) -> pl.Expr:
    return pl.col(name).str.slice(0, 10).str.to_date(strict=False)


def clean_works(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per work; the year is the date's where it is not given apart."""
    day = pl.col("publication_date").str.to_date(strict=False)
    return rows.with_columns(
        openalex_id=_id("id", "W"),
        doi=doi("doi"),
        doi_raw=pl.col("doi"),
        pmid=pl.col("pmid").str.extract(r"/(\d+)/?$").cast(pl.Int64),
        title=filled("title"),
        work_type=pl.col("type"),
        language_code=pl.col("language"),
        publication_year=pl.coalesce("publication_year", day.dt.year().cast(pl.Int64)),
        publication_date=day,
        source_id=_id("source_id", "S"),
        publisher_name=pl.col("publisher"),
        licence_name=pl.col("licence"),
        landing_page_url=pl.col("landing_page"),
        topic_id=_id("topic_id", "T"),
        topic_name=pl.col("topic"),
        subfield_name=pl.col("subfield"),
        field_name=pl.col("field"),
        domain_name=pl.col("domain"),
        indexed_in=filled("indexed_in"),
        field_weighted_citation_impact=pl.col("fwci"),
        created_date=_day("created"),
        updated_at=_moment("updated").dt.replace_time_zone("UTC"),
    )


def clean_authorships(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per author of a work."""
    return rows.with_columns(
        openalex_id=_id("id", "W"),
        author_position=pl.col("position"),
        author_id=_id("author_id", "A"),
        author_name=filled("author"),
        author_name_raw=pl.col("author_raw"),
        orcid=orcid("orcid"),
        country_codes=filled("countries"),
    )


def clean_work_institutions(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per institution of an author."""
    return rows.with_columns(
        openalex_id=_id("id", "W"),
        institution_id=_id("institution_id", "I"),
        ror_id=pl.col("ror").str.extract(ROR),
        institution_name=pl.col("name"),
        institution_type=pl.col("type"),
    )


def clean_affiliations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per affiliation of an author as printed."""
    return rows.with_columns(
        openalex_id=_id("id", "W"),
        affiliation_name=without_email("affiliation"),
        affiliation_raw=pl.col("affiliation"),
        institution_ids=filled("institution_ids").str.replace_all(ADDRESS, ""),
    )


def clean_references(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per work that a work cites."""
    return rows.with_columns(openalex_id=_id("id", "W"), cited_openalex_id=_id("cited_id", "W"))


def clean_funders(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per funder of a work."""
    return rows.with_columns(
        openalex_id=_id("id", "W"),
        funder_id=_id("funder_id", "F"),
        funder_name=pl.col("name"),
        ror_id=pl.col("ror").str.extract(ROR),
    )


def clean_institutions(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per institution."""
    return rows.with_columns(
        institution_id=_id("id", "I"),
        ror_id=pl.col("ror").str.extract(ROR),
        institution_name=pl.col("name").str.strip_chars(),
        acronyms=filled("acronyms"),
        alternative_names=filled("alternatives"),
        institution_type=pl.col("type"),
        region_name=pl.col("region"),
        city_name=pl.col("city"),
        geonames_id=pl.col("geonames_id").cast(pl.Int64, strict=False),
        website_url=filled("homepage"),
        grid_id=filled("grid"),
        wikidata_id=pl.col("wikidata").str.extract(r"(Q\d+)$"),
        lineage_ids=filled("lineage").str.replace_all(ADDRESS, ""),
        work_count=pl.col("works_count"),
        created_date=_day("created"),
        updated_at=_moment("updated").dt.replace_time_zone("UTC"),
    )


CLEAN: dict[str, Clean] = {
    "works": must_read(clean_works, _day, "publication_date", "created", "updated"),
    "work_authorships": clean_authorships,
    "work_institutions": clean_work_institutions,
    "work_affiliations": clean_affiliations,
    "work_references": clean_references,
    "work_funders": clean_funders,
    "institutions": must_read(clean_institutions, _day, "created", "updated"),
}

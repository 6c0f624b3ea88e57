"""Cleans arXiv: ids with the month that is in them, days, the first DOI, names in print order."""

from __future__ import annotations

import polars as pl

from transforms.schema import Clean, must_read
from transforms.texts import filled
from transforms.works import doi

# Since April 2007 an id is year, month and number; before, the archive came first.
ID = r"^oai:arXiv\.org:(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})$"
MONTH = r"(\d\d)(0[1-9]|1[0-2])\.?\d+$"
FIRST_YEAR = 91


def clean_records(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per record; the id says when the paper was first sent in."""
    arxiv_id = pl.col("oai_identifier").str.extract(ID)
    year = arxiv_id.str.extract(MONTH, 1).cast(pl.Int64)
    return rows.with_columns(
        first_doi=pl.col("doi").str.split(" ").list.first(),
        arxiv_id=arxiv_id,
        submission_year=year + pl.when(year >= FIRST_YEAR).then(1900).otherwise(2000),
        submission_month=arxiv_id.str.extract(MONTH, 2).cast(pl.Int64),
        datestamp=_day("datestamp"),
        is_deleted=pl.col("status").is_not_null(),
        set_codes=filled("sets"),
        created_date=_day("created"),
        updated_date=_day("updated"),
        primary_category_code=pl.col("categories").str.split(" ").list.first(),
        category_codes=pl.col("categories").str.replace_all(" ", "|", literal=True),
        doi_raw=pl.col("doi"),
        licence_url=pl.col("licence"),
    ).with_columns(doi=doi("first_doi"))


def clean_authors(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per author."""
    name = pl.concat_str("given", "family", "suffix", separator=" ", ignore_nulls=True)
    return rows.with_columns(
        arxiv_id=pl.col("oai_identifier").str.extract(ID),
        author_name=name,
        last_name=pl.col("family"),
        first_name=pl.col("given"),
        name_suffix=pl.col("suffix"),
        affiliation_names=filled("affiliations"),
    )


def clean_categories(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per category; the first one is the primary one."""
    return rows.with_columns(
        arxiv_id=pl.col("oai_identifier").str.extract(ID),
        category_code=pl.col("category"),
        archive_code=pl.col("category").str.extract(r"^([^.]+)"),
        is_primary=pl.col("sequence_number") == 1,
    )


def _day(name: str) -> pl.Expr:
    return pl.col(name).str.to_date(strict=False)


CLEAN: dict[str, Clean] = {
    "records": must_read(clean_records, _day, "datestamp", "created", "updated"),
    "record_authors": clean_authors,
    "record_categories": clean_categories,
}

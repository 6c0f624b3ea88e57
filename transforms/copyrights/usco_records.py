"""Cleans the Copyright Office's records: numbers in one form, titles without the marks of ISBD."""

from __future__ import annotations

import polars as pl

from transforms.catalog_entries import modern_number, number
from transforms.schema import Clean, must_read
from transforms.texts import filled

ISBD_END = r"\s*[/:;=,]\s*$"


def _unmarked(name: str) -> pl.Expr:
    """Return a part of a title without the mark that tells which part comes next."""
    text = pl.col(name).str.replace(ISBD_END, "").str.strip_chars()
    return pl.when(text != "").then(text)


def _day(name: str) -> pl.Expr:
    return pl.col(name).str.slice(0, 10).str.to_date(strict=False)


def clean_records(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per record."""
    return rows.select(
        "_record_number",
        "work_type",
        public_record_id="id",
        record_type="type",
        system_of_origin="system",
        class_codes="classes",
        registration_number=pl.coalesce(modern_number("number"), number("number")),
        registration_number_raw="numbers",
        display_number="display_number",
        registration_date=_day("registered"),
        recordation_date=_day("recorded"),
        representative_date=_day("represented"),
        registration_status="status",
        publication_year="year",
        title=_unmarked("title"),
        title_raw="title",
        title_remainder=_unmarked("remainder"),
        responsibility=filled("responsibility"),
        authorship=filled("authorship"),
    )


def clean_numbers(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per number."""
    return rows.select(
        "_record_number",
        "sequence_number",
        public_record_id="id",
        registration_number=pl.coalesce(modern_number("number"), number("number")),
        registration_number_raw="number",
    )


def clean_parties(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per name and role."""
    return rows.select(
        "_record_number",
        "sequence_number",
        public_record_id="id",
        party_kind="kind",
        party_role="role",
        party_name=filled("name"),
        party_name_raw="name",
    )


CLEAN: dict[str, Clean] = {
    "records": must_read(clean_records, _day, "registered", "recorded", "represented"),
    "record_numbers": clean_numbers,
    "record_parties": clean_parties,
}

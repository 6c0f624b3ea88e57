"""Cleans NYPL's registrations: what is printed goes before NYPL's attributes, and both are kept."""

from __future__ import annotations

import polars as pl

from transforms.catalog_entries import day, number
from transforms.schema import Clean
from transforms.texts import filled


def _day_of(name: str) -> pl.Expr:
    """Return the day in an attribute; null where it has a year or a month only."""
    return pl.col(name).str.to_date("%Y-%m-%d", strict=False)


def _single(name: str) -> pl.Expr:
    """Return one number; null for a range, as in A 160078-160080, unlike the part in AF0-4873."""
    found = number(name)
    return pl.when(~found.str.contains(r"\d{2}-")).then(found)


def clean_registrations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per entry."""
    listed = pl.col("number_attribute").str.strip_chars().str.split(" ")
    first = rows.with_columns(first_listed=listed.list.first())
    printed, regularised = _single("number"), number("first_listed")
    registration = pl.coalesce(printed, regularised)
    printed_day, read_day = day("day"), _day_of("day_attribute")
    return first.select(
        "_record_number",
        entry_id="id",
        registration_number=registration,
        registration_number_raw=filled("number"),
        registration_number_attribute=filled("number_attribute"),
        registration_date=pl.coalesce(printed_day, read_day),
        registration_date_raw=filled("day"),
        registration_date_attribute=read_day,
        is_contradictory=(printed != regularised).fill_null(value=False)
        | (printed_day != read_day).fill_null(value=False),
        class_code=registration.str.extract(r"^([A-Z]+)"),
        title=filled("title").str.strip_chars_end(". "),
        edition_statement=filled("edition"),
        series=filled("series"),
        volume=filled("volume"),
        physical_description=filled("description"),
        note=filled("note"),
        new_matter=filled("new_matter"),
        previous_registration_number=number("previous_number"),
        publication_place=filled("place"),
        publication_year=pl.col("published").str.extract(r"^(\d{4})").cast(pl.Int64),
        copyright_date=_day_of("copyright_day"),
        affidavit_date=_day_of("affidavit_day"),
        notice_date=_day_of("notice_day"),
        copy_count=pl.col("copies").cast(pl.Int64, strict=False),
        duplicate_of_entry_id="duplicate_of",
        part_of_entry_id="part_of",
        catalog_year=pl.col("catalog_year").cast(pl.Int64, strict=False),
        catalog_series="catalog_series",
        catalog_volume="catalog_volume",
        catalog_part="catalog_part",
    )


def clean_parties(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per party."""
    return rows.select(
        "_record_number",
        "sequence_number",
        "is_claimant",
        "is_heading",
        entry_id="id",
        party_role="role",
        role_raw="role_words",
        party_name=pl.col("name").str.strip_chars(" ,;*"),
        party_name_raw="name",
        place_name=filled("place"),
    )


def clean_numbers(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per number."""
    return rows.select(
        "_record_number",
        "sequence_number",
        "is_additional",
        "is_ignored",
        entry_id="id",
        registration_number=_single("number"),
        registration_number_raw="number",
        number_source="source",
        registration_date=pl.coalesce(day("day"), _day_of("day_attribute")),
        registration_date_raw="day",
    )


def clean_references(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per reference."""
    return rows.select(
        "_record_number",
        "title",
        "note",
        cross_reference_id="id",
        heading_name="name",
        role_raw="role_words",
        see_entry_id="see_id",
        see_text="see",
    )


CLEAN: dict[str, Clean] = {
    "registrations": clean_registrations,
    "registration_parties": clean_parties,
    "registration_numbers": clean_numbers,
    "cross_references": clean_references,
}

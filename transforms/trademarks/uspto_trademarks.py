"""Cleans US trademarks: days as eight digits, numbers that mean none, trimmed names."""

from __future__ import annotations

import datetime

import polars as pl

from transforms.schema import Clean

FIRST_FEDERAL_LAW = datetime.date(1870, 7, 8)


def _day(name: str) -> pl.Expr:
    """Return a day of eight digits; 10101 and 19200000 are none."""
    text = pl.col(name)
    return pl.when(text.str.contains(r"^\d{8}$")).then(text).str.to_date("%Y%m%d", strict=False)


def clean_case_files(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per record; a filing before the first federal law is a slip."""
    filed = _day("filed")
    return rows.select(
        "_record_number",
        "action_key",
        "flags",
        serial_number=pl.col("serial").str.extract(r"^(\d{8})$"),
        office_code=pl.lit("US"),
        registration_number=pl.when(pl.col("registration") != "0000000").then("registration"),
        transaction_date=_day("transaction"),
        filing_date=pl.when(filed >= FIRST_FEDERAL_LAW).then(filed),
        filing_date_raw="filed",
        registration_date=_day("registered"),
        published_date=_day("published"),
        abandonment_date=_day("abandoned"),
        cancellation_date=_day("cancelled"),
        renewal_date=_day("renewed"),
        status_code="status",
        status_date=_day("status_date"),
        mark_text="mark",
        drawing_code="drawing",
    )


def clean_owners(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per owner entry."""
    return rows.select(
        "_record_number",
        "sequence_number",
        "postcode",
        "other_names",
        serial_number="serial",
        entry_number=pl.col("entry").cast(pl.Int64, strict=False),
        party_role=pl.lit("owner"),
        party_type_code="party_type",
        legal_entity_code="legal_entity",
        legal_entity_note="legal_entity_note",
        party_name=pl.col("name").str.strip_chars(" ,;"),
        party_name_raw="name",
        address_raw="address",
        city_name="city",
        state_code="state",
        country_code="country",
        nationality_country_code="nationality",
        nationality_state_code="nationality_state",
        name_change_note="changes",
    )


def clean_classes(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per class code."""
    return rows.select(
        "_record_number",
        "sequence_number",
        "classification_number",
        serial_number="serial",
        classification_scheme="scheme",
        class_code="code",
        first_use_date=_day("first_use"),
        first_use_date_raw="first_use",
        first_commerce_date=_day("first_commerce"),
        status_code="status",
        status_date=_day("status_date"),
        status_date_raw="status_date",
    )


def clean_events(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per event."""
    return rows.select(
        "_record_number",
        "sequence_number",
        serial_number="serial",
        event_number=pl.col("number").cast(pl.Int64, strict=False),
        event_code="code",
        event_type="type",
        event_date=_day("day"),
        event_text="words",
    )


def clean_statements(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per statement."""
    return rows.rename(
        {"serial": "serial_number", "code": "statement_code", "words": "statement_text"}
    )


CLEAN: dict[str, Clean] = {
    "case_files": clean_case_files,
    "case_file_owners": clean_owners,
    "case_file_classes": clean_classes,
    "case_file_events": clean_events,
    "case_file_statements": clean_statements,
}

"""Cleans US trademarks: days of several formats, numbers that mean none, names, states."""

from __future__ import annotations

import datetime

import polars as pl

from transforms.schema import Clean

FIRST_FEDERAL_LAW = datetime.date(1870, 7, 8)


# By the names that TSDR writes out, as in MARYLAND; the daily files have the codes.
STATES = {
    "ALABAMA": "AL", "ALASKA": "AK", "AMERICAN SAMOA": "AS", "ARIZONA": "AZ", "ARKANSAS": "AR",
    "CALIFORNIA": "CA", "COLORADO": "CO", "CONNECTICUT": "CT", "DELAWARE": "DE",
    "DISTRICT OF COLUMBIA": "DC", "FLORIDA": "FL", "GEORGIA": "GA", "GUAM": "GU", "HAWAII": "HI",
    "IDAHO": "ID", "ILLINOIS": "IL", "INDIANA": "IN", "IOWA": "IA", "KANSAS": "KS",
    "KENTUCKY": "KY", "LOUISIANA": "LA", "MAINE": "ME", "MARYLAND": "MD", "MASSACHUSETTS": "MA",
    "MICHIGAN": "MI", "MINNESOTA": "MN", "MISSISSIPPI": "MS", "MISSOURI": "MO", "MONTANA": "MT",
    "NEBRASKA": "NE", "NEVADA": "NV", "NEW HAMPSHIRE": "NH", "NEW JERSEY": "NJ",
    "NEW MEXICO": "NM", "NEW YORK": "NY", "NORTH CAROLINA": "NC", "NORTH DAKOTA": "ND",
    "NORTHERN MARIANA ISLANDS": "MP", "OHIO": "OH", "OKLAHOMA": "OK", "OREGON": "OR",
    "PENNSYLVANIA": "PA", "PUERTO RICO": "PR", "RHODE ISLAND": "RI", "SOUTH CAROLINA": "SC",
    "SOUTH DAKOTA": "SD", "TENNESSEE": "TN", "TEXAS": "TX", "UTAH": "UT", "VERMONT": "VT",
    "VIRGIN ISLANDS": "VI", "VIRGINIA": "VA", "WASHINGTON": "WA", "WEST VIRGINIA": "WV",
    "WISCONSIN": "WI", "WYOMING": "WY",
}  # fmt: skip


def _day(name: str) -> pl.Expr:
    """Return a day, of eight digits or with hyphens; 10101 and 19200000 are none.

    What stands behind it, as in 1996-10-15-04:00, is the zone in which it is that day.
    """
    text = pl.col(name).str.replace(r"^(\d{4})-(\d\d)-(\d\d)(?:[-+T].*|Z)?$", "${1}${2}${3}")
    return pl.when(text.str.contains(r"^\d{8}$")).then(text).str.to_date("%Y%m%d", strict=False)


def _state(name: str) -> pl.Expr:
    """Return the code of a US state; regions of other countries are none."""
    text = pl.col(name).str.to_uppercase()
    named = text.replace_strict(STATES, default=None, return_dtype=pl.String)
    return pl.when(text.str.len_chars() == 2).then(pl.col(name)).otherwise(named)


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
        legal_entity_code=pl.col("legal_entity").str.zfill(2),
        legal_entity_note="legal_entity_note",
        party_name=pl.col("name").str.strip_chars(" ,;"),
        party_name_raw="name",
        address_raw="address",
        city_name="city",
        state_code=_state("state"),
        country_code="country",
        nationality_country_code="nationality",
        nationality_state_code=_state("nationality_state"),
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

"""Cleans GLEIF: names, register numbers, days; LEI and credit codes by their check digits."""

from __future__ import annotations

import polars as pl

from transforms.organisations import lei_holds, uscc_of
from transforms.schema import Clean, must_read

HOURS_AHEAD = {
    "JP": 9, "KR": 9, "CN": 8, "HK": 8, "MO": 8, "TW": 8, "SG": 8, "MY": 8, "PH": 8, "TH": 7,
    "VN": 7,
}  # fmt: skip
"""Hours ahead of UTC of countries with one clock and no summer time."""


def clean_entities(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per LEI; a wrong check digit is marked, not refused."""
    lei = pl.col("lei").str.strip_chars()
    number = _trimmed("number").str.replace_all(r"[\s,.\-/]", "").str.to_uppercase()
    return rows.with_columns(
        lei=lei,
        is_lei_valid=lei_holds(lei),
        legal_name=_trimmed("legal_name"),
        legal_name_raw=pl.col("legal_name"),
        legal_name_language_code=pl.col("language"),
        country_code=_trimmed("country"),
        country_subdivision_code=_trimmed("region"),
        city_name=_trimmed("city"),
        postcode=_trimmed("postcode"),
        address_raw=pl.col("address"),
        headquarters_country_code=_trimmed("hq_country"),
        headquarters_subdivision_code=_trimmed("hq_region"),
        headquarters_city_name=_trimmed("hq_city"),
        registration_authority_code=_trimmed("authority"),
        registration_number=number,
        registration_number_raw=pl.col("number"),
        uscc=uscc_of(number),
        jurisdiction_code=_trimmed("jurisdiction"),
        entity_category=_trimmed("category"),
        entity_subcategory=_trimmed("subcategory"),
        legal_form_code=_trimmed("legal_form"),
        entity_status=_trimmed("status"),
        creation_date=_local_day("created", "country"),
        creation_date_raw=pl.col("created"),
        registration_date=_moment("registered").dt.date(),
        updated_date=_moment("updated").dt.date(),
        renewal_date=_moment("renewal").dt.date(),
        successor_lei=_trimmed("successor"),
    )


def clean_names(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per name."""
    return rows.with_columns(
        lei=pl.col("lei").str.strip_chars(),
        language_code=pl.col("language"),
        entity_name=_trimmed("name"),
        entity_name_raw=pl.col("name"),
    )


def _trimmed(name: str) -> pl.Expr:
    text = pl.col(name).str.strip_chars()
    return pl.when(text != "").then(text)


def _moment(name: str) -> pl.Expr:
    return pl.col(name).str.to_datetime(time_unit="us", time_zone="UTC", strict=False)


def _local_day(name: str, country: str) -> pl.Expr:
    # Only a time that is midnight there was meant as a day there.
    hours = pl.col(country).replace_strict(HOURS_AHEAD, default=0, return_dtype=pl.Int64)
    moment = _moment(name)
    local = moment + pl.duration(hours=hours)
    is_midnight = (local.dt.hour() == 0) & (local.dt.minute() == 0)
    return pl.when(is_midnight).then(local.dt.date()).otherwise(moment.dt.date())


CLEAN: dict[str, Clean] = {
    "entities": must_read(clean_entities, _moment, "registered", "updated", "renewal"),
    "entity_names": clean_names,
}

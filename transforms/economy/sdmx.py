"""Cleans observations of SDMX and JSON-stat: figures, periods, and the well-known components."""

from __future__ import annotations

import polars as pl

from transforms.areas import country_of
from transforms.periods import with_period
from transforms.schema import Clean, refuse

NUMBER = r"^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$"
# How services write that there is no figure.
NO_FIGURE = ("", "NaN", ":", "null")
# Components that mean the same everywhere, under the names that services give them.
FREQUENCY = ("FREQ", "FREQUENCY", "freq")
AREA = ("REF_AREA", "LOCATION", "COUNTRY", "REPORTER", "GEO", "geo")
UNIT = ("UNIT_MEASURE", "UNIT", "unit")
STATUS = ("OBS_STATUS", "OBS_FLAG")


def _component(*names: str) -> pl.Expr:
    """Return the first of some components that an observation has, as dimension or attribute."""
    found = (
        pl.col(column).str.json_path_match(f"$.{name}")
        for column in ("dimensions", "attributes")
        for name in names
    )
    return pl.coalesce(found)


def clean_observations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per observation; text that is no figure, or no period, is refused."""
    text = pl.col("value").str.strip_chars()
    figure = pl.when(~text.is_in(NO_FIGURE)).then(text)
    area = pl.coalesce("area", _component(*AREA))
    code = pl.col("period").str.strip_chars()
    # The category of a period may have a code of its own, and the period for its label.
    period = pl.coalesce(
        pl.when(code.str.contains(r"^\d{4}")).then(code),
        pl.col("period_name").str.strip_chars(),
        code,
    )
    cleaned = with_period(rows, period).with_columns(
        message_format=pl.col("format"),
        dataset_agency_code=pl.col("agency"),
        dataset_code=pl.col("dataset"),
        dataset_version=pl.col("version"),
        dataset_action=pl.col("action"),
        frequency_code=_component(*FREQUENCY),
        area_code=area,
        country_code=country_of(area),
        unit_code=pl.coalesce(_component(*UNIT), "unit"),
        unit_exponent=_component("UNIT_MULT").cast(pl.Int64, strict=False),
        period_code=period,
        observation_value=figure.cast(pl.Float64, strict=False),
        observation_value_raw=pl.col("value"),
        observation_status=pl.coalesce("status", _component(*STATUS)),
        is_missing=figure.is_null(),
    )
    unknown = period.is_not_null() & pl.col("period_type").is_null()
    cleaned = refuse(cleaned, unknown, "unknown_period", pl.format("period={}", period))
    is_no_number = figure.is_not_null() & ~figure.str.contains(NUMBER)
    cleaned = refuse(cleaned, is_no_number, "wrong_type", pl.format("value={}", "value"))
    exponent = _component("UNIT_MULT")
    is_no_exponent = exponent.is_not_null() & pl.col("unit_exponent").is_null()
    return refuse(cleaned, is_no_exponent, "wrong_type", pl.format("UNIT_MULT={}", exponent))


def clean_structures(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per artefact, and per item of one."""
    return rows.with_columns(
        artefact_class=pl.col("class"),
        agency_code=pl.col("agency"),
        artefact_code=pl.col("artefact"),
        artefact_version=pl.col("version"),
        item_code=pl.col("item"),
        parent_item_code=pl.col("parent"),
        item_position=pl.col("position"),
        language_code=pl.col("language"),
        concept_reference=pl.col("concept"),
        codelist_reference=pl.col("codelist"),
        usage_status=pl.col("usage").str.to_lowercase(),
    )


CLEAN: dict[str, Clean] = {"observations": clean_observations, "structures": clean_structures}

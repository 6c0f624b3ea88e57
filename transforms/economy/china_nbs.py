"""Cleans figures of the National Bureau of Statistics: units off the names, periods, areas."""

from __future__ import annotations

import polars as pl

from transforms.schema import Clean, refuse

# The unit stands behind the name, in brackets of either width, and a blank may follow.
UNIT = r"\s*[(（]([^()（）]+)[)）]\s*$"
YEAR = r"^(\d{4})(?:年|YY)$"
QUARTER = r"^(\d{4})(?:年第?([1-4一二三四])季度|0([1-4])SS)$"
MONTH = r"^(\d{4})(?:年(\d{1,2})月|(\d{2})MM)$"
CHINESE_DIGITS = {"一": "1", "二": "2", "三": "3", "四": "4"}
REGION = r"^(\d{6})\d{6}$"


def _names() -> dict[str, pl.Expr]:
    """Return what observations and series have alike."""
    region = pl.col("area_code").str.strip_chars().str.extract(REGION)
    return {
        "area_scheme": pl.when(region.is_not_null()).then(pl.lit("GBT2260")),
        "area_code": region,
        "area_name": pl.col("area").str.strip_chars(),
        "indicator_code": pl.col("indicator_code"),
        "indicator_name": pl.col("indicator").str.replace(UNIT, "").str.strip_chars(),
    }


def _with_period(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add type, code, first day and year of `period`; nulls where it is none of the forms.

    >>> rows = pl.LazyFrame({"period": ["2018年", "202402SS", "2026年3月", "202613MM"]})
    >>> _with_period(rows).select("period_code").collect()["period_code"].to_list()
    ['2018YY', '202402SS', '202603MM', None]
    >>> str(_with_period(rows).collect()["period_start_date"][1])
    '2024-04-01'
    """
    period = pl.col("period").str.strip_chars()
    # The character of a Chinese digit becomes the digit before the quarter is read.
    quarter = pl.coalesce(period.str.extract(QUARTER, 2), period.str.extract(QUARTER, 3))
    quarter_number = quarter.replace(CHINESE_DIGITS).cast(pl.Int64)
    month = pl.coalesce(period.str.extract(MONTH, 2), period.str.extract(MONTH, 3)).cast(pl.Int64)
    year = pl.coalesce(
        period.str.extract(YEAR), period.str.extract(QUARTER), period.str.extract(MONTH)
    ).cast(pl.Int64)
    is_month = month.is_between(1, 12)
    rows = rows.with_columns(
        period_type=pl.when(is_month)
        .then(pl.lit("month"))
        .when(quarter.is_not_null())
        .then(pl.lit("quarter"))
        .when(month.is_null() & year.is_not_null())
        .then(pl.lit("year")),
        _year=year,
        _start_month=pl.coalesce(
            pl.when(is_month).then(month), quarter_number * 3 - 2, pl.lit(1, dtype=pl.Int64)
        ),
        _part=pl.coalesce(month, quarter_number).cast(pl.String).str.pad_start(2, "0"),
    )
    known = pl.col("period_type").is_not_null()
    suffix = pl.col("period_type").replace_strict(
        {"year": "YY", "quarter": "SS", "month": "MM"}, default=None, return_dtype=pl.String
    )
    return rows.with_columns(
        period_code=pl.format("{}{}{}", "_year", pl.col("_part").fill_null(""), suffix),
        period_start_date=pl.when(known).then(pl.date("_year", "_start_month", 1)),
        observation_year=pl.when(known).then("_year"),
    )


def clean_observations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per figure; an unknown period, or text that is no number, is refused."""
    unit = pl.col("unit").str.strip_chars()
    cleaned = _with_period(rows).with_columns(
        database_name=pl.col("database").str.strip_chars(),
        unit_name=pl.coalesce(
            pl.when(unit != "").then(unit), pl.col("indicator").str.extract(UNIT)
        ),
        observation_value=pl.col("text").str.strip_chars().cast(pl.Float64, strict=False),
        observation_value_raw=pl.col("text"),
        **_names(),
    )
    unknown = pl.col("period_type").is_null()
    cleaned = refuse(cleaned, unknown, "unknown_period", pl.format("period={}", "period"))
    is_no_number = pl.col("observation_value").is_null()
    return refuse(cleaned, is_no_number, "wrong_type", pl.format("value={}", "text"))


def clean_series(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per line of a table, or area and indicator of an answer."""
    return rows.with_columns(**_names())


CLEAN: dict[str, Clean] = {"observations": clean_observations, "series": clean_series}

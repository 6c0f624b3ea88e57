"""Periods as statistical offices write them: their length, first day and year."""

from __future__ import annotations

import polars as pl

# 2014 · 2014-S1 · 2014Q1, 2014-Q1, 2005 - 1 · 2014M01, 2014-01 · 2014-W05 · 2014-01-18
YEAR = r"^(\d{4})(?:-?A1?)?$"
HALF = r"^(\d{4})-?[SB]([12])$"
QUARTER = r"^(\d{4})(?:-?Q| - )([1-4])$"
MONTH = r"^(\d{4})(?:-?M|-)(\d{2})$"
WEEK = r"^(\d{4})-?W(\d{2})$"
DAY = r"^(\d{4}-\d{2}-\d{2})(?:T.*)?$"

PERIOD_TYPES = ("year", "half_year", "quarter", "month", "week", "day")


def with_period(rows: pl.LazyFrame, period: pl.Expr) -> pl.LazyFrame:
    """Add `period_type`, `period_start_date` and `observation_year`; nulls where it is no period.

    Weeks are those of ISO 8601 and begin on a Monday; the year is the one that the text names.

    >>> rows = pl.LazyFrame({"p": ["2014", "2014Q2", "2005 - 3", "2014M13", "2015-W01", "?"]})
    >>> names = "period_type", "period_start_date", "observation_year"
    >>> for row in with_period(rows, pl.col("p")).select(names).collect().iter_rows():
    ...     print(*row)
    year 2014-01-01 2014
    quarter 2014-04-01 2014
    quarter 2005-07-01 2005
    None None None
    week 2014-12-29 2015
    None None None
    """
    text = period.str.strip_chars()
    parts = {
        kind: text.str.extract(pattern, 2).cast(pl.Int64)
        for kind, pattern in {"half": HALF, "quarter": QUARTER, "month": MONTH}.items()
    }
    month = pl.coalesce(parts["half"] * 6 - 5, parts["quarter"] * 3 - 2, parts["month"])
    year = pl.coalesce(text.str.extract(each) for each in (YEAR, HALF, QUARTER, MONTH))
    week_year, week = text.str.extract(WEEK), text.str.extract(WEEK, 2)
    starts = {
        "month": pl.format(
            "{}-{}-01", year, month.cast(pl.String).str.pad_start(2, "0")
        ).str.to_date("%Y-%m-%d", strict=False),
        "week": pl.format("{}-W{}-1", week_year, week).str.to_date("%G-W%V-%u", strict=False),
        "day": text.str.extract(DAY).str.to_date("%Y-%m-%d", strict=False),
        "year": pl.format("{}-01-01", text.str.extract(YEAR)).str.to_date("%Y-%m-%d", strict=False),
    }
    rows = rows.with_columns(
        _written_year=text.str.slice(0, 4).cast(pl.Int64, strict=False),
        period_start_date=pl.coalesce(starts.values()),
        period_type=pl.when(text.str.contains(YEAR))
        .then(pl.lit("year"))
        .when(parts["half"].is_not_null())
        .then(pl.lit("half_year"))
        .when(parts["quarter"].is_not_null())
        .then(pl.lit("quarter"))
        .when(parts["month"].is_not_null())
        .then(pl.lit("month"))
        .when(week.is_not_null())
        .then(pl.lit("week"))
        .otherwise(pl.lit("day")),
    )
    known = pl.col("period_start_date").is_not_null()
    return rows.with_columns(
        period_type=pl.when(known).then("period_type"),
        observation_year=pl.when(known).then("_written_year"),
    ).drop("_written_year")

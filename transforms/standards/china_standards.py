"""Cleans China's standards platforms: days of their own midnight, states, kinds by number."""

from __future__ import annotations

from functools import partial

import polars as pl

from transforms.designators import designator_parts
from transforms.schema import Clean, must_read, refuse
from transforms.texts import filled

STATUSES = {
    "现行": "in_force",
    "即将实施": "upcoming",
    "废止": "withdrawn",
    "被代替": "replaced",
    "有更新版": "replaced",
}
NATURES = {"T": "recommended", "Z": "guidance"}
NOTHING = ["", "无", "-", "—"]
_filled = partial(filled, nothing=NOTHING)


def clean_standards(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per record; a state that nobody knows is refused."""
    code = pl.col("code")
    found = designator_parts(code).struct
    kind = code.str.extract(r"^[A-Z]+\d*/([TZ])\b")
    cleaned = rows.select(
        "_record_number",
        record_id="id",
        interface="form",
        standard_level=pl.when(code.str.contains(r"^GB"))
        .then(pl.lit("national"))
        .when(code.str.contains(r"^DB"))
        .then(pl.lit("local"))
        .when(code.str.contains(r"^T/"))
        .then(pl.lit("group"))
        .otherwise(pl.lit("sector")),
        designator=found.field("designator"),
        designator_undated=found.field("undated"),
        designator_raw="code",
        series_code=code.str.extract(r"^(T/[A-Z0-9]+|[A-Z]+\d*)"),
        title="title",
        title_en=_filled("title_en"),
        status=pl.col("status").replace_strict(STATUSES, default=None, return_dtype=pl.String),
        status_raw="status",
        nature=pl.when(kind.is_not_null())
        .then(kind.replace_strict(NATURES, default=None, return_dtype=pl.String))
        .when(~code.str.starts_with("T/"))
        .then(pl.lit("mandatory")),
        nature_raw=_filled("nature"),
        issue_date=_day("issued"),
        implementation_date=_day("implemented"),
        record_date=_day("recorded"),
        record_number=_filled("record_number"),
        ics_code=_filled("ics"),
        ccs_code=_filled("ccs"),
        department_name=_filled("department"),
        committee_name=_filled("committee"),
        publisher_name=_filled("publisher"),
        industry_name=_filled("industry"),
        revision_kind=_filled("revision"),
        is_adoption=pl.when(pl.col("form").str.starts_with("openstd"))
        .then(_filled("adoption").is_not_null())
        .when(pl.col("adoption").is_not_null())
        .then(_filled("adoption").is_not_null()),
        adoption_raw=_filled("adoption"),
        replaced_raw=pl.coalesce(_filled("replaces"), _replaced_in(pl.col("remarks"))),
        plan_number=_filled("plan"),
        language_name=_filled("language"),
        remarks=_filled("remarks"),
    )
    unknown = pl.col("status").is_null() & pl.col("status_raw").is_not_null()
    return refuse(cleaned, unknown, "unknown_category", pl.format("status={}", "status_raw"))


def _day(name: str) -> pl.Expr:
    """Return a day: a text, or the moment at which it began in China.

    By its zone, and not by eight hours: in the summers of 1986 to 1991 the clocks there were
    an hour ahead, and eight hours would lead to the day before.
    """
    moment = pl.from_epoch(pl.col(f"{name}_ms"), time_unit="ms").dt.replace_time_zone("UTC")
    there = moment.dt.convert_time_zone("Asia/Shanghai").dt.date()
    return pl.coalesce(_written(name), there)


def _written(name: str) -> pl.Expr:
    return pl.col(name).str.to_date("%Y-%m-%d", strict=False)


def _replaced_in(remarks: pl.Expr) -> pl.Expr:
    """Return what a remark says is replaced, as in `代替GB/T 1.1-2009`."""
    return remarks.str.extract(r"(?:全部)?代替[标准:：\s]*([A-Z].*)$")


def clean_drafters(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per organisation that drafted a standard."""
    return rows.select(
        "_record_number",
        "sequence_number",
        record_id="id",
        interface="form",
        organisation_name="organisation",
    )


CLEAN: dict[str, Clean] = {
    "standards": must_read(
        clean_standards, _written, "issued", "implemented", "recorded", said=_filled
    ),
    "standard_drafters": clean_drafters,
}

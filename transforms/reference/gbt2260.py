"""Cleans GB/T 2260: codes of six digits, levels, kinds of change, valid intervals."""

from __future__ import annotations

import polars as pl

from transforms.schema import Clean

CODE = r"^(\d{6})(?:0{6})?$"
LEVELS = {1: "province", 2: "prefecture", 3: "county"}
CHANGE_TYPES = {
    "同名改码": "same_name_new_code",
    "新设": "established",
    "撤销": "abolished",
    "码位改派": "code_reassigned",
    "撤县设市": "county_to_city",
    "更名": "renamed",
    "撤县设区": "county_to_district",
    "撤地设市": "prefecture_to_city",
    "撤市设区": "city_to_district",
    "区划调整": "boundary_adjusted",
    "划转": "transferred",
    "驻地迁移": "seat_moved",
    "撤区设区": "district_to_district",
    "撤旗设区": "banner_to_district",
}


def clean_divisions(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per code, name and interval; whole years become days."""
    code = _six_digits("code")
    return rows.with_columns(
        division_code=code,
        division_name=pl.col("name").str.strip_chars(),
        parent_code=_six_digits("parent_code"),
        province_code=pl.concat_str(code.str.slice(0, 2), pl.lit("0000")),
        valid_from=pl.date("first_year", 1, 1),
        valid_to=pl.date("last_year", 12, 31),
    )


def clean_changes(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per change; an unknown kind of change is refused as one without kind."""
    kind = pl.col("type").str.strip_chars()
    return rows.with_columns(
        change_year=pl.col("year"),
        change_type=kind.replace_strict(CHANGE_TYPES, default=None, return_dtype=pl.String),
        change_type_raw=pl.col("type"),
        level=pl.col("level").replace_strict(LEVELS, default=None, return_dtype=pl.String),
        document_number=pl.col("doc_no"),
        source_name=pl.coalesce("source_official", "source"),
        is_curated=pl.col("curated"),
        **{
            name: _six_digits(name)
            for name in ("old_code", "old_parent_code", "new_code", "new_parent_code")
        },
    )


def _six_digits(name: str) -> pl.Expr:
    # The last six of twelve digits are towns and villages, which no division here has.
    return pl.col(name).str.strip_chars().str.extract(CODE)


CLEAN: dict[str, Clean] = {
    "divisions": clean_divisions,
    "division_changes": clean_changes,
}

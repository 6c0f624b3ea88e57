"""Cleans classifications of industries: codes without their letter, levels, what is above what."""

from __future__ import annotations

from functools import partial

import polars as pl

from transforms.schema import Clean, refuse
from transforms.texts import filled

CODES = {
    "GBT4754": r"^(?:[A-T]|[A-T]?\d{2,4})$",
    "ISIC": r"^(?:[A-U]|\d{2,4})$",
    "NACE": r"^(?:[A-U]|\d{2}(?:\.\d{1,2})?)$",
    "NAICS": r"^(?:\d{2,6}|\d{2}-\d{2})$",
    "SITC": r"^(?:ALL|TOTAL|AG\d|\d{1,5}X?|X)$",
    "CPA": r"^(?:[A-U]|\d{2}(?:\.\d{1,2}){0,2})$",
    "CPC": r"^\d{1,5}$",
}
ACTIVITY_LEVELS = {0: "section", 2: "division", 3: "group", 4: "class"}
NAICS_LEVELS = {
    2: "sector", 3: "subsector", 4: "industry_group", 5: "industry", 6: "national_industry",
}  # fmt: skip
SITC_LEVELS = {1: "section", 2: "division", 3: "group", 4: "subgroup", 5: "heading"}

# Divisions of ISIC Rev. 4, which NACE Rev. 2 has too. Lists keep sections apart from them.
SECTIONS = {
    "A": (1, 3), "B": (5, 9), "C": (10, 33), "D": (35, 35), "E": (36, 39), "F": (41, 43),
    "G": (45, 47), "H": (49, 53), "I": (55, 56), "J": (58, 63), "K": (64, 66), "L": (68, 68),
    "M": (69, 75), "N": (77, 82), "O": (84, 84), "P": (85, 85), "Q": (86, 88), "R": (90, 93),
    "S": (94, 96), "T": (97, 98), "U": (99, 99),
}  # fmt: skip
OF_DIVISION = {
    f"{division:02d}": section
    for section, (first, last) in SECTIONS.items()
    for division in range(first, last + 1)
}
NAICS_SECTORS = {
    "31": "31-33", "32": "31-33", "33": "31-33", "44": "44-45", "45": "44-45", "48": "48-49",
    "49": "48-49",
}  # fmt: skip
NOTHING = ("", "NA", "#")
_filled = partial(filled, nothing=NOTHING)


def _fits(code: pl.Expr, classification: str) -> pl.Expr:
    """Return whether a code has the form of its classification's."""
    each = pl.lit(value=False)
    for name, pattern in CODES.items():
        is_sound = (pl.col(classification) == name) & code.str.contains(pattern)
        each = each | is_sound
    return each.fill_null(value=False)


def _digits(code: pl.Expr) -> pl.Expr:
    return code.str.replace_all(r"[^\d]", "")


def clean_industries(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per code of a list; the rows are a whole list's."""
    raw = _filled("code")
    of = {name: pl.col("classification") == name for name in CODES}
    # Letters before digits are the section: C3963.
    code = (
        pl.when(of["GBT4754"] & raw.str.contains(r"^[A-Z]\d")).then(raw.str.slice(1)).otherwise(raw)
    )
    length = _digits(code).str.len_chars().cast(pl.Int64)
    is_activity = of["GBT4754"] | of["ISIC"] | of["NACE"]
    own_section = pl.when(is_activity & raw.str.contains("^[A-Z]")).then(raw.str.slice(0, 1))
    # In the lists of GB/T 4754 a section stands above its own; ISIC and NACE have fixed ones.
    section = (
        pl.when(of["GBT4754"])
        .then(own_section.forward_fill())
        .otherwise(
            pl.coalesce(
                own_section,
                pl.when(is_activity).then(
                    code.str.slice(0, 2).replace_strict(
                        OF_DIVISION, default=None, return_dtype=pl.String
                    )
                ),
            )
        )
    )
    level = (
        pl.when(is_activity)
        .then(length.replace_strict(ACTIVITY_LEVELS, default=None, return_dtype=pl.String))
        .when(of["NAICS"] & code.str.contains("-"))
        .then(pl.lit("sector"))
        .when(of["NAICS"])
        .then(length.replace_strict(NAICS_LEVELS, default=None, return_dtype=pl.String))
        # 7725X is what is declared of 7725 without being told apart.
        .when(code.str.ends_with("X"))
        .then(pl.lit("memorandum_item"))
        .when(code.str.contains("^[A-Z]"))
        .then(pl.lit("aggregate"))
        .otherwise(length.replace_strict(SITC_LEVELS, default=None, return_dtype=pl.String))
    )
    rows = rows.with_columns(
        industry_code=code,
        industry_code_raw=raw,
        industry_name=_filled("name"),
        industry_level=level,
        section_code=section,
        _length=length,
    )
    shorter = pl.col("industry_code").str.slice(0, pl.col("industry_code").str.len_chars() - 1)
    above = shorter.str.strip_suffix(".")
    sector = pl.col("industry_code").str.slice(0, 2)
    parent = (
        pl.when(pl.col("industry_level") == "section")
        .then(None)
        .when(is_activity & (pl.col("_length") == 2))
        .then("section_code")
        .when(of["NAICS"] & (pl.col("_length") == 3))
        .then(sector.replace(NAICS_SECTORS))
        .when(is_activity | (of["NAICS"] & (pl.col("industry_level") != "sector")))
        .then(above)
    )
    # In 2011 a group of one class is folded into it: 0220 stands right below 02.
    listed = pl.col("industry_code").implode()
    folded = pl.when(of["GBT4754"] & (pl.col("_length") == 4) & ~parent.is_in(listed)).then(
        pl.col("industry_code").str.slice(0, 2)
    )
    cleaned = rows.with_columns(
        parent_industry_code=pl.coalesce(_filled("parent"), folded, parent),
        includes_note=_filled("includes"),
        also_includes_note=_filled("also_includes"),
        excludes_note=_filled("excludes"),
    )
    is_sound = _fits(pl.col("industry_code_raw"), "classification")
    return refuse(cleaned, ~is_sound, "unreadable_code", pl.col("code"))


def clean_concordances(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per pair of codes."""
    cleaned = rows.with_columns(
        source_classification=pl.col("classification"),
        source_edition=pl.col("edition"),
        source_code=_filled("code"),
        source_name=_filled("name"),
        target_classification=pl.col("other_classification"),
        target_edition=pl.col("other_edition"),
        target_code=_filled("other_code"),
        target_name=_filled("other_name"),
        is_partial_source=_flag("is_partial"),
        is_partial_target=_flag("other_is_partial"),
        note=_filled("note"),
    )
    for side in ("source", "target"):
        code = pl.col(f"{side}_code")
        is_sound = _fits(code, f"{side}_classification")
        cleaned = refuse(cleaned, ~is_sound, "unreadable_code", code.fill_null("none"))
    return cleaned


def _flag(name: str) -> pl.Expr:
    return _filled(name).replace_strict(
        {"0": False, "1": True}, default=None, return_dtype=pl.Boolean
    )


CLEAN: dict[str, Clean] = {
    "industries": clean_industries,
    "industry_concordances": clean_concordances,
}

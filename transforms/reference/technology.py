"""Cleans technology lists: IPC patterns to prefixes, symbols with one blank."""

from __future__ import annotations

import polars as pl

from transforms.schema import Clean

FLAGS = {"true": True, "false": False}


def _filled(name: str) -> pl.Expr:
    text = pl.col(name).str.strip_chars()
    return pl.when(text != "").then(text)


def prefix(pattern: pl.Expr) -> pl.Expr:
    """Return what symbols of a pattern begin with, the group after one blank and before a slash.

    >>> patterns = pl.DataFrame({"p": ["F21H%", "A61K   8/%", "A61K   8%", "H04N 101/%"]})
    >>> patterns.select(prefix(pl.col("p")))["p"].to_list()
    ['F21H', 'A61K 8/', 'A61K 8/', 'H04N 101/']
    """
    parts = pattern.str.extract_groups(r"^([A-HY]\d\d[A-Z])\s*(\d{0,4})/?%?$").struct
    group = pl.concat_str(pl.lit(" "), parts.field("2"), pl.lit("/"))
    has_group = parts.field("2") != ""
    return pl.concat_str(parts.field("1"), pl.when(has_group).then(group).otherwise(pl.lit("")))


def spaced(symbol: pl.Expr) -> pl.Expr:
    """Return a symbol with one blank after its subclass.

    >>> pl.DataFrame({"s": ["A01L1/02", "A01B   1/00"]}).select(spaced(pl.col("s")))["s"].to_list()
    ['A01L 1/02', 'A01B 1/00']
    """
    return symbol.str.replace(r"^([A-HY]\d\d[A-Z])\s*(\d)", "${1} ${2}")


def clean_fields(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per pattern; one that is no IPC pattern has no prefix, and so is refused."""
    return rows.select(
        "_record_number",
        list_name="list",
        field_number=pl.col("Field_number").cast(pl.Int64, strict=False),
        field_name=_filled("Field_en"),
        field_name_fr=_filled("Field_fr"),
        field_name_es=_filled("Field_es"),
        sector_name=_filled("Sector_en"),
        ipc_prefix=prefix(pl.col("IPC_code").str.strip_chars()),
        ipc_pattern_raw="IPC_code",
        updated_on_raw=_filled("Updated_on"),
        remark=_filled("Remark"),
    )


def clean_industries(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per line with its conditions."""
    unless = pl.col("unless_with_ipc").str.strip_prefix("EXCEPT ")
    group = pl.col("ipc_main_group_prefix").str.strip_chars()
    pattern = pl.concat_str(pl.col("ipc_subclass").str.strip_chars(), group)
    return rows.select(
        "_record_number",
        digit_count=pl.col("digits").cast(pl.Int64),
        nace_code=_filled("nace2_code"),
        nace_name=_filled("nace2_title"),
        ipc_prefix=prefix(pattern),
        not_with_prefix=prefix(pl.col("not_with_ipc")),
        unless_with_prefix=prefix(unless),
        is_exception=pl.col("unless_with_ipc").str.starts_with("EXCEPT"),
    )


def clean_ipc_symbols(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per symbol; the ancestor A01B0001020000 is A01B 1/02."""
    whole = pl.col("ancestor").str.extract_groups(r"^([A-H]\d\d[A-Z])(\d{4})(\d{2})(\d{4})$")
    group = whole.struct.field("2").str.strip_chars_start("0")
    rest = whole.struct.field("4").str.strip_chars_end("0")
    parent = pl.concat_str(
        whole.struct.field("1"), pl.lit(" "), group, pl.lit("/"), whole.struct.field("3"), rest
    )
    return rows.select(
        "_record_number",
        classification_symbol=spaced(pl.col("ipc_code")),
        symbol_raw="ipc_code",
        parent_symbol=parent,
        section_code=pl.col("ipc_code").str.slice(0, 1),
        edition=_filled("ipc_version"),
    )


def clean_cpc_symbols(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per item."""
    flags = {
        "is_additional_only": "additional_only",
        "is_breakdown": "breakdown",
    }
    return rows.select(
        "_record_number",
        "status",
        classification_symbol=spaced(pl.col("symbol")),
        parent_symbol=spaced(pl.col("parent")),
        cpc_level=pl.col("level").cast(pl.Int64, strict=False),
        is_allocatable=~pl.col("not_allocatable").replace_strict(FLAGS, default=None),
        **{name: pl.col(raw).replace_strict(FLAGS, default=None) for name, raw in flags.items()},
        ipc_symbol=spaced(pl.col("ipc_concordant")),
        title=_filled("title"),
        revised_date=pl.col("revised").str.to_date(strict=False),
        published_date=pl.col("published").str.to_date(strict=False),
    )


CLEAN: dict[str, Clean] = {
    "ipc_fields": clean_fields,
    "ipc_industries": clean_industries,
    "ipc_symbols": clean_ipc_symbols,
    "cpc_symbols": clean_cpc_symbols,
}

"""Cleans tables of technology: patterns to prefixes, conditions apart, symbols in one form."""

from __future__ import annotations

import polars as pl

from transforms.schema import Clean, must_read, refuse
from transforms.texts import filled

# "F21H%", "A61K   8/%" and, without the slash, "A61K   8%".
PATTERN = r"^([A-H]\d{2}[A-Z])\s*(?:(\d{1,4})/?)?%$"
CONDITION = r"^([A-H]\d{2}[A-Z])(?:\s*(\d{1,4})/)?$"
EXCEPT = "EXCEPT "
CPC_SYMBOL = r"^([A-HY](?:\d{2}(?:[A-Z])?)?)(\d{1,4}/\d{2,})?$"
IPC_SYMBOL = r"^([A-H]\d{2}[A-Z])\s*(?:(\d{1,4})/(\d{2,6}))?$"
ANCESTOR = r"^([A-H]\d{2}[A-Z])(\d{4})(\d{6})$"


def _absent(name: str) -> pl.Expr:
    return pl.lit(None, dtype=pl.String).alias(name)


def _prefix(text: pl.Expr, pattern: str) -> pl.Expr:
    """Return the beginning of `classification_symbol` that a pattern means.

    >>> rows = pl.DataFrame({"p": ["F21H%", "A61K   8/%", "A61K   8%", "?"]})
    >>> rows.select(_prefix(pl.col("p"), PATTERN))["p"].to_list()
    ['F21H', 'A61K 8/', 'A61K 8/', None]
    """
    subclass, group = text.str.extract(pattern, 1), text.str.extract(pattern, 2)
    return pl.when(group.is_null()).then(subclass).otherwise(pl.format("{} {}/", subclass, group))


def clean_fields(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per pattern of either edition; a pattern of another form is refused."""
    if "field_nr" in rows.collect_schema():
        rows = rows.rename(
            {"field_nr": "Field_number", "sector": "Sector_en", "field_name": "Field_en"}
        ).rename({"ipc": "IPC_code"})
        rows = rows.with_columns(
            *map(_absent, ("Field_fr", "Field_es", "Remark", "Updated_on")),
            table_edition=pl.lit("patstat"),
        )
    else:
        rows = rows.with_columns(table_edition=pl.lit("trilingual"))
    pattern = pl.col("IPC_code")
    cleaned = rows.select(
        "_record_number",
        "table_edition",
        field_number=pl.col("Field_number").cast(pl.Int64, strict=False),
        field_name=filled("Field_en"),
        field_name_fr=filled("Field_fr"),
        field_name_es=filled("Field_es"),
        sector_name=filled("Sector_en"),
        ipc_prefix=_prefix(pattern, PATTERN),
        ipc_pattern_raw=pattern,
        subclass_code=pattern.str.extract(PATTERN, 1),
        main_group_number=pattern.str.extract(PATTERN, 2).cast(pl.Int64),
        updated_date=filled("Updated_on").str.to_date("%B %d, %Y", strict=False),
        updated_raw=filled("Updated_on"),
        note=filled("Remark"),
    )
    unreadable = pl.col("ipc_prefix").is_null()
    return refuse(cleaned, unreadable, "unreadable_pattern", pl.col("ipc_pattern_raw"))


def clean_industries(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per pattern and industry, with its conditions as prefixes."""
    pattern = pl.concat_str(
        pl.col("ipc_subclass").str.strip_chars(),
        filled("ipc_main_group_prefix").fill_null(""),
        separator=" ",
    ).str.strip_chars()
    not_with, unless_with = filled("not_with_ipc"), filled("unless_with_ipc")
    is_exception = unless_with.str.starts_with(EXCEPT)
    rows = rows.select(
        "_record_number",
        nace_digit_count=pl.col("nace_digit_count").cast(pl.Int64),
        nace_code=filled("nace2_code"),
        nace_name=filled("nace2_title"),
        ipc_prefix=_prefix(pattern, CONDITION),
        subclass_code=pattern.str.extract(CONDITION, 1),
        main_group_number=pattern.str.extract(CONDITION, 2).cast(pl.Int64),
        not_with_ipc_prefix=_prefix(not_with, CONDITION),
        unless_with_ipc_prefix=pl.when(~is_exception).then(_prefix(unless_with, CONDITION)),
        except_ipc_prefix=pl.when(is_exception).then(
            _prefix(unless_with.str.strip_prefix(EXCEPT), CONDITION)
        ),
        not_with_ipc_raw=not_with,
        unless_with_ipc_raw=unless_with,
    )
    cleaned = rows.with_columns(
        weight=1 / pl.len().over("ipc_prefix"),
        is_repeated=pl.int_range(pl.len()).over("nace_code", "ipc_prefix") > 0,
    )
    unread_condition = (
        pl.col("not_with_ipc_raw").is_not_null() & pl.col("not_with_ipc_prefix").is_null()
    ) | (
        pl.col("unless_with_ipc_raw").is_not_null()
        & pl.col("unless_with_ipc_prefix").is_null()
        & pl.col("except_ipc_prefix").is_null()
    )
    condition = pl.concat_str(
        "not_with_ipc_raw", "unless_with_ipc_raw", separator="; ", ignore_nulls=True
    )
    return refuse(cleaned, unread_condition, "unreadable_condition", condition)


def _spaced(text: pl.Expr) -> pl.Expr:
    """Return a CPC symbol with one space after its subclass; null if it is none.

    >>> rows = pl.DataFrame({"s": ["A01L1/02", "A01L", "A01", "Y", "A01L1"]})
    >>> rows.select(_spaced(pl.col("s")))["s"].to_list()
    ['A01L 1/02', 'A01L', 'A01', 'Y', None]
    """
    group = text.str.extract(CPC_SYMBOL, 2)
    head = text.str.extract(CPC_SYMBOL, 1)
    return pl.when(group.is_null()).then(head).otherwise(pl.format("{} {}", head, group))


def clean_cpc_symbols(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per item of the scheme."""
    symbol, concordant = filled("symbol"), filled("ipc-concordant")
    cleaned = rows.select(
        "_record_number",
        "title",
        "status",
        classification_symbol=_spaced(symbol),
        classification_symbol_raw=symbol,
        section_code=symbol.str.slice(0, 1),
        subclass_code=symbol.str.extract(r"^([A-HY]\d{2}[A-Z])"),
        classification_level=pl.col("level").cast(pl.Int64, strict=False),
        parent_symbol=_spaced(filled("parent")),
        reference_raw=filled("reference"),
        is_allocatable=~_flag("not-allocatable"),
        is_additional_only=_flag("additional-only"),
        ipc_symbol=_spaced(concordant),
        ipc_concordant_raw=concordant,
        has_definition=_flag("definition-exists"),
        revised_date=_day("date-revised"),
        scheme_date=_day("scheme_date"),
    ).with_columns(title=filled("title"))
    unreadable = pl.col("classification_symbol").is_null()
    return refuse(cleaned, unreadable, "unreadable_symbol", pl.col("classification_symbol_raw"))


def _day(name: str) -> pl.Expr:
    return filled(name).str.to_date("%Y-%m-%d", strict=False)


def _flag(name: str) -> pl.Expr:
    return pl.col(name).replace_strict(
        {"true": True, "false": False}, default=None, return_dtype=pl.Boolean
    )


def clean_ipc_symbols(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per symbol; one that is its own ancestor has no parent."""
    raw, ancestor = pl.col("ipc_code"), filled("ancestor")
    subclass = raw.str.extract(IPC_SYMBOL, 1)
    group, subgroup = raw.str.extract(IPC_SYMBOL, 2), raw.str.extract(IPC_SYMBOL, 3)
    whole = pl.format("{} {}/{}", subclass, group, subgroup)
    # The subgroup is filled up with noughts on the right, and has two digits at least.
    above = pl.format(
        "{} {}/{}",
        ancestor.str.extract(ANCESTOR, 1),
        ancestor.str.extract(ANCESTOR, 2).cast(pl.Int64),
        ancestor.str.extract(ANCESTOR, 3).str.strip_chars_end("0").str.pad_end(2, "0"),
    )
    cleaned = rows.select(
        "_record_number",
        classification_symbol=pl.when(group.is_null()).then(subclass).otherwise(whole),
        classification_symbol_raw=raw,
        section_code=subclass.str.slice(0, 1),
        subclass_code=subclass,
        main_group_number=group.cast(pl.Int64),
        parent_symbol=above,
        parent_symbol_raw=ancestor,
        is_main_group=(subgroup == "00").fill_null(value=False),
        ipc_version=filled("ipc_version"),
    ).with_columns(
        parent_symbol=pl.when(pl.col("parent_symbol") != pl.col("classification_symbol")).then(
            "parent_symbol"
        )
    )
    unreadable = pl.col("classification_symbol").is_null()
    return refuse(cleaned, unreadable, "unreadable_symbol", pl.col("classification_symbol_raw"))


CLEAN: dict[str, Clean] = {
    "ipc_fields": clean_fields,
    "ipc_industries": clean_industries,
    "cpc_symbols": must_read(clean_cpc_symbols, _day, "date-revised", "scheme_date"),
    "ipc_symbols": clean_ipc_symbols,
}

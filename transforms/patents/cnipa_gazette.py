"""Cleans the CNIPA gazette: numbers, dates, addresses, names and classification symbols."""

from __future__ import annotations

import polars as pl

from transforms.regions import with_address_parts
from transforms.schema import Clean, refuse

RIGHT_TYPES = {
    "A": "patent_invention",
    "B": "patent_invention",
    "U": "utility_model",
    "S": "design",
}
PUBLICATION_NUMBER = r"^CN\d{7,9}[A-Z]\d?$"
APPLICATION_NUMBER = r"^(?:19|20)\d{10}[\dX]$"
CHECK_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
# One pattern for both takes twice as long: its branches keep the engine from its one-pass way.
IPC = r"^([A-HY])(\d{2}[A-Z])\s*(\d{1,4}/\d{2,6})\s*(?:\((\d{4}\.\d{2})\))?\s*([IN])?$"
LOCARNO = r"^(\d{2}-\d{2})\s*(?:\((\d{1,2})\))?$"


def check_digit_holds(number: pl.Expr) -> pl.Expr:
    """Return whether a CN application number's check digit holds.

    Weights 2 to 9, again from 2, over the first twelve digits; the sum modulo 11, where
    ten is X (checked on 202311352019.8 and others in the tests).

    >>> numbers = pl.DataFrame({"n": ["2023113520198", "2023113520197", None]})
    >>> numbers.select(check_digit_holds(pl.col("n")))["n"].to_list()
    [True, False, None]
    """
    serial = number.str.slice(0, 12).cast(pl.Int64, strict=False)
    weighted = [serial // 10 ** (11 - at) % 10 * weight for at, weight in enumerate(CHECK_WEIGHTS)]
    written = number.str.slice(12, 1)
    expected = pl.when(written == "X").then(10).otherwise(written.cast(pl.Int64, strict=False))
    return pl.sum_horizontal(weighted, ignore_nulls=False) % 11 == expected


def clean_announcements(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per announcement, its kind refused if the gazette has no such."""
    number = pl.col("authorization_notice_id").str.strip_chars()
    raw = pl.col("filing_id").str.strip_chars()
    kind = number.str.extract(r"([A-Z]\d?)$")
    rows = rows.with_columns(
        publication_number=pl.when(number.str.contains(PUBLICATION_NUMBER)).then(number),
        kind_code=kind,
        right_type=kind.replace_strict(RIGHT_TYPES, default=None, return_dtype=pl.String),
        office_code=pl.lit("CN"),
        publication_date=_day("authorized_announcement_date"),
        filing_date_=_day("filing_date"),
        application_number=pl.when(raw.str.contains(APPLICATION_NUMBER)).then(raw),
        application_number_raw=pl.col("filing_id"),
        is_application_number_damaged=raw.str.contains("E+", literal=True),
        title=pl.col("name").str.strip_chars(),
        item_number=pl.col("item").cast(pl.Int64, strict=False),
        address_raw=pl.when(pl.col("address") != "").then(pl.col("address")),
    )
    rows = rows.with_columns(
        filing_date=pl.col("filing_date_"),
        is_check_digit_valid=check_digit_holds(pl.col("application_number")),
    )
    unknown = pl.col("right_type").is_null()
    rows = with_address_parts(rows, "address")
    return refuse(rows, unknown, "unknown_kind_code", pl.format("kind_code={}", kind))


def _day(name: str) -> pl.Expr:
    return pl.col(name).str.strip_chars().str.to_date("%Y.%m.%d", strict=False)


def clean_parties(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per named party; an application has applicants, a grant patentees."""
    number = pl.col("authorization_notice_id").str.strip_chars()
    role = (
        pl.when("is_inventor")
        .then(pl.lit("inventor"))
        .when(number.str.ends_with("A"))
        .then(pl.lit("applicant"))
        .otherwise(pl.lit("patentee"))
    )
    return rows.with_columns(
        publication_number=number,
        party_role=role,
        party_name=pl.col("party").str.strip_chars(" ;\u3000\u2002"),
        party_name_raw=pl.col("party"),
    )


def clean_classifications(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per symbol; text that is neither IPC nor Locarno is refused."""
    text = pl.col("classification").str.strip_chars(" ;\u3000\u2002")
    rows = rows.with_columns(
        _ipc=text.str.extract_groups(IPC), _locarno=text.str.extract_groups(LOCARNO)
    )
    field, locarno = pl.col("_ipc").struct.field, pl.col("_locarno").struct.field
    is_ipc, is_locarno = field("1").is_not_null(), locarno("1").is_not_null()
    symbol = pl.concat_str(field("1"), field("2"), pl.lit(" "), field("3"))
    rows = rows.with_columns(
        publication_number=pl.col("authorization_notice_id").str.strip_chars(),
        classification_scheme=pl.when(is_ipc)
        .then(pl.lit("IPC"))
        .when(is_locarno)
        .then(pl.lit("LOCARNO")),
        classification_symbol=pl.when(is_ipc).then(symbol).otherwise(locarno("1")),
        section_code=field("1"),
        edition=pl.when(is_ipc).then(field("4")).otherwise(locarno("2")),
        is_additional=field("5") == "N",
        classification_raw=pl.col("classification"),
    )
    return refuse(rows, ~(is_ipc | is_locarno), "unreadable_classification", text)


CLEAN: dict[str, Clean] = {
    "announcements": clean_announcements,
    "announcement_parties": clean_parties,
    "announcement_classifications": clean_classifications,
}

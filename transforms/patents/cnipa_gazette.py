"""Cleans the CNIPA gazette: numbers, dates, addresses, names and classification symbols."""

from __future__ import annotations

import polars as pl

from transforms.patent_numbers import cn_check_digit
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
# One pattern for both takes twice as long: its branches keep the engine from its one-pass way.
IPC = r"^([A-HY])(\d{2}[A-Z])\s*(\d{1,4}/\d{2,6})\s*(?:\((\d{4}\.\d{2})\))?\s*([IN])?$"
LOCARNO = r"^(\d{2}-\d{2})\s*(?:\((\d{1,2})\))?$"


def clean_announcements(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per announcement, its kind refused if the gazette has no such."""
    # Step by step: an expression of expressions would work the same text out several times.
    rows = rows.with_columns(
        _number=pl.col("authorization_notice_id").str.strip_chars(),
        _application=pl.col("filing_id").str.strip_chars(),
    )
    number, application = pl.col("_number"), pl.col("_application")
    rows = rows.with_columns(
        kind_code=number.str.extract(r"[A-Z]\d?$", 0),
        application_number=pl.when(application.str.contains(APPLICATION_NUMBER)).then(application),
    )
    kind, sound = pl.col("kind_code"), pl.col("application_number")
    rows = rows.with_columns(
        publication_number=pl.when(number.str.contains(PUBLICATION_NUMBER)).then(number),
        right_type=kind.replace_strict(RIGHT_TYPES, default=None, return_dtype=pl.String),
        office_code=pl.lit("CN"),
        publication_date=_day("authorized_announcement_date"),
        filing_date=_day("filing_date"),
        application_number_raw=pl.col("filing_id"),
        is_application_number_damaged=application.str.contains("E+", literal=True),
        is_check_digit_valid=sound.str.tail(1) == cn_check_digit(sound.str.head(12)),
        title=pl.col("name").str.strip_chars(),
        item_number=pl.col("item").cast(pl.Int64, strict=False),
        address_raw=pl.when(pl.col("address") != "").then(pl.col("address")),
    )
    rows = with_address_parts(rows, "address")
    unknown = pl.col("right_type").is_null()
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
    rows = rows.with_columns(_text=pl.col("classification").str.strip_chars(" ;\u3000\u2002"))
    text = pl.col("_text")
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

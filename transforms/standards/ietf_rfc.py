"""Cleans the RFC Editor's index: numbers without their zeros, days, states."""

from __future__ import annotations

import polars as pl

from transforms.designators import designator_parts
from transforms.schema import Clean, refuse

MONTHS = {
    "January": "01", "February": "02", "March": "03", "April": "04", "May": "05", "June": "06",
    "July": "07", "August": "08", "September": "09", "October": "10", "November": "11",
    "December": "12",
}  # fmt: skip
# Under `wg_acronym` stands this text where there is no group.
NO_GROUP = "NON WORKING GROUP"


def clean_rfcs(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per RFC; most are dated to the month."""
    month = pl.col("month").replace_strict(MONTHS, default=None, return_dtype=pl.String)
    day = pl.concat_str(pl.col("year"), month, pl.col("day").str.zfill(2), separator="-")
    cleaned = rows.select(
        "_record_number",
        "author_count",
        "editor_count",
        "page_count",
        "keywords",
        "errata_url",
        rfc_number=_number(pl.col("doc_id")),
        designator=_designator(pl.col("doc_id")),
        rfc_id=pl.col("doc_id"),
        title="title",
        publication_date=day.str.to_date("%Y-%m-%d", strict=False),
        publication_month=month.cast(pl.Int64),
        publication_year=pl.col("year").cast(pl.Int64, strict=False),
        publication_date_raw=pl.concat_str(
            pl.col("day"), pl.col("month"), pl.col("year"), separator=" ", ignore_nulls=True
        ),
        current_status=pl.col("current_status").str.to_lowercase(),
        publication_status=pl.col("publication_status").str.to_lowercase(),
        stream_name=pl.col("stream"),
        ietf_area_code=pl.col("area"),
        working_group=pl.when(pl.col("working_group") != NO_GROUP).then("working_group"),
        file_formats="formats",
        draft_name="draft",
        doi=pl.col("doi").str.to_lowercase(),
        note="notes",
        _is_month_unknown=pl.col("month").is_not_null() & month.is_null(),
    )
    unknown = pl.col("_is_month_unknown")
    return refuse(cleaned, unknown, "unknown_month", pl.format("date={}", "publication_date_raw"))


def clean_relations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per document that an RFC relates to."""
    other = pl.col("other_doc_id")
    return rows.select(
        "_record_number",
        "sequence_number",
        rfc_number=_number(pl.col("doc_id")),
        relation_type=pl.col("relation").str.replace_all("-", "_", literal=True),
        other_series=other.str.extract(r"^([A-Z]+)\d"),
        other_number=_number(other),
        other_designator=_designator(other),
        other_designator_raw=other,
    )


def _number(doc_id: pl.Expr) -> pl.Expr:
    return doc_id.str.extract(r"^[A-Z]+(\d+)$").cast(pl.Int64)


def _designator(doc_id: pl.Expr) -> pl.Expr:
    """Return `RFC 8174` for RFC8174, and `BCP 14` for BCP0014, which is a series of RFCs."""
    parts = doc_id.str.extract_groups(r"^([A-Z]+)0*(\d+)$").struct
    series = pl.concat_str(parts.field("1"), parts.field("2"), separator=" ")
    return pl.coalesce(designator_parts(doc_id).struct.field("designator"), series)


CLEAN: dict[str, Clean] = {"rfcs": clean_rfcs, "rfc_relations": clean_relations}

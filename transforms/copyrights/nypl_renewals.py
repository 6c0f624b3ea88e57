"""Cleans NYPL's renewals: numbers, days, claimants and what their claim is based on."""

from __future__ import annotations

import polars as pl

from transforms.catalog_entries import number
from transforms.schema import Clean, refuse
from transforms.texts import filled

# Names as catalogues put them: capitals with a comma, up to the first period and a blank that
# follow at least two capitals, so that initials do not end it.
HEADING = r"^([A-Z][A-Z'\- &.]+, [A-Z][^a-z]*?[A-Z]{2,}[^a-z]*?)\. "


def clean_renewals(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per line; a line without the entry's id is refused."""
    registration = number("oreg")
    cleaned = rows.select(
        "_record_number",
        entry_id=filled("entry_id"),
        renewal_number=number("id"),
        renewal_number_raw=filled("id"),
        renewal_date=pl.col("rdat").str.to_date(strict=False),
        renewal_date_raw=filled("rdat"),
        registration_number=registration,
        registration_number_raw=filled("oreg"),
        registration_date=pl.col("odat").str.to_date(strict=False),
        registration_date_raw=filled("odat"),
        class_code=registration.str.extract(r"^([A-Z]+)"),
        author_name=filled("author"),
        heading_name=pl.col("title").str.extract(HEADING),
        title=filled("title"),
        claimants_raw=filled("claimants"),
        volume_number=filled("volume"),
        part_number=filled("part"),
        issue_number=filled("number"),
        page_number=filled("page"),
        new_matter=filled("new_matter"),
        see_also_renewals=filled("see_also_ren"),
        see_also_registrations=filled("see_also_reg"),
        note=filled("notes"),
    )
    return refuse(
        cleaned, pl.col("entry_id").is_null(), "missing_field", pl.lit("entry_id is empty")
    )


def clean_claimants(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per claimant; the last part behind a bar says what the claim is based on."""
    parts = pl.col("claimant").str.strip_chars("| ").str.split("|")
    has_basis = parts.list.len() > 1
    basis = pl.when(has_basis).then(parts.list.last().str.strip_chars())
    return rows.select(
        "_record_number",
        "entry_id",
        "sequence_number",
        party_role=pl.lit("claimant"),
        party_name=parts.list.first().str.strip_chars(),
        party_name_raw=pl.col("claimant"),
        claim_basis=basis,
        is_proprietor=basis.str.contains(r"^P[A-Z]{1,2}$").fill_null(value=False),
    )


CLEAN: dict[str, Clean] = {
    "renewals": clean_renewals,
    "renewal_claimants": clean_claimants,
}

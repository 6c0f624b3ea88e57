"""Cleans USPTO file wrappers: numbers, days, names, places and classification symbols."""

from __future__ import annotations

import polars as pl

from transforms.patent_numbers import publication_number
from transforms.schema import Clean, must_read, refuse
from transforms.texts import on_one_line as text
from transforms.uspto_odp import (
    application_number,
    classification_symbol,
    day,
    document_number,
    office_code,
)

FLAGS = {"Y": True, "N": False}


def clean_wrappers(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per application; one without a readable number is refused."""
    return _with_number(rows).with_columns(
        filing_date=day("filing_date"),
        effective_filing_date=day("effective_filing_date"),
        application_type_code=text("type_code"),
        application_type_name=text("type_name"),
        application_category=text("type_category"),
        title=text("title"),
        status_code=pl.col("status_code").cast(pl.String),
        status_name=text("status_name"),
        status_date=day("status_date"),
        document_number=document_number("patent_number"),
        patent_number_raw=text("patent_number"),
        grant_date=day("grant_date"),
        publication_number=publication_number(text("publication_number"), pl.lit("US")),
        publication_number_raw=text("publication_number"),
        publication_date=day("publication_date"),
        pct_publication_number=text("pct_publication_number"),
        pct_publication_date=day("pct_publication_date"),
        hague_registration_number=text("hague_number"),
        hague_publication_date=day("hague_date"),
        is_first_inventor_to_file=text("first_inventor_to_file").replace_strict(
            FLAGS, default=None, return_dtype=pl.Boolean
        ),
        entity_status=text("entity_category"),
        art_unit_code=text("art_unit"),
        uspc_symbol=text("uspc_symbol"),
        confirmation_number=pl.col("confirmation_number").cast(pl.String),
        customer_number=pl.col("customer_number").cast(pl.String),
        first_applicant_name=text("first_applicant"),
        first_inventor_name=text("first_inventor"),
        term_adjustment_days=pl.col("adjustment_days"),
        grant_archive_name=text("grant_zip"),
        grant_file_name=text("grant_xml"),
        publication_archive_name=text("publication_zip"),
        publication_file_name=text("publication_xml"),
        ingested_date=day("ingested"),
    )


def clean_events(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per event."""
    return _with_number(rows).with_columns(
        event_code=text("code"), event_name=text("description"), event_date=day("date")
    )


def clean_continuity(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per link between a parent and a child."""
    return _with_number(rows).with_columns(
        relation_direction=pl.col("direction"),
        parentage_type_code=text("type_code"),
        parentage_type_name=text("type_name"),
        parent_application_number=application_number("parent_number"),
        parent_application_number_raw=text("parent_number"),
        child_application_number=application_number("child_number"),
        child_application_number_raw=text("child_number"),
        related_filing_date=day("related_filing_date"),
        related_status_code=pl.col("related_status_code").cast(pl.String),
        related_status_name=text("related_status_name"),
        related_document_number=document_number("related_patent_number"),
    )


def clean_priorities(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per foreign priority."""
    return _with_number(rows).with_columns(
        priority_country_code=office_code("office"),
        priority_office_name=text("office"),
        priority_application_number=text("number").str.replace_all(r"\s", ""),
        priority_application_number_raw=text("number"),
        priority_date=day("date"),
    )


def clean_assignments(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per assignment recorded against an application."""
    return _with_reel_frame(_with_number(rows)).with_columns(
        conveyance_text=text("conveyance"),
        received_date=day("received_date"),
        recorded_date=day("recorded_date"),
        mailed_date=day("mailed_date"),
        page_count=pl.col("pages"),
    )


def clean_assignment_parties(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per assignor or assignee; the country shows in code, name or state."""
    region = text("region_code")
    # Foreign places have their country's code and an X for a state, as in KRX.
    abroad = region.str.extract(r"^([A-Z]{2})X$")
    at_home = pl.when(region.str.contains(r"^[A-Z]{2}$")).then(pl.lit("US"))
    country = pl.coalesce(text("country"), office_code("country_name"), abroad, at_home)
    return _with_reel_frame(_with_number(rows)).with_columns(
        party_role=pl.col("role"),
        party_name=text("name"),
        party_name_raw=pl.col("name"),
        execution_date=day("execution_date"),
        address_raw=text("street"),
        city_name=text("city"),
        region_code=region,
        postcode=text("postcode"),
        country_code=country,
        country_raw=text("country_name"),
    )


def clean_parties(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per applicant or inventor."""
    last = text("last_name")
    first = pl.concat_str(
        [text("first_name"), text("middle_name")], separator=" ", ignore_nulls=True
    )
    full_last = pl.concat_str([last, text("name_suffix")], separator=" ", ignore_nulls=True)
    return _with_number(rows).with_columns(
        party_role=pl.col("role"),
        party_name=text("name"),
        party_name_raw=pl.col("name"),
        # Reexaminations name companies in the fields of persons.
        is_organisation=(pl.col("role") == "applicant") & last.is_null(),
        last_name=pl.when(last.is_not_null()).then(full_last),
        first_name=pl.when(first != "").then(first),
        city_name=text("city"),
        region_code=text("region_code"),
        country_code=text("country"),
    )


def clean_classifications(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per symbol; what can't be read as one stays as raw text only."""
    symbol = classification_symbol("symbol")
    return _with_number(rows).with_columns(
        classification_scheme=pl.lit("CPC"),
        classification_symbol=symbol,
        section_code=symbol.str.slice(0, 1),
        classification_raw=text("symbol"),
    )


def _with_number(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add the application's number; a row whose number can't be read is refused."""
    rows = rows.with_columns(
        application_number=application_number("application_number"),
        application_number_raw=text("application_number"),
    )
    unreadable = pl.col("application_number").is_null()
    return refuse(
        rows, unreadable, "unreadable_number", pl.col("application_number_raw").fill_null("")
    )


def _with_reel_frame(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add reel and frame as the office prints them: six and four digits."""
    parts = text("reel_frame").str.extract_groups(r"^0*(\d+)/0*(\d+)$").struct.field
    reel = pl.coalesce(parts("1"), pl.col("reel").cast(pl.String)).str.zfill(6)
    frame = pl.coalesce(parts("2"), pl.col("frame").cast(pl.String)).str.zfill(4)
    return rows.with_columns(reel_frame=pl.concat_str(reel, pl.lit("/"), frame))


CLEAN: dict[str, Clean] = {
    "file_wrappers": must_read(
        clean_wrappers,
        day,
        "filing_date",
        "effective_filing_date",
        "status_date",
        "grant_date",
        "publication_date",
        "pct_publication_date",
        "hague_date",
        "ingested",
    ),
    "wrapper_events": must_read(clean_events, day, "date"),
    "wrapper_continuity": must_read(clean_continuity, day, "related_filing_date"),
    "wrapper_priorities": must_read(clean_priorities, day, "date"),
    "wrapper_assignments": must_read(
        clean_assignments, day, "received_date", "recorded_date", "mailed_date"
    ),
    "wrapper_assignment_parties": must_read(clean_assignment_parties, day, "execution_date"),
    "wrapper_parties": clean_parties,
    "wrapper_classifications": clean_classifications,
}

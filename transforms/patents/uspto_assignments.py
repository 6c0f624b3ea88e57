"""Cleans USPTO assignments: reel and frame, days in three spellings, numbers and countries."""

from __future__ import annotations

import polars as pl

from iplake.identifiers.countries import ENGLISH
from transforms.schema import Clean, must_read, refuse
from transforms.us_documents import application_number_of, document_number_of, line_of, text_of

# The first that is found in the text counts: a release of a security interest is a release.
CONVEYANCES = {
    "corrective": r"CORRECT",
    "release": r"RELEASE|TERMINATION|SATISFACTION|DISCHARGE",
    "security_interest": r"SECURITY|MORTGAGE|\bLIEN\b|PLEDGE|COLLATERAL",
    "merger": r"MERGER",
    "change_of_name": r"CHANGE OF NAME|NAME CHANGE",
    "license": r"LICEN[CS]E",
    "assignment": r"ASSIGN|NUNC PRO TUNC",
}
DAYS = ("%Y%m%d", "%m/%d/%Y", "%Y-%m-%d")
FLAGS = {"Y": True, "N": False}


def clean_assignments(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per assignment; refused without reel and frame in digits."""
    flag = text_of("purge_indicator")
    rows = with_reel_frame(rows).with_columns(
        reel_number=_count("reel"),
        frame_number=_count("frame"),
        recorded_date=day_of("recorded_date"),
        updated_date=day_of("last_update_date"),
        conveyance_text=line_of("conveyance_text"),
        conveyance_type=conveyance_type(line_of("conveyance_text")),
        is_purged=flag.replace_strict(FLAGS, default=None, return_dtype=pl.Boolean),
        page_count=_count("page_count"),
        properties_count=_count("properties_count"),
        docket_number=line_of("docket_number"),
        correspondent_name=line_of("correspondent_name"),
        correspondent_address_raw=line_of("correspondent_address"),
    )
    rows = refuse(
        rows,
        pl.col("reel_frame").is_null(),
        "wrong_type",
        pl.format("reel={} frame={}", pl.col("reel"), pl.col("frame")),
    )
    unknown = flag.is_not_null() & pl.col("is_purged").is_null()
    return refuse(rows, unknown, "unknown_category", pl.format("purge_indicator={}", flag))


def clean_parties(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per assignor or assignee."""
    country = line_of("country").str.to_uppercase()
    state = line_of("state")
    return with_reel_frame(rows).with_columns(
        party_role=pl.col("role"),
        party_name=line_of("name"),
        name_type=text_of("name_type"),
        execution_date=day_of("execution_date"),
        acknowledged_date=day_of("acknowledged_date"),
        address_raw=line_of("address"),
        city_name=line_of("city"),
        state_name=state,
        postcode=text_of("postcode"),
        country_raw=line_of("country"),
        # The office names no country where it is its own.
        country_code=pl.when(country.is_not_null())
        .then(country.replace_strict(ENGLISH, default=None, return_dtype=pl.String))
        .when(state.is_not_null())
        .then(pl.lit("US")),
    )


def clean_properties(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per property, with the numbers it has as application, publication, grant."""
    application = text_of("application_number")
    # Without the zero in front of a series code below ten.
    whole = pl.when(application.str.contains(r"^\d{7}$")).then(application.str.zfill(8))
    patent, publication = text_of("patent_number"), text_of("publication_number")
    us = pl.lit("US")
    return with_reel_frame(rows).with_columns(
        property_number=_count("property_number"),
        application_number=application_number_of(pl.coalesce(whole, application)),
        application_number_raw=application,
        filing_date=day_of("filing_date"),
        granted_document_number=document_number_of(us, patent),
        granted_number_raw=patent,
        granted_kind_code=text_of("patent_kind"),
        grant_date=day_of("issue_date"),
        published_document_number=document_number_of(us, publication),
        published_number_raw=publication,
        published_kind_code=text_of("publication_kind"),
        publication_date=day_of("publication_date"),
        pct_application_number=text_of("pct_number"),
        registration_number=text_of("registration_number"),
        international_publication_date=day_of("international_publication_date"),
        title=line_of("title"),
        inventors_raw=line_of("inventors"),
    )


def with_reel_frame(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add reel and frame in one written form, reels of six digits and frames of four.

    >>> with_reel_frame(pl.LazyFrame({"reel": ["18247", "x"], "frame": ["405", "1"]})).select(
    ...     "reel_frame"
    ... ).collect().to_series().to_list()
    ['018247/0405', None]
    """
    reel, frame = pl.col("reel").str.strip_chars(), pl.col("frame").str.strip_chars()
    are_numbers = reel.str.contains(r"^\d{1,6}$") & frame.str.contains(r"^\d{1,4}$")
    written = pl.concat_str(reel.str.zfill(6), pl.lit("/"), frame.str.zfill(4))
    return rows.with_columns(reel_frame=pl.when(are_numbers).then(written))


def conveyance_type(text: pl.Expr) -> pl.Expr:
    """Return what kind of conveyance a text tells of, `other` where none is known.

    >>> rows = pl.DataFrame({"t": ["RELEASE BY SECURED PARTY", "COURT ORDER", None]})
    >>> rows.select(conveyance_type(pl.col("t"))).to_series().to_list()
    ['release', 'other', None]
    """
    upper = text.str.to_uppercase()
    kinds = [
        pl.when(upper.str.contains(pattern)).then(pl.lit(kind))
        for kind, pattern in CONVEYANCES.items()
    ]
    return pl.when(text.is_not_null()).then(pl.coalesce(*kinds, pl.lit("other")))


def day_of(name: str) -> pl.Expr:
    """Return a day; the first year stands for no day."""
    day = _written(name)
    return pl.when(day.dt.year() > 1).then(day)


def _written(name: str) -> pl.Expr:
    """Return the day that stands there, however a format writes it."""
    text = pl.col(name).str.strip_chars().str.slice(0, 10)
    return pl.coalesce(text.str.to_date(written, strict=False) for written in DAYS)


def _count(name: str) -> pl.Expr:
    return pl.col(name).str.strip_chars().cast(pl.Int64, strict=False)


CLEAN: dict[str, Clean] = {
    "assignments": must_read(clean_assignments, _written, "recorded_date", "last_update_date"),
    "assignment_parties": must_read(clean_parties, _written, "execution_date", "acknowledged_date"),
    "assignment_properties": must_read(
        clean_properties,
        _written,
        "filing_date",
        "issue_date",
        "publication_date",
        "international_publication_date",
    ),
}

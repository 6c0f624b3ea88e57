"""Cleans Relaton: canonical designators beside the bodies' own, days where they are whole."""

from __future__ import annotations

import polars as pl

from transforms.designators import designator_parts
from transforms.schema import Clean

# A supplement's own year is the last: ISO/IEC 27001:2022/Amd 1:2024, ITU-T H.264 (08/2021),
# IEEE 802.11-2020, W3C REC-webrtc-20230301, ETSI TS 136 300 V12.4.0 (2015-02).
LAST_YEAR = r"[:(/-]((?:19|20)\d{2})(?:-?\d{2}){0,2}\)?$"


def clean_documents(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per document; days may be a year or a month only."""
    found = designator_parts(pl.col("reference")).struct
    published = pl.col("published")
    has_substage = pl.col("substage").is_not_null()
    rows = rows.with_columns(
        designator=found.field("designator"),
        designator_undated=found.field("undated"),
        _version=found.field("version"),
    )
    return rows.select(
        "_record_number",
        "schema_version",
        "edition",
        "url",
        "person_count",
        "designator",
        "designator_undated",
        "radio_technology",
        "title_fr",
        document_key="key",
        index_entry_number="entry_number",
        record_form="form",
        body_code="body",
        relaton_id="id",
        designator_raw="reference",
        index_identifier_raw="index_id",
        repository_path="place",
        document_type="document_type",
        title=pl.col("title").str.strip_chars(),
        publication_date=_whole_day(published),
        publication_year=pl.coalesce(
            published.str.extract(r"^(\d{4})"), pl.col("reference").str.extract(LAST_YEAR)
        ).cast(pl.Int64),
        publication_date_raw=published,
        issue_date=_whole_day(pl.col("issued")),
        version=pl.coalesce("version", "_version"),
        # 3GPP TS 36.300:REL-12/12.4.0
        release_name=pl.when(pl.col("body") == "3GPP").then(
            pl.col("reference").str.extract(r":([^/]+)/[\d.]+$")
        ),
        # ISO's stages are numbers; the others say it in a word.
        stage_code=pl.when(has_substage).then(
            pl.concat_str(pl.col("stage"), pl.lit("."), pl.col("substage"))
        ),
        status_raw=pl.when(~has_substage).then("stage"),
        ics_codes="ics",
        keywords="keywords",
        language_codes="languages",
    )


def _whole_day(text: pl.Expr) -> pl.Expr:
    return text.str.to_date("%Y-%m-%d", strict=False)


def clean_identifiers(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per identifier of a document."""
    return rows.select(
        "_record_number",
        "sequence_number",
        "is_primary",
        document_key="key",
        identifier_scheme="scheme",
        identifier_scope="scope",
        identifier=pl.col("identifier").str.strip_chars(),
        designator=designator_parts(pl.col("identifier")).struct.field("designator"),
    )


def clean_relations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per document that a document relates to."""
    found = designator_parts(pl.col("reference")).struct
    return rows.select(
        "_record_number",
        "sequence_number",
        document_key="key",
        relation_type="type",
        relation_note="description",
        other_designator=found.field("designator"),
        other_designator_raw="reference",
        other_body_code="scheme",
    )


def clean_contributors(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per role of an organisation, an affiliation or a committee."""
    return rows.select(
        "_record_number",
        "sequence_number",
        "role",
        document_key="key",
        contributor_kind="kind",
        organisation_name=pl.col("organisation").str.strip_chars(),
        organisation_abbreviation="abbreviation",
        committee_name=pl.col("committee").str.strip_chars(),
    )


CLEAN: dict[str, Clean] = {
    "documents": clean_documents,
    "document_identifiers": clean_identifiers,
    "document_relations": clean_relations,
    "document_contributors": clean_contributors,
}

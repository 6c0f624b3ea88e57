"""Cleans ETSI's export: flags, days, designators and publication numbers."""

from __future__ import annotations

import polars as pl

from transforms.patent_numbers import PUBLICATION, application_number, publication_number
from transforms.schema import Clean, must_read, refuse

FLAGS = {"1": True, "0": False, "Yes": True, "No": False, "YES": True, "NO": False}
FLAG_COLUMNS = {
    "is_proprietor": "DECL_IS_PROP_FLAG",
    "is_prepared_to_license": "LICD_DEC_PREP_TO_GRANT_FLAG",
    "is_reciprocity_asked": "LICD_REC_CONDI_FLAG",
    "is_declared_to_standard": "Ess_To_Standard",
    "is_declared_to_project": "Ess_To_Project",
    "is_explicitly_disclosed": "Explicitely_Disclosed",
    "is_normalised": "Normalized_Patent",
    "is_2g": "2G",
    "is_3g": "3G",
    "is_4g": "4G",
    "is_5g": "5G",
}
TEXT_COLUMNS = {
    "declaration_number": "IPRD_REFERENCE",
    "declarant_name": "COMP_LEGAL_NAME",
    "group_external_id": "DIPG_EXTERNAL_ID",
    "patent_kind": "Patent_Type",
    "country_raw": "Country_Of_Registration",
    "application_number_raw": "PATT_APPLICATION_NUMBER",
    "publication_numbers_raw": "PUBL_NUMBER",
    "priority_numbers_raw": "PBPA_PRIORITY_NUMBERS",
    "original_application_number": "Original_Application_Number",
    "original_publication_number": "Original_Publication_Number",
    "title": "PBPA_TITLEEN",
    "standard_raw": "Standard",
    "specification_version": "TGPV_VERSION",
    "work_item_reference": "WOIT_REFERENCE",
    "project_name": "ETPR_ACRONYM",
    "illustrative_part": "Illustrative_Part",
}
NUMBER_COLUMNS = {
    "declaration_id": "IPRD_ID",
    "group_id": "DIPG_ID",
    "group_number": "DIPG_DISPLAY_NUMBER",
    "family_id": "DIPG_PATF_ID",
    "project_id": "ETPR_ID",
}
DATE_COLUMNS = {
    "declaration_date": "IPRD_SIGNATURE_DATE",
    "reflected_date": "Reflected_Date",
    "application_date": "PBPA_APP_DATE",
}


def filled(name: str) -> pl.Expr:
    """Return a text column trimmed; copies of the export have -1 where a cell is empty."""
    text = pl.col(name).str.strip_chars()
    return pl.when(~text.is_in(["", "-1"])).then(text)


OFFICE = filled("Country_Of_Registration").str.extract(r"^([A-Z]{2})\b")


def clean_declarations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per line; a line with an unknown flag is refused."""
    known = pl.all_horizontal(
        pl.col(name).str.strip_chars().is_in([*FLAGS, "", "-1", "Error"])
        for name in FLAG_COLUMNS.values()
    )
    flags = {
        name: pl.col(raw).str.strip_chars().replace_strict(FLAGS, default=None)
        for name, raw in FLAG_COLUMNS.items()
    }
    deliverable = _designator("ETSI", "WI_Type", "WOIT_ETSI_DELIVERABLE_NUMBER")
    specification = _designator("3GPP", "3GPP_Type", "TGPP_NUMBER")
    cleaned = rows.select(
        "_record_number",
        **{name: filled(raw) for name, raw in TEXT_COLUMNS.items()},
        **{name: filled(raw).cast(pl.Int64, strict=False) for name, raw in NUMBER_COLUMNS.items()},
        **{name: _day(raw) for name, raw in DATE_COLUMNS.items()},
        **{name: flag.cast(pl.Boolean) for name, flag in flags.items()},
        declarant_name_raw=pl.col("COMP_LEGAL_NAME"),
        office_code=OFFICE,
        application_number=application_number(filled("PATT_APPLICATION_NUMBER")),
        publication_number=publication_number(
            filled("PUBL_NUMBER").str.split("|").list.first(), OFFICE
        ),
        standard_designator=pl.coalesce(deliverable, specification),
        standard_body=pl.coalesce(
            pl.when(deliverable.is_not_null()).then(pl.lit("ETSI")),
            pl.when(specification.is_not_null()).then(pl.lit("3GPP")),
        ),
        standard_number=pl.when(deliverable.is_not_null())
        .then(filled("WOIT_ETSI_DELIVERABLE_NUMBER"))
        .otherwise(filled("TGPP_NUMBER")),
        standard_version=pl.when(deliverable.is_not_null())
        .then(filled("WOIT_VERSION"))
        .when(specification.is_not_null())
        .then(filled("TGPV_VERSION")),
        specification_designator=specification,
        _has_known_flags=known,
    )
    unknown = ~pl.col("_has_known_flags")
    return refuse(cleaned, unknown, "unknown_flag", pl.lit("a flag is neither Yes, No nor Error"))


def _day(name: str) -> pl.Expr:
    # The export's own days have a time behind them.
    return filled(name).str.slice(0, 10).str.to_date(strict=False)


def _designator(body: str, kind: str, number: str) -> pl.Expr:
    parts = [pl.lit(body), filled(kind), filled(number)]
    return pl.concat_str(parts, separator=" ")


def clean_publications(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per publication number; where it has no office, the line's own stands."""
    number = publication_number(pl.col("number"), OFFICE)
    parts = number.str.extract_groups(PUBLICATION).struct
    cleaned = rows.select(
        "_record_number",
        "sequence_number",
        declaration_number=pl.col("IPRD_REFERENCE").str.strip_chars(),
        publication_number=number,
        publication_number_raw=pl.col("number").str.strip_chars(),
        office_code=parts.field("1"),
        kind_code=parts.field("3"),
    )
    unreadable = pl.col("publication_number").is_null()
    reason = "unreadable_publication_number"
    return refuse(cleaned, unreadable, reason, pl.col("publication_number_raw"))


CLEAN: dict[str, Clean] = {
    "declarations": must_read(clean_declarations, _day, *DATE_COLUMNS.values(), said=filled),
    "declared_publications": clean_publications,
}

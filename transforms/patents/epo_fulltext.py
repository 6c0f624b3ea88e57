"""Cleans European documents: numbers, days, names, places, classes and cited documents."""

from __future__ import annotations

import polars as pl

from transforms import patent_numbers
from transforms.schema import Clean

STATUSES = {"n": "new", "c": "corrected", "r": "replaced"}
DAYS = (
    "filing_date", "examination_request_date", "first_examination_report_date",
    "maintained_as_amended_date", "application_publication_date", "grant_date",
    "grant_intention_announced_date", "grant_intention_date", "amended_publication_date",
    "supplementary_search_report_date", "opposition_rejection_date",
    "opposition_termination_date", "pct_filing_date", "pct_publication_date",
    "search_report_publication_date",
)  # fmt: skip
# Before 2006: edition, section, class, subclass, group and part, as in `7C 07C 29/44 A`.
EARLY_SYMBOL = r"^\d? ?([A-H]) ?(\d{2})([A-Z]) ?(\d{1,4})/(\d{2,6})"
# Since 2006, ST.8: symbol, version, level, position, value, action date, status, source, office.
SYMBOL = (
    r"^([A-HY]\d{2}[A-Z]) ?(\d{1,4})/(\d{2,6}) +(\d{4})(\d{2})\d{2} ?[ACS]?([FL])([INA])(\d{8})"
    r"[BRVD][HMG]([A-Z]{2})"
)
# The kind of a document, and its number with blanks, slashes and hyphens in any place.
CITED = r"^([A-Z]{2}) ?-([A-Z]\d?) ?-+ ?(.+)$"
DEGREES = r",? +c/o .*$|, (?:Dr|Prof|Dipl|Ing|Ph)\b.*$"
# In front of the city (20459 Hamburg, CH-8001 Zürich, 1234 AB Delft), or behind it (OH 45865,
# Tokyo 108-0075, London EC1N 2DY, Laval H7W 4J1).
CODE_FIRST = r"^((?:[A-Z]{1,2} ?- ?)?\d{4,5}(?: [A-Z]{2})?)[ ,]+(\D.*)$"
CODE_LAST = (
    r"^(.*?\D)[ ,]+(\d{5,6}(?:-\d{4})?|\d{3}-\d{4}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}"
    r"|[A-Z]\d[A-Z] \d[A-Z]\d)$"
)


def clean_publications(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per document."""
    number = _document_number()
    return rows.with_columns(
        *(_day(name) for name in DAYS),
        publication_number=pl.concat_str(number, "kind"),
        document_number=number,
        publication_number_raw="number",
        kind_code="kind",
        corrected_kind_code="original_kind",
        correction_code="correction",
        office_code="office",
        right_type=pl.lit("patent_invention"),
        publication_date=_day("date"),
        bulletin_number="bulletin",
        document_status=pl.col("status").replace_strict(STATUSES, default=pl.col("status")),
        application_number=patent_numbers.ep_application_number(pl.col("application_number")),
        application_number_raw="application_number",
        is_check_digit_valid=patent_numbers.ep_check_digit_holds(pl.col("application_number")),
        filing_language_code=pl.col("filing_language").str.to_lowercase(),
        procedure_language_code=pl.col("procedure_language").str.to_lowercase(),
        publication_language_code=pl.col("publication_language").str.to_lowercase(),
        has_full_text=pl.col("has_description") | pl.col("claims_count").is_not_null(),
        is_published_by_wipo_only=pl.col("is_published_by_wipo_only").fill_null(value=False),
        pct_application_number=patent_numbers.pct_application_number(
            pl.col("pct_application_number")
        ),
        pct_application_number_raw="pct_application_number",
        pct_filing_language_code=pl.col("pct_filing_language").str.to_lowercase(),
        pct_publication_number=patent_numbers.wo_publication_number(
            pl.col("pct_publication_number")
        ),
        pct_publication_number_raw="pct_publication_number",
    )


def clean_parties(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per party; inventors' names are turned, `Smith, John, A.` to `John A. Smith`.

    Degrees and employers behind an inventor's name go. Whether another party is a person cannot
    be told from the comma: `Zimeno, Inc.` has one.
    """
    is_inventor = pl.col("role") == "inventor"
    whole = pl.coalesce("organisation", "name")
    parts = pl.col("name").str.replace(DEGREES, "").str.splitn(", ", 2).struct
    given = pl.coalesce("first_name", parts.field("field_1").str.replace_all(", ", " "))
    turned = pl.concat_str([given, parts.field("field_0")], separator=" ", ignore_nulls=True)
    raw = pl.concat_str(
        ["title", "first_name", whole, "department", "suffix"], separator=" ", ignore_nulls=True
    )
    city = pl.col("city")
    first, last = (city.str.extract_groups(each).struct for each in (CODE_FIRST, CODE_LAST))
    name = pl.coalesce(first.field("2"), last.field("1"), city).str.strip_chars(" ,")
    return rows.with_columns(
        publication_number=pl.concat_str(_document_number(), "kind"),
        party_role="role",
        party_name=_filled(
            pl.when(is_inventor & whole.is_not_null()).then(turned).otherwise(whole)
        ),
        party_name_raw=_filled(raw),
        is_organisation=pl.when(is_inventor)
        .then(pl.lit(value=False))
        .when(pl.col("organisation").is_not_null())
        .then(pl.lit(value=True)),
        last_name=pl.when(is_inventor).then(parts.field("field_0")),
        first_name=pl.when(is_inventor).then(given),
        epo_party_number="identifier",
        party_reference="reference",
        address_raw="street",
        city_raw="city",
        city_name=_filled(
            pl.concat_str([name, "county", "state"], separator=", ", ignore_nulls=True)
        ),
        postcode=pl.coalesce("postcode", first.field("1"), last.field("2")),
        country_code="country",
        residence_country_code="residence",
        nationality_code="nationality",
        state_codes="states",
        transfer_date=_day("transfer_date"),
        act_date=_day("act_date"),
        act_kind_code="act_kind",
    )


def clean_classifications(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per symbol, of fixed-width text whose blanks may have been lost."""
    raw, part = pl.col("raw"), pl.col("part")
    early = raw.str.extract_groups(EARLY_SYMBOL).struct.field
    late = raw.str.extract_groups(SYMBOL).struct.field
    symbol = pl.coalesce(
        pl.format("{} {}/{}", late("1"), late("2"), late("3")),
        pl.format("{} {}/{}", early("1") + early("2") + early("3"), early("4"), early("5")),
    )
    return rows.with_columns(
        publication_number=pl.concat_str(_document_number(), "kind"),
        classification_scheme="scheme",
        classification_symbol=symbol,
        section_code=symbol.str.slice(0, 1),
        is_main=part.eq_missing(pl.lit("B511")) | late("6").eq_missing(pl.lit("F")),
        is_inventive=pl.when(part.is_in(["B511", "B512"]) | (late("7") == "I"))
        .then(pl.lit(value=True))
        .when((part == "B513") | late("7").is_in(["N", "A"]))
        .then(pl.lit(value=False)),
        edition=pl.coalesce("edition", pl.format("{}.{}", late("4"), late("5"))),
        action_date=late("8").str.to_date("%Y%m%d", strict=False),
        generating_office_code=late("9"),
        classification_raw=raw,
    )


def clean_citations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per cited document; texts such as `US-A1- 2008 197 955` are read."""
    is_patent = pl.col("type") == "patent"
    read = pl.when(is_patent).then(pl.col("text")).str.extract_groups(CITED).struct.field
    country = pl.coalesce("cited_country", read("1"))
    kind = pl.coalesce("cited_kind", read("2"))
    written = pl.coalesce("cited_number", read("3")).str.replace_all(r"[\s/.,-]", "")
    is_application = pl.col("number_type").fill_null("") == "L"
    plain = pl.concat_str(country, written)
    number = pl.coalesce(
        pl.when(country == "WO").then(patent_numbers.wo_publication_number(plain)),
        patent_numbers.publication_number(plain + kind, country).str.strip_suffix(kind),
        plain,
    )
    document = pl.when(is_patent & ~is_application).then(number)
    structured = pl.concat_str(["cited_country", "cited_number", "cited_kind"], ignore_nulls=True)
    return rows.with_columns(
        publication_number=pl.concat_str(_document_number(), "kind"),
        citation_source="source",
        citation_type="type",
        cited_document_number=document,
        cited_publication_number=document + kind,
        cited_application_number=pl.when(is_application).then(plain),
        cited_country_code=country,
        cited_kind_code=kind,
        cited_date=_day("cited_date"),
        citation_category="category",
        relevant_claims="claims",
        citation_raw=pl.coalesce("text", _filled(structured)),
    )


def clean_priorities(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per priority; a P behind a US number says that it is provisional."""
    country = pl.col("priority_country")
    plain = pl.col("priority_number").str.replace(r" ?P$", "").str.replace_all(r"\s", "")
    own = patent_numbers.application_number(pl.concat_str(country, plain)).str.strip_prefix(country)
    number = (
        pl.when(country == "EP")
        .then(patent_numbers.ep_application_number(plain))
        .when(country.is_in(["CN", "US"]))
        .then(own)
        .otherwise(plain)
    )
    return rows.with_columns(
        publication_number=pl.concat_str(_document_number(), "kind"),
        priority_country_code="priority_country",
        priority_application_number=number,
        priority_application_number_raw="priority_number",
        is_check_digit_valid=pl.when(country == "EP").then(
            patent_numbers.ep_check_digit_holds(plain)
        ),
        priority_date=_day("priority_date"),
    )


def clean_states(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per state."""
    return rows.with_columns(
        publication_number=pl.concat_str(_document_number(), "kind"),
        state_code="state",
        designation_type="type",
        payment_date=_day("paid"),
        withdrawal_date=_day("withdrawn"),
        lapse_date=_day("lapsed"),
    )


def clean_relations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per related application."""
    published = pl.col("related_publication").str.strip_prefix("EP").str.zfill(7)
    return rows.with_columns(
        publication_number=pl.concat_str(_document_number(), "kind"),
        relation_type="type",
        related_role="role",
        related_application_number=patent_numbers.ep_application_number(
            pl.col("related_application")
        ),
        related_application_number_raw="related_application",
        related_document_number=pl.concat_str(pl.lit("EP"), published),
        related_date=_day("related_date"),
    )


def _document_number() -> pl.Expr:
    """Return office and number; European numbers have seven digits, with zeros in front."""
    number = pl.col("number").str.replace_all(r"\s", "")
    return pl.concat_str("office", number.str.zfill(7))


def _day(name: str) -> pl.Expr:
    return pl.col(name).str.to_date("%Y%m%d", strict=False)


def _filled(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.strip_chars() != "").then(text)


CLEAN: dict[str, Clean] = {
    "publications": clean_publications,
    "publication_parties": clean_parties,
    "publication_classifications": clean_classifications,
    "publication_citations": clean_citations,
    "publication_priorities": clean_priorities,
    "designated_states": clean_states,
    "publication_relations": clean_relations,
}

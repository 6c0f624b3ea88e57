"""Cleans USPTO grants: numbers, dates, names, countries and classification symbols."""

from __future__ import annotations

import polars as pl

from iplake.identifiers.patents import CN_WEIGHTS
from transforms.schema import Clean, refuse

RIGHT_TYPES = {
    "A": "patent_invention",
    "B": "patent_invention",
    "E": "reissue",
    "H": "statutory_invention_registration",
    "I": "defensive_publication",
    "P": "plant",
    "S": "design",
}
# Defensive publications and invention registrations are published, not granted.
NO_GRANTS = ("H", "I")
CITED_BY = {
    "cited by examiner": "examiner",
    "cited by applicant": "applicant",
    "cited by other": "other",
    "cited by third party": "third_party",
    "imported from a related application": "imported",
    "unknown": "unknown",
}
NO_VALUE = ("", "unknown", "omitted", "none", "N/A")
# Numbers of 1985 to 1988 have no check digit.
CN_APPLICATION = r"^(?:CN|ZL)?((?:19|20)\d{10}|(?:89|9\d|0[0-3])\d{6})(?:\.?([\dX]))?$"
EARLY_IPC = r"^[A-H]\d{2}[A-Z][ \d]{3}\d{2,6}$"
IPC = r"^([A-HY]\d{2}[A-Z]) ?0*(\d{1,4})/(\d{2,6})$"


def clean_grants(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per grant; one of an unknown kind is refused."""
    kind = _text("kind")
    letter = kind.str.slice(0, 1)
    rows = rows.with_columns(
        document_number=_document_number(pl.lit("US"), pl.col("number")),
        publication_number_raw=_text("number"),
        kind_code=kind,
        office_code=_text("country"),
        right_type=letter.replace_strict(RIGHT_TYPES, default=None, return_dtype=pl.String),
        publication_date=_day("date"),
        grant_date=pl.when(~letter.is_in(NO_GRANTS)).then(_day("date")),
        application_number_raw=_text("application_number"),
        application_series_code=_text("series_code"),
        filing_date=_day("filing_date"),
        title=_line("title").str.replace_all(r"\.su[bp]\.", ""),
        claims_count=_number("claims"),
        drawing_sheets_count=_number("sheets"),
        figures_count=_number("figures"),
        # "5 years" stands for the longest extension.
        term_extension_days=pl.when(pl.col("term_extension").str.contains("year"))
        .then(_number("term_extension") * 365 + 1)
        .otherwise(_number("term_extension")),
        term_years=_number("term_years"),
        art_unit_code=_text("art_unit"),
        pct_application_number=_text("pct_application_number"),
        pct_filing_date=_day("pct_filing_date"),
        pct_publication_number=_text("pct_publication_number"),
        pct_publication_date=_day("pct_publication_date"),
        national_stage_date=_day("national_stage_date"),
        hague_registration_number=_text("hague_registration_number"),
        latin_name=_line("latin_name"),
        variety_name=_line("variety_name"),
    ).with_columns(application_number=_application_number(pl.col("application_number_raw")))
    unknown = pl.col("right_type").is_null()
    return refuse(rows, unknown, "unknown_kind_code", pl.format("kind_code={}", kind))


def clean_parties(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per party, with one name whether it came whole or in parts."""
    organisation, last, first = _line("organisation"), _line("last_name"), _line("first_name")
    name = _line("name")
    person = pl.concat_str([first, last], separator=" ", ignore_nulls=True)
    person_raw = pl.concat_str([last, first], separator=", ", ignore_nulls=True)
    has_person = last.is_not_null() | first.is_not_null()
    country = _text("country")
    state = _text("state")
    return rows.with_columns(
        party_role=pl.col("role"),
        party_name=pl.coalesce(organisation, name, pl.when(has_person).then(person)),
        party_name_raw=pl.coalesce(organisation, name, pl.when(has_person).then(person_raw)),
        is_organisation=organisation.is_not_null(),
        last_name=last,
        first_name=first,
        address_raw=_line("street"),
        city_name=_line("city"),
        state_code=state,
        postcode=_text("postcode"),
        country_raw=country,
        country_code=pl.coalesce(
            _country("country"), pl.when(state.is_not_null()).then(pl.lit("US"))
        ),
        residence_country_code=_country("residence"),
        nationality_code=_country("nationality"),
        applicant_type=_text("applicant_type"),
        applicant_authority=_text("applicant_authority"),
        assignee_role_code=_text("assignee_role_code"),
    )


def clean_classifications(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per symbol; what can't be read as one stays as raw text only."""
    scheme = pl.col("scheme")
    # Blanks in front count in a symbol of fixed width, unless someone has indented the text.
    received = pl.col("raw")
    is_indented = received.str.contains("\n", literal=True)
    trimmed = received.str.strip_chars()
    raw = pl.when(is_indented).then(trimmed).otherwise(received.str.strip_chars_end())
    ipc = trimmed.str.extract_groups(IPC).struct.field
    # Seventh edition: four characters of subclass, three of group, the rest is the subgroup.
    early_subclass = trimmed.str.slice(0, 4)
    early_group = trimmed.str.slice(4, 3).str.strip_chars()
    early_subgroup = trimmed.str.slice(7)
    is_early = trimmed.str.contains(EARLY_IPC)
    symbol = (
        pl.when(scheme == "LOCARNO")
        .then(
            pl.when(trimmed.str.contains(r"^\d{4}$")).then(
                pl.concat_str(trimmed.str.slice(0, 2), pl.lit("-"), trimmed.str.slice(2))
            )
        )
        .when(scheme == "USPC")
        .then(pl.when(~is_indented).then(_uspc(raw)))
        .when(trimmed.str.contains(IPC))
        .then(pl.concat_str(ipc("1"), pl.lit(" "), ipc("2"), pl.lit("/"), ipc("3")))
        .when(is_early)
        .then(
            pl.concat_str(
                early_subclass,
                pl.lit(" "),
                early_group.str.strip_chars_start("0"),
                pl.lit("/"),
                early_subgroup,
            )
        )
    )
    version = _text("version")
    edition = (
        pl.when(version.str.contains(r"^\d{8}$"))
        .then(pl.concat_str(version.str.slice(0, 4), pl.lit("."), version.str.slice(4, 2)))
        .otherwise(version)
    )
    return rows.with_columns(
        classification_scheme=scheme,
        classification_symbol=symbol,
        edition=edition,
        is_inventive=pl.col("value").replace_strict(
            {"I": True, "A": False, "N": False}, default=None, return_dtype=pl.Boolean
        ),
        action_date=_day("action_date"),
        generating_office_code=_text("office"),
        combination_set_number=_number("set_number"),
        combination_rank=_number("rank"),
        classification_raw=raw,
    ).with_columns(
        section_code=pl.when(scheme.is_in(["IPC", "CPC"])).then(
            pl.col("classification_symbol").str.slice(0, 1)
        )
    )


def _uspc(raw: pl.Expr) -> pl.Expr:
    """Return a USPC symbol from its fixed-width form: class 3, subclass 3 and its decimals."""
    class_ = raw.str.slice(0, 3).str.replace_all(" ", "").str.strip_chars_start("0")
    whole = raw.str.slice(3, 3).str.strip_chars()
    rest = raw.str.slice(6).str.strip_chars()
    dotted = pl.when(rest.str.contains(r"^\d")).then(pl.concat_str(pl.lit("."), rest))
    spaced = pl.when(whole == "DIG").then(pl.concat_str(pl.lit(" "), rest)).otherwise(rest)
    return pl.when(raw.str.contains(r"^[ A-Z\d]{3}[ \dA-Z]")).then(
        pl.concat_str(
            class_, pl.lit("/"), whole, pl.coalesce(pl.when(whole != "DIG").then(dotted), spaced)
        )
    )


def clean_citations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per cited document; an unknown category is refused."""
    category = _text("category").str.to_lowercase()
    country = _country("country")
    kind = _text("kind")
    date = _text("date")
    number = _document_number(country, pl.col("number"))
    rows = rows.with_columns(
        citation_type=pl.col("type"),
        cited_by=category.replace_strict(CITED_BY, default=None, return_dtype=pl.String),
        cited_document_number=number,
        cited_publication_number=pl.when(kind.is_not_null()).then(number + kind),
        cited_country_code=country,
        cited_kind_code=kind,
        cited_number_raw=_text("number"),
        cited_date=_day("date"),
        cited_date_raw=date,
        cited_year=date.str.extract(r"^(1[789]\d\d|2\d\d\d)").cast(pl.Int64),
        cited_name=_line("name"),
        cited_classification_raw=_text("classification"),
        citation_raw=_line("text"),
        _category=category,
    )
    unknown = pl.col("_category").is_not_null() & pl.col("cited_by").is_null()
    return refuse(rows, unknown, "unknown_category", pl.col("_category"))


def clean_priorities(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per priority; Chinese numbers get the check digit they often lack."""
    raw = _text("number")
    country = _country("country")
    plain = raw.str.replace_all(r"[\s]", "")
    chinese = plain.str.to_uppercase().str.extract_groups(CN_APPLICATION).struct.field
    digit = cn_check_digit(chinese("1"))
    agrees = chinese("2").is_null() | (chinese("2") == "") | (chinese("2") == digit)
    number = (
        pl.when((country == "CN") & chinese("1").is_not_null())
        .then(pl.when(agrees).then(chinese("1") + digit))
        .otherwise(plain)
    )
    return rows.with_columns(
        priority_country_code=country,
        priority_application_number=number,
        priority_application_number_raw=raw,
        priority_date=_day("date"),
        priority_kind=_text("kind"),
    )


def cn_check_digit(number: pl.Expr) -> pl.Expr:
    """Return the check digit of Chinese application numbers of eight or twelve digits.

    The vectorised twin of `iplake.identifiers.patents.cn_check_digit`.

    >>> numbers = pl.DataFrame({"n": ["202311352019", "201210003670", None]})
    >>> numbers.select(cn_check_digit(pl.col("n")))["n"].to_list()
    ['8', 'X', None]
    """
    # Zeros at the end add nothing to the sum.
    serial = number.str.pad_end(12, "0").cast(pl.Int64, strict=False)
    weighted = [serial // 10 ** (11 - at) % 10 * weight for at, weight in enumerate(CN_WEIGHTS)]
    rest = pl.sum_horizontal(weighted, ignore_nulls=False) % 11
    digit = pl.when(rest == 10).then(pl.lit("X")).otherwise(rest.cast(pl.String))
    return pl.when(rest.is_not_null()).then(digit).alias(number.meta.output_name())


def clean_relations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per related document."""
    raw = _text("number")
    country = _country("country")
    number = pl.coalesce(_application_number(raw), raw.str.replace_all(r"\s", ""))
    return rows.with_columns(
        relation_type=pl.col("type"),
        related_country_code=country,
        related_number=number,
        related_number_raw=raw,
        related_kind_code=_text("kind"),
        related_date=_day("date"),
        related_status=_text("status"),
        parent_document_number=_document_number(
            _country("parent_country").fill_null("US"), pl.col("parent_number")
        ),
        child_application_number=pl.coalesce(
            _application_number(_text("child_number")), _text("child_number")
        ),
    )


def _text(name: str) -> pl.Expr:
    """Return trimmed text; placeholders and empty text are null."""
    trimmed = pl.col(name).str.strip_chars()
    return pl.when(~trimmed.is_in(NO_VALUE)).then(trimmed)


def _line(name: str) -> pl.Expr:
    """Return text on one line; empty text is null."""
    line = pl.col(name).str.replace_all(r"\s+", " ").str.strip_chars()
    return pl.when(line != "").then(line)


def _day(name: str) -> pl.Expr:
    return pl.col(name).str.strip_chars().str.to_date("%Y%m%d", strict=False)


def _number(name: str) -> pl.Expr:
    return pl.col(name).str.extract(r"^\s*(\d+)").cast(pl.Int64, strict=False)


def _country(name: str) -> pl.Expr:
    """Return a two-letter code; APS text has a third letter or digit, and UK for GB."""
    code = _text(name).str.to_uppercase().str.extract(r"^([A-Z]{2})[A-Z\d]?$")
    return pl.when(code == "UK").then(pl.lit("GB")).otherwise(code)


def _document_number(country: pl.Expr, raw: pl.Expr) -> pl.Expr:
    """Return country and number without separators and, for the US, without leading zeros."""
    plain = raw.str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")
    us = plain.str.replace(r"^([A-Z]*)0+", "${1}")
    stripped = pl.when(country == "US").then(us).otherwise(plain)
    # Some numbers repeat their country, as in WO0107345.
    repeats = stripped.str.starts_with(country)
    bare = pl.when(repeats).then(stripped.str.slice(2)).otherwise(stripped)
    return pl.when(bare != "").then(country + bare)


def _application_number(raw: pl.Expr) -> pl.Expr:
    """Return a US application number as series and serial number, else null."""
    parts = raw.str.extract_groups(r"^(\d{2})/?(\d{3}),?(\d{3})$").struct.field
    return pl.concat_str(parts("1"), parts("2"), parts("3"))


CLEAN: dict[str, Clean] = {
    "grants": clean_grants,
    "grant_parties": clean_parties,
    "grant_classifications": clean_classifications,
    "grant_citations": clean_citations,
    "grant_priorities": clean_priorities,
    "grant_relations": clean_relations,
}

"""Cleans what US grants and published applications have alike: numbers, dates, names, symbols."""

from __future__ import annotations

import polars as pl

from transforms.patent_numbers import cn_check_digit

NO_VALUE = ("", "unknown", "omitted", "none", "N/A")
# Numbers of 1985 to 1988 have no check digit.
CN_APPLICATION = r"^(?:CN|ZL)?((?:19|20)\d{10}|(?:89|9\d|0[0-3])\d{6})(?:\.?([\dX]))?$"
EARLY_IPC = r"^[A-H]\d{2}[A-Z][ \d]{3}\d{2,6}$"
IPC = r"^([A-HY]\d{2}[A-Z]) ?0*(\d{1,4})/(\d{2,6})$"


def with_main_columns(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add the columns that the main tables of grants and of applications have alike."""
    return rows.with_columns(
        document_number=document_number_of(pl.lit("US"), pl.col("number")),
        publication_number_raw=text_of("number"),
        kind_code=text_of("kind"),
        office_code=text_of("country"),
        publication_date=day_of("date"),
        application_number_raw=text_of("application_number"),
        application_series_code=text_of("series_code"),
        filing_date=day_of("filing_date"),
        title=line_of("title").str.replace_all(r"\.su[bp]\.", ""),
        pct_application_number=text_of("pct_application_number"),
        pct_filing_date=day_of("pct_filing_date"),
        pct_publication_number=text_of("pct_publication_number"),
        pct_publication_date=day_of("pct_publication_date"),
        national_stage_date=day_of("national_stage_date"),
        latin_name=line_of("latin_name"),
        variety_name=line_of("variety_name"),
    ).with_columns(application_number=application_number_of(pl.col("application_number_raw")))


def clean_parties(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per party, with one name whether it came whole or in parts."""
    organisation, last, first = line_of("organisation"), line_of("last_name"), line_of("first_name")
    name = line_of("name")
    person = pl.concat_str([first, last], separator=" ", ignore_nulls=True)
    person_raw = pl.concat_str([last, first], separator=", ", ignore_nulls=True)
    has_person = last.is_not_null() | first.is_not_null()
    country = text_of("country")
    state = text_of("state")
    return rows.with_columns(
        party_role=pl.col("role"),
        party_name=pl.coalesce(organisation, name, pl.when(has_person).then(person)),
        party_name_raw=pl.coalesce(organisation, name, pl.when(has_person).then(person_raw)),
        is_organisation=organisation.is_not_null(),
        last_name=last,
        first_name=first,
        address_raw=line_of("street"),
        city_name=line_of("city"),
        state_code=state,
        postcode=text_of("postcode"),
        country_raw=country,
        country_code=pl.coalesce(
            country_of("country"), pl.when(state.is_not_null()).then(pl.lit("US"))
        ),
        residence_country_code=country_of("residence"),
        nationality_code=country_of("nationality"),
        applicant_type=text_of("applicant_type"),
        applicant_authority=text_of("applicant_authority"),
        assignee_role_code=text_of("assignee_role_code"),
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
    version = text_of("version")
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
        action_date=day_of("action_date"),
        generating_office_code=text_of("office"),
        combination_set_number=number_of("set_number"),
        combination_rank=number_of("rank"),
        classification_raw=raw,
    ).with_columns(
        section_code=pl.when(scheme.is_in(["IPC", "CPC"])).then(
            pl.col("classification_symbol").str.slice(0, 1)
        )
    )


def _uspc(raw: pl.Expr) -> pl.Expr:
    """Return a USPC symbol from its fixed-width form: class 3, subclass 3 and its decimals.

    Published applications until 2005 fill it up with zeros, as in 623001160 for 623/1.16.

    >>> rows = pl.DataFrame({"raw": ["  2 21", "4551566", "D14341", "002069000", "623001160"]})
    >>> rows.select(_uspc(pl.col("raw"))).to_series().to_list()
    ['2/21', '455/156.6', 'D14/341', '2/69', '623/1.16']
    """
    class_ = raw.str.slice(0, 3).str.replace_all(" ", "").str.strip_chars_start("0")
    is_filled = raw.str.contains(r"^[A-Z\d]{3}\d{6}$")
    whole = raw.str.slice(3, 3).str.strip_chars()
    whole = pl.when(is_filled).then(whole.str.strip_chars_start("0")).otherwise(whole)
    rest = raw.str.slice(6).str.strip_chars()
    rest = pl.when(is_filled).then(rest.str.strip_chars_end("0")).otherwise(rest)
    dotted = pl.when(rest.str.contains(r"^\d")).then(pl.concat_str(pl.lit("."), rest))
    spaced = pl.when(whole == "DIG").then(pl.concat_str(pl.lit(" "), rest)).otherwise(rest)
    return pl.when(raw.str.contains(r"^[ A-Z\d]{3}[ \dA-Z]")).then(
        pl.concat_str(
            class_, pl.lit("/"), whole, pl.coalesce(pl.when(whole != "DIG").then(dotted), spaced)
        )
    )


def clean_priorities(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per priority; Chinese numbers get the check digit they often lack."""
    raw = text_of("number")
    country = country_of("country")
    plain = raw.str.replace_all(r"[\s]", "")
    chinese = plain.str.to_uppercase().str.extract_groups(CN_APPLICATION).struct.field
    digit = cn_check_digit(chinese("1"))
    is_chinese = (country == "CN") & chinese("1").is_not_null()
    # A wrong digit stays as published, and is flagged.
    written = pl.when(is_chinese & (chinese("2") != "")).then(chinese("2"))
    number = pl.when(is_chinese).then(chinese("1") + pl.coalesce(written, digit)).otherwise(plain)
    return rows.with_columns(
        priority_country_code=country,
        priority_application_number=number,
        priority_application_number_raw=raw,
        is_check_digit_valid=written == digit,
        priority_date=day_of("date"),
        priority_kind=text_of("kind"),
    )


def clean_relations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per related document."""
    raw = text_of("number")
    country = country_of("country")
    # Some publications are named without their year: 0193250 of 2004 is 20040193250.
    is_short = (pl.col("type") == "related_publication") & raw.str.contains(r"^\d{7}$")
    whole = pl.when(is_short).then(pl.concat_str(day_of("date").dt.year().cast(pl.String), raw))
    number = pl.coalesce(whole, application_number_of(raw), raw.str.replace_all(r"\s", ""))
    return rows.with_columns(
        relation_type=pl.col("type"),
        related_country_code=country,
        related_number=number,
        related_number_raw=raw,
        related_kind_code=text_of("kind"),
        related_date=day_of("date"),
        related_status=text_of("status"),
        parent_document_number=document_number_of(
            country_of("parent_country").fill_null("US"), pl.col("parent_number")
        ),
        child_application_number=pl.coalesce(
            application_number_of(text_of("child_number")), text_of("child_number")
        ),
    )


def text_of(name: str) -> pl.Expr:
    """Return trimmed text; placeholders and empty text are null."""
    trimmed = pl.col(name).str.strip_chars()
    return pl.when(~trimmed.is_in(NO_VALUE)).then(trimmed)


def line_of(name: str) -> pl.Expr:
    """Return text on one line; empty text is null."""
    line = pl.col(name).str.replace_all(r"\s+", " ").str.strip_chars()
    return pl.when(line != "").then(line)


def day_of(name: str) -> pl.Expr:
    """Return a day that is written yyyymmdd; null where it is not one."""
    return pl.col(name).str.strip_chars().str.to_date("%Y%m%d", strict=False)


def number_of(name: str) -> pl.Expr:
    """Return the whole number that a text begins with."""
    return pl.col(name).str.extract(r"^\s*(\d+)").cast(pl.Int64, strict=False)


def country_of(name: str) -> pl.Expr:
    """Return a two-letter code; APS text has a third letter or digit, and UK for GB."""
    code = text_of(name).str.to_uppercase().str.extract(r"^([A-Z]{2})[A-Z\d]?$")
    return pl.when(code == "UK").then(pl.lit("GB")).otherwise(code)


def document_number_of(country: pl.Expr, raw: pl.Expr) -> pl.Expr:
    """Return country and number without separators and, for the US, without leading zeros."""
    plain = raw.str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")
    us = plain.str.replace(r"^([A-Z]*)0+", "${1}")
    stripped = pl.when(country == "US").then(us).otherwise(plain)
    # Some numbers repeat their country, as in WO0107345.
    repeats = stripped.str.starts_with(country)
    bare = pl.when(repeats).then(stripped.str.slice(2)).otherwise(stripped)
    return pl.when(bare != "").then(country + bare)


def application_number_of(raw: pl.Expr) -> pl.Expr:
    """Return a US application number as series and serial number, else null."""
    parts = raw.str.extract_groups(r"^(\d{2})/?(\d{3}),?(\d{3})$").struct.field
    return pl.concat_str(parts("1"), parts("2"), parts("3"))

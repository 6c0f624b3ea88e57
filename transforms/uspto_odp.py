"""Texts, days and numbers as the USPTO Open Data Portal writes them, as expressions."""

from __future__ import annotations

import polars as pl

from transforms.texts import on_one_line

SYMBOL = r"^([A-HY]\d{2}[A-Z])\s*0*(\d{1,4})/(\d{2,6})$"
US_APPLICATION = r"^(?:US)?(\d{2})/?(\d{3}),?(\d{3})$"
# Fifteen characters since April 2026 (PCTUS2022012345), before that PCT/US22/12345.
PCT_APPLICATION = r"^PCT/?([A-Z]{2})(?:(\d{4})/?(\d{6})|(\d{2})/?(\d{5}))$"
FIRST_PCT_YEAR = "78"
US_DOCUMENT = r"^(?:US)?([A-Z]{0,2})0*([1-9]\d*)(?:[A-Z]\d?)?$"

OFFICES = {
    "AUSTRALIA": "AU", "AUSTRIA": "AT", "BELGIUM": "BE", "BRAZIL": "BR", "CANADA": "CA",
    "CHINA": "CN", "CZECH REPUBLIC": "CZ", "DENMARK": "DK", "EUROPEAN PATENT OFFICE (EPO)": "EP",
    "EUROPEAN UNION INTELLECTUAL PROPERTY OFFICE": "EM", "FINLAND": "FI", "FRANCE": "FR",
    "GERMANY": "DE", "GREECE": "GR", "HONG KONG": "HK", "HUNGARY": "HU", "INDIA": "IN",
    "INTERNATIONAL BUREAU OF THE WORLD INTELLECTUAL PROPERTY ORGANIZATION (WIPO)": "IB",
    "IRELAND": "IE", "ISRAEL": "IL", "ITALY": "IT", "JAPAN": "JP", "KOREA, REPUBLIC OF": "KR",
    "REPUBLIC OF KOREA": "KR", "LUXEMBOURG": "LU", "MALAYSIA": "MY", "MEXICO": "MX",
    "NETHERLANDS": "NL", "NEW ZEALAND": "NZ", "NORWAY": "NO", "POLAND": "PL", "PORTUGAL": "PT",
    "RUSSIAN FEDERATION": "RU", "SINGAPORE": "SG", "SOUTH AFRICA": "ZA", "SPAIN": "ES",
    "SWEDEN": "SE", "SWITZERLAND": "CH", "TAIWAN": "TW", "THAILAND": "TH", "TURKEY": "TR",
    "UNITED KINGDOM": "GB", "UNITED STATES": "US", "VIET NAM": "VN",
}  # fmt: skip
"""Code by WIPO ST.3 for the names in which the portal gives offices and countries."""


def day(name: str) -> pl.Expr:
    """Return the day of a date, or of a time.

    >>> rows = pl.DataFrame({"d": ["2026-05-02T13:00:02", "2023-05-09", "", None]})
    >>> [str(each) for each in rows.select(day("d")).to_series()]
    ['2026-05-02', '2023-05-09', 'None', 'None']
    """
    return pl.col(name).str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)


def application_number(name: str) -> pl.Expr:
    """Return a US application number of eight digits, or an international one; else null.

    >>> numbers = ["17248024", "90/019,500", "PCT/EP22/75922", "PCTUS2022012345", "?"]
    >>> rows = pl.DataFrame({"n": numbers})
    >>> rows.select(application_number("n")).to_series().to_list()
    ['17248024', '90019500', 'PCT/EP2022/075922', 'PCT/US2022/012345', None]
    """
    compact = pl.col(name).str.to_uppercase().str.replace_all(r"\s", "")
    us = compact.str.extract_groups(US_APPLICATION).struct.field
    pct = compact.str.extract_groups(PCT_APPLICATION).struct.field
    century = pl.when(pct("4") >= FIRST_PCT_YEAR).then(pl.lit("19")).otherwise(pl.lit("20"))
    year = pl.coalesce(pct("2"), pl.concat_str(century, pct("4")))
    serial = pl.coalesce(pct("3"), pct("5")).str.zfill(6)
    international = pl.concat_str(
        pl.lit("PCT/"), pct("1"), year, pl.lit("/"), serial, ignore_nulls=False
    )
    return pl.coalesce(pl.concat_str(us("1"), us("2"), us("3")), international).alias(name)


def document_number(name: str) -> pl.Expr:
    """Return a US patent's number with its country, without leading zeros and kind code.

    >>> rows = pl.DataFrame({"n": ["11646472", "D0631641", "RE028671", "", None]})
    >>> rows.select(document_number("n")).to_series().to_list()
    ['US11646472', 'USD631641', 'USRE28671', None, None]
    """
    compact = pl.col(name).str.to_uppercase().str.replace_all(r"[\s,/]", "")
    parts = compact.str.extract_groups(US_DOCUMENT).struct.field
    return pl.concat_str(pl.lit("US"), parts("1"), parts("2")).alias(name)


def classification_symbol(name: str) -> pl.Expr:
    """Return an IPC or CPC symbol as in H01M 50/46, or null.

    >>> rows = pl.DataFrame({"s": ["H01M  50/46", "G11C7/222", "new"]})
    >>> rows.select(classification_symbol("s")).to_series().to_list()
    ['H01M 50/46', 'G11C 7/222', None]
    """
    parts = pl.col(name).str.strip_chars().str.extract_groups(SYMBOL).struct.field
    return pl.concat_str(parts("1"), pl.lit(" "), parts("2"), pl.lit("/"), parts("3")).alias(name)


def office_code(name: str) -> pl.Expr:
    """Return the code of an office or a country that is given by name; null for other names."""
    return (
        on_one_line(name)
        .str.to_uppercase()
        .replace_strict(OFFICES, default=None, return_dtype=pl.String)
    )

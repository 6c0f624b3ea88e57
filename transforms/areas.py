"""Codes of areas in statistics: countries by their letters of ISO 3166, and regions of NUTS."""

from __future__ import annotations

import polars as pl

from iplake.identifiers.countries import ALPHA2

# The EU's institutions write Greece and the United Kingdom otherwise than ISO does.
EU_OWN = {"EL": "GR", "UK": "GB"}
NUTS = r"^([A-Z]{2})[0-9A-Z]{1,3}$"
# Countries with regions of NUTS or, outside of the EU, statistical regions like them.
WITH_REGIONS = (
    "AL AT BE BG CH CY CZ DE DK EE EL ES FI FR HR HU IE IS IT LI LT LU LV ME MK MT NL NO PL PT RO "
    "RS SE SI SK TR UK"
).split()
# The European Economic Area looks like a region of Estonia.
NO_REGION = r"^EEA"

_LETTERS = {**ALPHA2, **{code: code for code in ALPHA2.values()}, **EU_OWN}
_REGIONAL = {code: EU_OWN.get(code, code) for code in WITH_REGIONS}


def country_of(code: pl.Expr) -> pl.Expr:
    """Return the ISO 3166-1 alpha-2 code for letters of ISO or of the EU; null for others.

    >>> rows = pl.DataFrame({"c": ["CHN", "CN", "EL", "EU28", "W00"]})
    >>> rows.select(country_of(pl.col("c")))["c"].to_list()
    ['CN', 'CN', 'GR', None, None]
    """
    return code.replace_strict(_LETTERS, default=None, return_dtype=pl.String)


def nuts_country(code: pl.Expr) -> pl.Expr:
    """Return the country of a NUTS region's code; null for anything else, countries included.

    >>> rows = pl.DataFrame({"c": ["ES30", "UKD7", "ES", "EU28", "EEA31", "OME"]})
    >>> rows.select(nuts_country(pl.col("c")))["c"].to_list()
    ['ES', 'GB', None, None, None, None]
    """
    letters = code.str.extract(NUTS).replace_strict(_REGIONAL, default=None, return_dtype=pl.String)
    return pl.when(~code.str.contains(NO_REGION)).then(letters)

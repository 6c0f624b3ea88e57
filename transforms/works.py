"""What all sources of literature need: DOIs, ORCIDs, and affiliations without mail addresses."""

from __future__ import annotations

import polars as pl

DOI = r"(?i)^(?:https?://(?:dx\.|www\.)?doi\.org/|doi:)?\s*(10\.\d{4,9}(?:\.\d+)*/\S+)$"
ORCID = r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])$"
EMAIL = r"(?i)\s*(?:electronic address:?|e-?mail:?)?\s*[\w.+-]+@[\w-]+(?:\.[\w-]+)+[.;,]?"
MARKUP = r"(?i)</?(?:i|b|u|em|strong|sub|sup|scp|tt|br|p|(?:jats|mml):[\w-]+)(?:\s[^<>]*)?/?>"
# The ampersand comes last, so that what was escaped twice is unescaped once.
ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}


def doi(name: str) -> pl.Expr:
    """Return a DOI in lower case, which is how DOIs compare; null where the text is none.

    >>> found = pl.DataFrame({"x": ["https://doi.org/10.1039/C4RA15833D", "10.17487/rfc1", "n/a"]})
    >>> found.select(doi("x"))["x"].to_list()
    ['10.1039/c4ra15833d', '10.17487/rfc1', None]
    """
    return pl.col(name).str.strip_chars().str.extract(DOI).str.to_lowercase().alias(name)


def orcid(name: str) -> pl.Expr:
    """Return an ORCID with hyphens and without its address; null where the text is none.

    >>> found = pl.DataFrame({"x": ["https://orcid.org/0000-0002-1825-0097", "000000021825009x"]})
    >>> found.select(orcid("x"))["x"].to_list()
    ['0000-0002-1825-0097', '0000-0002-1825-009X']
    """
    parts = pl.col(name).str.extract_groups(ORCID).struct
    joined = pl.concat_str([parts.field(str(part)) for part in range(1, 5)], separator="-")
    return joined.str.to_uppercase().alias(name)


def without_email(name: str) -> pl.Expr:
    """Return an affiliation without the mail addresses at its end.

    >>> found = pl.DataFrame({"x": ["Lantern Works, Foshan. Electronic address: li@example.org."]})
    >>> found.select(without_email("x"))["x"].to_list()
    ['Lantern Works, Foshan']
    """
    return pl.col(name).str.replace_all(EMAIL, "").str.strip_chars(" .;,").alias(name)


def plain(name: str) -> pl.Expr:
    """Return a title without its markup, its blanks single.

    >>> found = pl.DataFrame({"x": ["CO<sub>2</sub> in <i>E. coli</i> &amp;\\n others, p < 0.1"]})
    >>> found.select(plain("x"))["x"].to_list()
    ['CO2 in E. coli & others, p < 0.1']
    """
    text = pl.col(name).str.replace_all(MARKUP, "")
    for entity, character in ENTITIES.items():
        text = text.str.replace_all(entity, character, literal=True)
    text = text.str.replace_all(r"\s+", " ").str.strip_chars()
    return pl.when(text != "").then(text).alias(name)

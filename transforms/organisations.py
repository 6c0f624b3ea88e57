"""Identifiers of organisations in whole columns: check digits of LEI and USCC."""

from __future__ import annotations

import polars as pl

from iplake.identifiers.organisations import (
    LEI,
    ORGANISATION_WEIGHTS,
    USCC,
    USCC_ALPHABET,
    USCC_WEIGHTS,
)

BASE_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def lei_holds(lei: pl.Expr) -> pl.Expr:
    """Return whether a text is an LEI whose check digits hold (ISO 7064 mod 97-10).

    >>> found = pl.DataFrame({"lei": ["213800KUD8LAJWSQ9D15", "213800KUD8LAJWSQ9D16", "x"]})
    >>> found.select(lei_holds(pl.col("lei")))["lei"].to_list()
    [True, False, False]
    """
    rest = pl.lit(0, dtype=pl.Int64)
    for at in range(20):
        value = _value(lei, at, BASE_36)
        # A letter stands for two digits: A for 10 up to Z for 35.
        rest = (rest * pl.when(value < 10).then(10).otherwise(100) + value) % 97
    return (lei.str.contains(f"^{LEI.pattern}$") & (rest == 1).fill_null(value=False)).alias("lei")


def uscc_of(text: pl.Expr) -> pl.Expr:
    """Return a text that is a unified social credit code with both check characters, or null.

    >>> found = pl.DataFrame({"n": ["91110000600037341L", "911100006000373410", None]})
    >>> found.select(uscc_of(pl.col("n")))["n"].to_list()
    ['91110000600037341L', None, None]
    """
    total = _weighted(text, USCC_WEIGHTS, USCC_ALPHABET, 0)
    last = _value(text, 17, USCC_ALPHABET)
    inner = _weighted(text, ORGANISATION_WEIGHTS, BASE_36, 8)
    inner_last = pl.when(text.str.slice(16, 1) == "X").then(10).otherwise(_value(text, 16, BASE_36))
    holds = (
        text.str.contains(f"^{USCC.pattern}$")
        & ((31 - total % 31) % 31 == last)
        & ((11 - inner % 11) % 11 == inner_last)
    )
    return pl.when(holds.fill_null(value=False)).then(text)


def _value(text: pl.Expr, at: int, alphabet: str) -> pl.Expr:
    values = {letter: value for value, letter in enumerate(alphabet)}
    return text.str.slice(at, 1).replace_strict(values, default=None, return_dtype=pl.Int64)


def _weighted(text: pl.Expr, weights: tuple[int, ...], alphabet: str, start: int) -> pl.Expr:
    parts = [_value(text, start + at, alphabet) * each for at, each in enumerate(weights)]
    return pl.sum_horizontal(parts, ignore_nulls=False)

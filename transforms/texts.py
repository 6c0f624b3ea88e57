"""Text as it is kept: without blanks around it, and null where nothing is left."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl


def filled(name: str, nothing: Collection[str] = ("",)) -> pl.Expr:
    """Return a column trimmed, null where it says nothing; some have dashes for that.

    >>> pl.DataFrame({"a": [" x ", " ", "-"]}).select(filled("a", ("", "-")))["a"].to_list()
    ['x', None, None]
    """
    text = pl.col(name).str.strip_chars()
    return pl.when(~text.is_in(list(nothing))).then(text)


def on_one_line(name: str) -> pl.Expr:
    r"""Return a column with its blanks single, null where nothing is left.

    >>> pl.DataFrame({"a": [" x\n y ", " "]}).select(on_one_line("a"))["a"].to_list()
    ['x y', None]
    """
    text = pl.col(name).str.replace_all(r"\s+", " ").str.strip_chars()
    return pl.when(text != "").then(text)

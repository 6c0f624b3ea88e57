"""Texts as people type them, made plain before a grammar reads them."""

from __future__ import annotations

import re

# Full-width forms of Chinese and Japanese texts, and marks that say nothing.
_TABLE: dict[int, int | str | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TABLE |= {0x3000: " ", 0xA0: " ", 0x3014: "(", 0x3015: ")"}
_TABLE |= dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFE63), "-")
_TABLE |= dict.fromkeys((0x2044, 0x2215), "/")
_TABLE |= dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAE, 0x2122))

LONGEST = 400
"""No identifier is longer; what is longer is not read, so that no pattern meets a whole book."""


def plain(text: str) -> str:
    r"""Return a text with half-width forms, one kind of dash, and single blanks.

    >>> plain(" \uff27\uff22\uff0f\uff34　4754—2017 "), plain("IEEE Std 802.11™-2020")
    ('GB/T 4754-2017', 'IEEE Std 802.11-2020')
    """
    simple = re.sub(r"\s+", " ", text[: 2 * LONGEST].translate(_TABLE)).strip()[:LONGEST]
    if simple.isascii():
        return simple
    # Digits of other scripts match \d, and would be taken for what they are not.
    return "".join(str(int(each)) if each.isdecimal() else each for each in simple)


def compact(text: str) -> str:
    """Return a plain text in capitals and without blanks.

    >>> compact("zl 2012 1 0003670.x")
    'ZL201210003670.X'
    """
    return plain(text).replace(" ", "").upper()

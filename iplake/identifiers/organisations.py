"""Identifiers of organisations: LEI, unified social credit codes (USCC), ROR ids.

Pure functions over text, as it is written in records. `transforms.organisations` has the
same check digits as Polars expressions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum.iso7064 import mod_97_10

LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of GB 32100-2015: no I, O, S, V and Z."""
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
USCC = re.compile(rf"[1-9ANY][1-9A-HJ-NP-RTUWXY][0-9]{{6}}[{USCC_ALPHABET}]{{9}}[{USCC_ALPHABET}]")
ROR_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no i, l, o and u."""
ROR = re.compile(rf"(?:https?://)?(?:ror\.org/)?(0[{ROR_ALPHABET}]{{6}}[0-9]{{2}})")


@dataclass(frozen=True, slots=True)
class Uscc:
    """The parts of a unified social credit code.

    `division_code` is the place of the first registration, which may since have moved.
    """

    authority_code: str
    type_code: str
    division_code: str
    organisation_code: str


def is_lei(text: str) -> bool:
    """Return whether a text is an LEI whose check digits hold (ISO 17442, ISO 7064 mod 97-10).

    >>> is_lei("213800KUD8LAJWSQ9D15"), is_lei("213800KUD8LAJWSQ9D16"), is_lei("213800")
    (True, False, False)
    """
    return LEI.fullmatch(text) is not None and bool(mod_97_10.is_valid(text))


def uscc_check_character(first: str) -> str:
    """Return the last character that the first seventeen of a USCC call for.

    >>> uscc_check_character("91110000600037341")
    'L'
    """
    total = sum(
        USCC_ALPHABET.index(each) * weight for each, weight in zip(first, USCC_WEIGHTS, strict=True)
    )
    return USCC_ALPHABET[(31 - total % 31) % 31]


def organisation_check_character(first: str) -> str:
    """Return the last character of an organisation code of nine (GB 11714), from the first eight.

    >>> organisation_check_character("60003734")
    '1'
    """
    total = sum(
        int(each, 36) * weight for each, weight in zip(first, ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X"[(11 - total % 11) % 11]


def read_uscc(text: str) -> Uscc | None:
    """Return the parts of a USCC if both of its check characters hold, else nothing.

    The first character may be a letter (A, N and Y: newer authorities), so that a rule of
    eight leading digits would refuse valid codes.

    >>> read_uscc("91110000600037341L").division_code
    '110000'
    >>> read_uscc("911100006000373410")
    """
    if USCC.fullmatch(text) is None or uscc_check_character(text[:17]) != text[17]:
        return None
    if organisation_check_character(text[8:16]) != text[16]:
        return None
    return Uscc(text[0], text[1], text[2:8], text[8:17])


def read_ror(text: str) -> str | None:
    """Return the bare ROR id in a text if its check digits hold, else nothing.

    >>> read_ror("https://ror.org/0530pts50")
    '0530pts50'
    >>> read_ror("0530pts51")
    """
    matched = ROR.fullmatch(text)
    if matched is None:
        return None
    ror_id = matched[1]
    number = 0
    for each in ror_id[:7]:
        number = number * 32 + ROR_ALPHABET.index(each)
    return ror_id if 98 - number * 100 % 97 == int(ror_id[7:]) else None

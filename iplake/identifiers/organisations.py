"""Identifiers of organisations: LEI, unified social credit codes, ROR, GRID and ISNI.

Pure functions over text, as it is written in records. `transforms.organisations` has the
same check digits as Polars expressions.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from stdnum.iso7064 import mod_11_2, mod_97_10

from iplake.identifiers.identifier import Check, Identifier, Part
from iplake.identifiers.text import compact, plain

LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of GB 32100-2015: no I, O, S, V and Z."""
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
USCC = re.compile(rf"[1-9ANY][1-9A-HJ-NP-RTUWXY][0-9]{{6}}[{USCC_ALPHABET}]{{9}}[{USCC_ALPHABET}]")
ROR_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no i, l, o and u."""
ROR = re.compile(rf"(?:https?://)?(?:ror\.org/)?(0[{ROR_ALPHABET}]{{6}}[0-9]{{2}})")
GRID = re.compile(
    r"(?:https?://)?(?:www\.)?(?:grid\.ac/institutes/)?(grid\.[0-9]{3,6}\.[0-9a-f]{1,2})"
)
ISNI = re.compile(r"(?:HTTPS?://)?(?:WWW\.)?(?:ISNI\.ORG/(?:ISNI/)?)?(?:ISNI:?)?([0-9]{15}[0-9X])")


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
    return ror_id if ror_check_digits(ror_id[:7]) == ror_id[7:] else None


def ror_check_digits(first: str) -> str:
    """Return the last two digits that the first seven characters of a ROR id call for.

    >>> ror_check_digits("0530pts")
    '50'
    """
    number = 0
    for each in first:
        number = number * 32 + ROR_ALPHABET.index(each)
    return f"{98 - number * 100 % 97:02}"


def lei_identifier(text: str) -> Identifier | None:
    """Return an LEI; 22 of 399,203 published ones fail their check digits, and stay LEIs.

    >>> [lei_identifier(it).check for it in ("2138 00KU D8LA JWSQ 9D15", "39120001GBUWIUYPA441")]
    ['holds', 'fails']
    """
    written = compact(text).removeprefix("LEI:").removeprefix("LEI")
    if LEI.fullmatch(written) is None:
        return None
    holds = is_lei(written)
    if written.isdigit() and not holds:
        return None  # any twenty digits; some LEIs have no letter
    notes = () if holds else ("the check digits fail, as they do in some published LEIs",)
    parts: dict[str, Part] = {"issuer_prefix": written[:4]}
    return Identifier("lei", written, parts, "holds" if holds else "fails", notes)


def uscc_identifier(text: str) -> Identifier | None:
    """Return a unified social credit code with its parts, flagged if a check character fails.

    >>> found = uscc_identifier("91110000600037341L")
    >>> found.check, found.parts["authority"], found.parts["organisation_code"]
    ('holds', '工商(市场监管)', '600037341')
    """
    written = compact(text)
    if USCC.fullmatch(written) is None:
        return None
    notes = []
    if (last := uscc_check_character(written[:17])) != written[17]:
        notes.append(f"the last character should be {last}")
    if (inner := organisation_check_character(written[8:16])) != written[16]:
        notes.append(f"the last character of the organisation code should be {inner}")
    authority, kind = _authorities().get(written[:2], (None, None))
    parts: dict[str, Part] = {
        "authority_code": written[0],
        "authority": authority or _authorities().get(written[0], (None, None))[0],
        "type_code": written[1],
        "type": kind,
        "division_code": written[2:8],
        "organisation_code": written[8:17],
    }
    return Identifier("uscc", written, parts, "fails" if notes else "holds", tuple(notes))


def organisation_code_identifier(text: str) -> Identifier | None:
    """Return an organisation code of GB 11714; `number` is it as it stands in a USCC.

    >>> found = organisation_code_identifier("600037341")
    >>> found.canonical, found.parts["number"]
    ('60003734-1', '600037341')
    """
    found = re.fullmatch(r"([0-9A-Z]{8})(-?)([0-9X])", compact(text))
    if found is None:
        return None
    holds = organisation_check_character(found[1]) == found[3]
    # Any nine characters would do without the hyphen, so then the check digit has to say so.
    if not holds and not found[2]:
        return None
    parts: dict[str, Part] = {"number": found[1] + found[3]}
    check: Check = "holds" if holds else "fails"
    return Identifier("organisation_code", f"{found[1]}-{found[3]}", parts, check)


def ror_identifier(text: str) -> Identifier | None:
    """Return a ROR id as its address, which is its canonical form.

    >>> ror_identifier("0530pts50").canonical, ror_identifier("https://ror.org/0530pts51").check
    ('https://ror.org/0530pts50', 'fails')
    """
    written = plain(text).lower().removeprefix("ror:").strip()
    found = ROR.fullmatch(written)
    if found is None:
        return None
    holds = ror_check_digits(found[1][:7]) == found[1][7:]
    if not holds and found[0] == found[1]:
        return None  # nine characters that only look like one
    return Identifier(
        "ror", f"https://ror.org/{found[1]}", {"number": found[1]}, "holds" if holds else "fails"
    )


def grid_identifier(text: str) -> Identifier | None:
    """Return an id of GRID, which ended in 2021; ROR records name theirs.

    >>> grid_identifier("https://www.grid.ac/institutes/grid.5335.0").canonical
    'grid.5335.0'
    """
    found = GRID.fullmatch(plain(text).lower())
    return Identifier("grid", found[1], {}) if found else None


def isni_identifier(text: str) -> Identifier | None:
    """Return an ISNI, its sixteen digits in fours (ISO 27729, ISO 7064 mod 11-2).

    >>> isni_identifier("0000000121885934").canonical, isni_identifier("0000 0001 2188 5935").check
    ('0000 0001 2188 5934', 'fails')
    """
    found = ISNI.fullmatch(compact(text).replace("-", ""))
    if found is None:
        return None
    number = found[1]
    holds = bool(mod_11_2.is_valid(number))
    spaced = " ".join(number[at : at + 4] for at in range(0, 16, 4))
    return Identifier("isni", spaced, {"number": number}, "holds" if holds else "fails")


@lru_cache(maxsize=1)
def _authorities() -> dict[str, tuple[str, str | None]]:
    """Return authority and kind of organisation by the first characters of a USCC."""
    path = files("iplake.identifiers") / "tables/code_uscc_authority.csv"
    found: dict[str, tuple[str, str | None]] = {}
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        authority = row["authority_name"]
        found[row["authority_char"]] = (authority, None)
        found[row["authority_char"] + row["organisation_char"]] = (
            authority,
            row["organisation_type"],
        )
    return found

"""Numbers of copyright registrations and renewals: one written form for each."""

from __future__ import annotations

import re

from iplake.identifiers.identifier import Identifier, Part
from iplake.identifiers.text import compact, plain

PREFIXES = ("TXU", "PAU", "VAU", "SRU", "TX", "PA", "VA", "SR", "RE")
"""What numbers since 1978 begin with; a U says that the work is not published."""

REGISTRATION_LENGTH = 12
_MODERN = re.compile(rf"({'|'.join(PREFIXES)})-?((?:\d+-)*\d+)")
_SOFTWARE = re.compile(r"(?P<year>(?:19|20)\d{2})SR(?P<serial>\d{6,7})")
_CERTIFICATE = re.compile(r"软著(?P<act>变补|登)字第?(?P<serial>\d{5,8})号?")
_WORK = re.compile(
    r"(?P<register>[\u4e00-\u9fff])?作登字[-:](?P<year>(?:19|20)\d{2})-(?P<work>[A-L])"
    r"-(?P<serial>\d{6,8})号?"
)
# Classes of works until 1977 and what marks works from abroad, unpublished or renewed.
_CLASSES = frozenset(
    "A AA AF AFO AI AIO AO B BB BF BI BIO C CF D DF DO DP DU E EF EFO EO EP EU F FF FO FP FU G GF"
    " GO GP GU H HF HP I IF IP IU J JF JO JP JU K KF KK KP KU L"
    " LF LP LU M MP MU N NF NO R RE".split()
)
_RENEWALS = frozenset({"R", "RE"})


def historical_number(text: str) -> str | None:
    """Return a number as printed before 1978: letters and digits only, or None if it is none.

    Letters are the class of work, here kept as printed: `A` for books, `AI` and `AIO` for ad
    interim registrations of books in English that were made abroad, `B` for periodicals, `R`
    for renewals. A hyphen after the class goes, one within the number tells a part of it.

    >>> historical_number("AI-1553"), historical_number("R 77831"), historical_number("B5-3872")
    ('AI1553', 'R77831', 'B5-3872')
    >>> historical_number("UCC work") is None
    True
    """
    compact = re.sub(r"[\s.,]", "", text).upper()
    matched = re.fullmatch(r"([A-Z]{1,4})-?(\d+(?:-\d+)*)", compact)
    return f"{matched[1]}{matched[2]}" if matched else None


def registration_number(text: str) -> str | None:
    """Return a number in the office's form of 12 characters, or None if it can't be written so.

    Two letters and ten digits, or three and nine (Compendium, 3rd ed., § 1802.8).

    >>> registration_number("SR-320-918"), registration_number("VAu-598-764")
    ('SR0000320918', 'VAU000598764')
    >>> registration_number("RE9390"), registration_number("A704623") is None
    ('RE0000009390', True)
    """
    matched = _MODERN.fullmatch(re.sub(r"[\s.,]", "", text).upper())
    if matched is None:
        return None
    prefix, digits = matched[1], matched[2].replace("-", "")
    width = REGISTRATION_LENGTH - len(prefix)
    return prefix + digits.zfill(width) if len(digits) <= width else None


def is_renewal_number(text: str) -> bool:
    """Return whether a number is one of a renewal: R until 1977, RE from 1978 on.

    >>> is_renewal_number("R77831"), is_renewal_number("RE9390"), is_renewal_number("A704623")
    (True, True, False)
    """
    number = historical_number(text)
    return number is not None and re.split(r"\d", number)[0] in _RENEWALS


def read_us_copyright(text: str) -> Identifier | None:
    """Return a US number since 1978, in the office's form of twelve characters.

    >>> read_us_copyright("SR-320-918").canonical, read_us_copyright("A704623")
    ('SR0000320918', None)
    """
    number = registration_number(plain(text))
    if number is None:
        return None
    return Identifier("copyright_registration", number, _us_parts(number))


def read_early_us_copyright(text: str) -> Identifier | None:
    """Return a US number as printed until 1977, by the classes of works that there were.

    >>> read_early_us_copyright("R 77831").canonical, read_early_us_copyright("HJ 2.1-2016")
    ('R77831', None)
    """
    number = historical_number(plain(text))
    prefix = re.split(r"\d", number)[0] if number else ""
    if number is None or prefix not in _CLASSES:
        return None
    if not re.fullmatch(r"\d{1,7}(?:-\d{1,5})?", number[len(prefix) :]):
        return None
    note = ("in the form of before 1978",)
    return Identifier("copyright_registration", number, _us_parts(number), notes=note)


def _us_parts(number: str) -> dict[str, Part]:
    prefix = re.split(r"\d", number)[0]
    parts: dict[str, Part] = {"office": "US", "class": prefix, "number": number}
    if prefix in _RENEWALS:
        parts["is_renewal"] = 1
    return parts


def read_chinese_copyright(text: str) -> Identifier | None:
    """Return a number of China's registers of software or of works.

    Software has `YYYYSR` and seven digits on the register, another number on the certificate
    (软著登字第…号); works have a register of the state or a province, year, letter and number.

    >>> [read_chinese_copyright(it).canonical for it in ("2020sr 0123456", "软著登字第1234567号")]
    ['2020SR0123456', '软著登字第1234567号']
    >>> read_chinese_copyright("粤作登字-2019-F-00001234号").parts["register"]
    '粤'
    """
    written = compact(text)
    parts: dict[str, Part]
    if found := _SOFTWARE.fullmatch(written):
        parts = {"office": "CN", "year": int(found["year"]), "serial": found["serial"].zfill(7)}
        return Identifier(
            "copyright_registration",
            f"{found['year']}SR{parts['serial']}",
            {**parts, "of": "software"},
        )
    if found := _CERTIFICATE.fullmatch(written):
        parts = {"office": "CN", "serial": found["serial"], "of": "software"}
        return Identifier(
            "copyright_registration",
            f"软著{found['act']}字第{found['serial']}号",
            parts,
            notes=("number of the certificate, not of the register",),
        )
    if found := _WORK.fullmatch(written):
        register = found["register"] or ""
        parts = {
            "office": "CN",
            "register": register or None,
            "year": int(found["year"]),
            "work": found["work"],
            "serial": found["serial"],
            "of": "works",
        }
        canonical = f"{register}作登字-{found['year']}-{found['work']}-{found['serial']}"
        return Identifier("copyright_registration", canonical, parts)
    return None

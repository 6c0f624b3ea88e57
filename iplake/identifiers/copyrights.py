"""Numbers of copyright registrations and renewals: one written form for each."""

from __future__ import annotations

import re

_MODERN = re.compile(r"(TX|PA|VA|SR|TXU|PAU|VAU|SRU|RE)-?((?:\d+-)*\d+)")
_CHINESE = re.compile(
    r"(?:19|20)\d{2}SR\d{6,7}|软著(?:变补|登)字第\d{5,8}号"
    r"|[\u4e00-\u9fff]作登字-(?:19|20)\d{2}-[A-L]-\d{8}"
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
    width = 12 - len(prefix)
    return prefix + digits.zfill(width) if len(digits) <= width else None


def is_renewal_number(text: str) -> bool:
    """Return whether a number is one of a renewal: R until 1977, RE from 1978 on.

    >>> is_renewal_number("R77831"), is_renewal_number("RE9390"), is_renewal_number("A704623")
    (True, True, False)
    """
    number = historical_number(text)
    return number is not None and re.split(r"\d", number)[0] in _RENEWALS


def chinese_registration_number(text: str) -> str | None:
    """Return a number of China's registers of software or of works, or None if it is neither.

    Software has `YYYYSR` and seven digits on the register, another number on the certificate
    (软著登字第…号); works have a register of the state or a province, year, letter and number.

    >>> chinese_registration_number("2020sr 0123456")
    '2020SR0123456'
    >>> chinese_registration_number("粤作登字-2019-F-00001234")
    '粤作登字-2019-F-00001234'
    """
    compact = re.sub(r"\s", "", text).upper().replace("\uff0d", "-")
    return compact if _CHINESE.fullmatch(compact) else None

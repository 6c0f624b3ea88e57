"""Numbers of patents and of applications for them: one written form for each."""

from __future__ import annotations

import re

CN_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
"""Weights of a Chinese application number's check digit: 2 to 9, and again from 2."""

_CN_APPLICATION = re.compile(r"(?:CN|ZL)?((?:19|20)\d{10}|\d{8})(?:\.?([\dX]))?")
_US_DOCUMENT = re.compile(r"([A-Z]{0,2})0*([1-9]\d*)")
_US_APPLICATION = re.compile(r"(?:US)?(\d{2})/?(\d{3}),?(\d{3})")
_EP_APPLICATION = re.compile(r"(?:EP)?(\d{8})(?:\.?(\d))?")
# Ten digits begin with a year of four, seven and eight with one of two.
_WO_PUBLICATION = re.compile(r"WO(?:(?=\d{10}$)(\d{4})|(?=\d{7,8}$)(\d{2}))(\d{5,6})")
_PCT_APPLICATION = re.compile(
    r"(?:PCT)?([A-Z]{2})(?:(?=\d{10}$)(\d{4})|(?=\d{7}$)(\d{2}))(\d{5,6})"
)


def cn_check_digit(number: str) -> str:
    """Return the check digit of a Chinese application number of 8 or 12 digits.

    The sum of the weighted digits modulo 11, where ten is written X.

    >>> cn_check_digit("202311352019")
    '8'
    >>> cn_check_digit("201210003670")
    'X'
    """
    if not re.fullmatch(r"\d{8}|\d{12}", number):
        raise ValueError(f"expected 8 or 12 digits, found {number!r}")
    rest = sum(int(digit) * weight for digit, weight in zip(number, CN_WEIGHTS, strict=False)) % 11
    return "X" if rest == 10 else str(rest)


def cn_application_number(text: str) -> str | None:
    """Return a Chinese application number with its check digit, or None if it can't be one.

    Prefixes, dots and blanks go; a missing check digit is added, and a wrong one is refused.
    Numbers of 1985 to 1988 never had one.

    >>> cn_application_number("2012 1 0003670"), cn_application_number("ZL201210003670.X")
    ('201210003670X', '201210003670X')
    >>> cn_application_number("85 1 00001")
    '85100001'
    >>> cn_application_number("201210003670.1") is None
    True
    """
    matched = _CN_APPLICATION.fullmatch(re.sub(r"\s", "", text).upper())
    if matched is None:
        return None
    number, written = matched.groups()
    if len(number) == 8 and "85" <= number[:2] <= "88":
        return number if written is None else None
    expected = cn_check_digit(number)
    return number + expected if written in {None, expected} else None


def us_document_number(text: str) -> str | None:
    """Return a US grant's number as in citations: type letters, no leading zeros, no kind.

    >>> [us_document_number(each) for each in ("06836899", "D0631641", "RE028671", "PP14,775")]
    ['US6836899', 'USD631641', 'USRE28671', 'USPP14775']
    >>> us_document_number("unknown") is None
    True
    """
    matched = _US_DOCUMENT.fullmatch(re.sub(r"[\s,/]", "", text).upper())
    return f"US{matched[1]}{matched[2]}" if matched else None


def us_publication_number(text: str, kind_code: str) -> str | None:
    """Return a US grant's publication number with its kind code.

    >>> us_publication_number("06836899", "B2")
    'US6836899B2'
    """
    number = us_document_number(text)
    return f"{number}{kind_code}" if number else None


def us_application_number(text: str) -> str | None:
    """Return a US application number as two digits of series and six of serial number.

    >>> [us_application_number(each) for each in ("10/141,259", "29318961", "09/413215")]
    ['10141259', '29318961', '09413215']
    >>> us_application_number("PCT/US98/09178") is None
    True
    """
    matched = _US_APPLICATION.fullmatch(re.sub(r"\s", "", text).upper())
    return "".join(matched.groups()) if matched else None


def ep_check_digit(number: str) -> str:
    """Return the check digit of a European application number of eight digits (Luhn).

    Weights are 1 and 2 in turn from the left, the digits of each product are added.

    >>> ep_check_digit("18877305"), ep_check_digit("96939832")
    ('5', '0')
    """
    if not re.fullmatch(r"\d{8}", number):
        raise ValueError(f"expected 8 digits, found {number!r}")
    products = [int(digit) * (1 + at % 2) for at, digit in enumerate(number)]
    return str(-sum(product // 10 + product % 10 for product in products) % 10)


def ep_application_number(text: str) -> str | None:
    """Return a European application number with its check digit, or None if it can't be one.

    Prefix, dot and blanks go; a missing check digit is added, and a wrong one is refused.

    >>> ep_application_number("EP 18877305.5"), ep_application_number("06101078")
    ('188773055', '061010781')
    >>> ep_application_number("18877305.4") is None
    True
    """
    matched = _EP_APPLICATION.fullmatch(re.sub(r"\s", "", text).upper())
    if matched is None:
        return None
    number, written = matched.groups()
    expected = ep_check_digit(number)
    return number + expected if written in {None, expected} else None


def wo_publication_number(text: str) -> str | None:
    """Return an international publication number as WO, four digits of year and six of number.

    Years had two digits until June 2002, and numbers five; the EPO pads the latter.

    >>> [wo_publication_number(each) for each in ("WO98/23643", "WO02020444", "WO2005022977")]
    ['WO1998023643', 'WO2002020444', 'WO2005022977']
    >>> wo_publication_number("WO2005") is None
    True
    """
    matched = _WO_PUBLICATION.fullmatch(re.sub(r"[\s/]", "", text).upper())
    return f"WO{_year(matched[1] or matched[2])}{matched[3].zfill(6)}" if matched else None


def pct_application_number(text: str) -> str | None:
    """Return an international application number as PCT/CC, year and six digits.

    >>> [pct_application_number(each) for each in ("PCT/US98/09178", "JP0107711", "CN2018112487")]
    ['PCT/US1998/009178', 'PCT/JP2001/007711', 'PCT/CN2018/112487']
    >>> pct_application_number("EP96939832") is None
    True
    """
    matched = _PCT_APPLICATION.fullmatch(re.sub(r"[\s/]", "", text).upper())
    if matched is None:
        return None
    country, long, short, serial = matched.groups()
    return f"PCT/{country}{_year(long or short)}/{serial.zfill(6)}"


def _year(digits: str) -> str:
    """Return a year of the PCT, which began in 1978, with its century."""
    return digits if len(digits) == 4 else f"{'19' if digits >= '78' else '20'}{digits}"

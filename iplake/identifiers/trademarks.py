"""Numbers of trademarks and registered designs: one written form for each office.

The formats are those of the offices' own records in the lake (US, EU); of the others, and of the
series of the US, only secondary sources were found, so that a text is read but never refused.
"""

from __future__ import annotations

import re

from iplake.identifiers.identifier import Identifier
from iplake.identifiers.text import compact, plain

# Series of US serial numbers: 79 came by the Madrid Protocol; since 97 in turn with 98 and 99.
US_SERIES = frozenset(
    str(each) for each in (*range(60, 63), *range(70, 80), *range(85, 91), 97, 98, 99)
)

_US_SERIAL = re.compile(r"(?:US(?:TM)?(?:SN|SERIALNO\.?)?)?(?P<number>\d{2}/?\d{3},?\d{3})")
_US_REGISTRATION = re.compile(
    r"US(?:PTO)?(?:TM)?(?:REG(?:ISTRATION)?\.?)(?:NO\.?)?(?P<number>\d{1,3}(?:,?\d{3}){0,2})"
)
_EU = re.compile(r"(?:EUTM|EM|CTM|EUIPO)?(?P<number>\d{9})")
_EU_DESIGN = re.compile(r"(?:EUIPO|RCD|REUD|EM)?(?P<design>\d{9})-(?P<part>\d{4})")
_MADRID = re.compile(
    r"(?:IR|WO|MADRID|INTREG|G|国际注册第?G?)(?:NO\.?)?0*(?P<number>[1-9]\d{2,6})(?P<letter>[A-Z])?号?"
)
_CN = re.compile(r"(?:CN(?:TM)?|第)0*(?P<number>[1-9]\d{2,7})(?P<letter>[A-Z])?(?:号(?:商标)?)?")
_CN_MADRID = re.compile(
    r"(?:CN(?:TM)?|第)G0*(?P<number>[1-9]\d{2,6})(?P<letter>[A-Z])?(?:号(?:商标)?)?"
)
_HAGUE = re.compile(r"(?:WO)?DM/?(?P<number>\d{6})(?:-(?P<part>\d{1,3}))?")


def read_us_serial(text: str) -> Identifier | None:
    """Return the serial number of an application for a US mark: two digits of series, six more.

    >>> read_us_serial("97/123,456").canonical, read_us_serial("US 79312345").notes
    ('US97123456', ('came by the Madrid Protocol',))
    >>> read_us_serial("12345678")
    """
    found = _US_SERIAL.fullmatch(compact(text))
    if found is None:
        return None
    number = re.sub(r"\D", "", found["number"])
    if number[:2] not in US_SERIES:
        return None
    notes = ("came by the Madrid Protocol",) if number[:2] == "79" else ()
    return Identifier(
        "trademark_application", f"US{number}", {"office": "US", "number": number}, notes=notes
    )


def read_us_registration(text: str) -> Identifier | None:
    """Return the registration number of a US mark, which says `Reg.` as serial numbers are like it.

    >>> read_us_registration("US Reg. No. 1,234,567").canonical
    'US Reg. 1234567'
    """
    found = _US_REGISTRATION.fullmatch(compact(text))
    if found is None:
        return None
    number = found["number"].replace(",", "").lstrip("0")
    parts = {"office": "US", "number": number}
    return Identifier("trademark_registration", f"US Reg. {number}", parts) if number else None


def read_eu_trademark(text: str) -> Identifier | None:
    """Return the number of an EU mark: nine digits.

    >>> read_eu_trademark("EUTM 018123456").canonical, read_eu_trademark("18123456")
    ('EM018123456', None)
    """
    found = _EU.fullmatch(compact(text))
    if found is None:
        return None
    number = found["number"]
    return Identifier("trademark_application", f"EM{number}", {"office": "EM", "number": number})


def read_madrid(text: str) -> Identifier | None:
    """Return the number of an international registration, a letter behind it for a part of it.

    >>> read_madrid("IR 0812345A").canonical, read_madrid("G1234567").canonical
    ('IR812345A', 'IR1234567')
    >>> read_madrid("第G1234567号").notes
    ('extended to China',)
    """
    written = compact(text)
    found = _CN_MADRID.fullmatch(written) or _MADRID.fullmatch(written)
    if found is None:
        return None
    number = found["number"] + (found["letter"] or "")
    is_chinese = _CN_MADRID.fullmatch(written) is not None
    return Identifier(
        "trademark_registration",
        f"IR{number}",
        {"office": "WO", "number": number},
        notes=("extended to China",) if is_chinese else (),
    )


def read_cn_trademark(text: str) -> Identifier | None:
    """Return the number of a Chinese mark, which its application and its registration share.

    >>> [read_cn_trademark(it).canonical for it in ("第 1234567 号商标", "CN TM 60123456A")]
    ['CNTM1234567', 'CNTM60123456A']
    """
    found = _CN.fullmatch(compact(text))
    if found is None:
        return None
    number = found["number"] + (found["letter"] or "")
    return Identifier("trademark_application", f"CNTM{number}", {"office": "CN", "number": number})


def read_design(text: str) -> Identifier | None:
    """Return the number of an EU design, or of one registered under the Hague Agreement.

    >>> read_design("RCD 000123456-0001").canonical, read_design("DM/206123").canonical
    ('EM000123456-0001', 'DM/206123')
    """
    written = compact(text)
    if found := _EU_DESIGN.fullmatch(written):
        number = f"{found['design']}-{found['part']}"
        return Identifier("design", f"EM{number}", {"office": "EM", "number": number})
    if found := _HAGUE.fullmatch(written):
        number = f"DM/{found['number']}" + (f"-{int(found['part'])}" if found["part"] else "")
        return Identifier("design", number, {"office": "WO", "number": number})
    return None


def read_bare_trademark(text: str) -> Identifier | None:
    """Return what eight digits or less may be where a mark is asked for, though nobody says whose.

    >>> read_bare_trademark("1234567").parts["number"]
    '1234567'
    """
    found = re.fullmatch(r"0*([1-9]\d{2,7})", plain(text).replace(",", ""))
    if found is None:
        return None
    note = "no office is named; the form fits China and registrations in the US"
    return Identifier("trademark_application", found[1], {"number": found[1]}, notes=(note,))

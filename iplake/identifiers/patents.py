"""Numbers of applications for patents: check digits, parts, one written form for each office.

Three systems number the same application: the office's own with its check digit, DOCDB's and
EPODOC's. `parts` of a reading have all three where they are known; `number` is what the lake's
columns hold, the office's digits without separators.
"""

from __future__ import annotations

import re

from iplake.identifiers.countries import ALPHA2
from iplake.identifiers.identifier import Identifier, checked
from iplake.identifiers.text import compact

CN_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
"""Weights of a Chinese application number's check digit: 2 to 9, and again from 2."""

CN_RIGHTS = {
    "1": "invention",
    "2": "utility model",
    "3": "design",
    "8": "invention, from the PCT",
    "9": "utility model, from the PCT",
}

RECEIVING_OFFICES = frozenset(ALPHA2.values()) | {"AP", "EA", "EP", "IB", "OA"}

# What US series codes number, and since when (MPEP 503); a serial may not fit its filing date.
US_SERIES = {
    **dict.fromkeys(("60", "61", "62", "63"), "provisional"),
    "29": "design",
    "35": "design, from the Hague system",
    "90": "ex parte reexamination",
    "95": "inter partes reexamination",
    "96": "supplemental examination",
    "02": "filed until 1947",
    "03": "filed 1948 to 1959",
    "04": "filed 1960 to 1969",
    "05": "filed 1970 to 1978",
    "06": "filed 1979 to 1986",
    "07": "filed 1987 to 1992",
    "08": "filed 1993 to 1997-12-29",
    "09": "filed from 1997-12-30",
}

_CN = re.compile(r"(?P<mark>CN|ZL)?(?P<number>(?:19|20)\d{10}|\d{8})(?:\.?(?P<check>[\dX]))?")
_CN_DOCDB = re.compile(r"CN[-.]?(?P<number>(?:19|20)\d{10})[-.]?[AUSQ]")
_CN_EPODOC = re.compile(r"CN(?P<year>20\d\d)(?P<right>[12389])(?P<serial>\d{1,7})")
_US = re.compile(r"(?P<mark>(?:US)?)(?P<series>\d{2})(?P<slash>/?)(?P<serial>\d{3},?\d{3})")
_EP = re.compile(r"(?P<mark>EP)?(?P<number>\d{8})(?:(?P<dot>\.)?(?P<check>\d))?")
# Ten digits begin with a year of four, seven with one of two.
_PCT = re.compile(
    r"(?P<mark>PCT/?)?(?P<office>[A-Z]{2})(?:(?P<long>\d{4})/?(?P<six>\d{6})"
    r"|(?P<short>\d\d)/?(?P<five>\d{5}))"
)


def cn_check_digit(number: str) -> str:
    """Return the check digit of a Chinese application number of 8 or 12 digits.

    The sum of the weighted digits modulo 11, where ten is written X.

    >>> cn_check_digit("202311352019"), cn_check_digit("201210003670")
    ('8', 'X')
    """
    if not re.fullmatch(r"[0-9]{8}|[0-9]{12}", number):
        raise ValueError(f"expected 8 or 12 digits, found {number!r}")
    rest = sum(int(digit) * weight for digit, weight in zip(number, CN_WEIGHTS, strict=False)) % 11
    return "X" if rest == 10 else str(rest)


def ep_check_digit(number: str) -> str:
    """Return the check digit of a European application number of eight digits (Luhn).

    Weights are 1 and 2 in turn from the left, the digits of each product are added.

    >>> ep_check_digit("18877305"), ep_check_digit("96939832")
    ('5', '0')
    """
    if not re.fullmatch(r"[0-9]{8}", number):
        raise ValueError(f"expected 8 digits, found {number!r}")
    products = [int(digit) * (1 + at % 2) for at, digit in enumerate(number)]
    return str(-sum(product // 10 + product % 10 for product in products) % 10)


def read_cn_application(text: str) -> Identifier | None:
    """Return a Chinese application number, as its office, DOCDB or EPODOC writes it.

    A missing check digit is added; a wrong one stays and is flagged. Numbers of 1985 to 1988 never
    had one.

    >>> found = read_cn_application("ZL 2012 1 0003670.X")
    >>> found.canonical, found.check, found.parts["number"]
    ('CN201210003670.X', 'holds', '201210003670X')
    >>> read_cn_application("202310999716.5").notes
    ('the check digit should be 6',)
    >>> [read_cn_application(it).canonical for it in ("CN-201710476483-A", "CN2013819325")]
    ['CN201710476483.6', 'CN201380019325.8']
    >>> read_cn_application("85100001").canonical, read_cn_application("92100001") is None
    ('CN85100001', True)
    """
    written = compact(text)
    check, mark = None, None
    if found := _CN.fullmatch(written):
        number, check, mark = found["number"], found["check"], found["mark"]
    elif found := _CN_DOCDB.fullmatch(written):
        number = found["number"]
    elif found := _CN_EPODOC.fullmatch(written):
        number = f"{found['year']}{found['right']}{found['serial'].zfill(7)}"
    else:
        return None
    is_long = len(number) == 12
    year = number[:4] if is_long else f"{'19' if number[0] in '89' else '20'}{number[:2]}"
    right = CN_RIGHTS.get(number[4] if is_long else number[2])
    if right is None or year < "1985" or (not is_long and year > "2003"):
        return None
    is_marked = mark is not None or "." in written or found.re is not _CN
    has_none = not is_long and year < "1989"
    if has_none and check:
        return None
    expected = "" if has_none else cn_check_digit(number)
    verdict = "none" if has_none else checked(expected, check)
    # Eight or nine bare digits are this only if the last says so.
    if not is_marked and not is_long and verdict in {"fails", "missing"}:
        return None
    digit = check if verdict == "fails" and check else expected
    notes = ["written as the number of a granted patent"] if mark == "ZL" else []
    notes += {"fails": [f"the check digit should be {expected}"]}.get(verdict, [])
    notes += {"missing": ["the check digit is added"]}.get(verdict, [])
    serial = number[5:].lstrip("0") if is_long else number[3:]
    return Identifier(
        kind="patent_application",
        canonical=f"CN{number}{f'.{digit}' if digit else ''}",
        parts={
            "office": "CN",
            "number": number + digit,
            "year": int(year),
            "right": right,
            "docdb": f"CN{number}",
            "epodoc": f"CN{number[:5] if is_long else year + number[2]}{serial}",
        },
        check=verdict,
        notes=tuple(notes),
    )


def read_ep_application(text: str) -> Identifier | None:
    """Return a European application number; a wrong check digit stays and is flagged.

    >>> found = read_ep_application("EP 18877305.5")
    >>> found.canonical, found.check, found.parts["number"]
    ('EP18877305.5', 'holds', '188773055')
    >>> read_ep_application("EP06101078").canonical, read_ep_application("18877305.4").check
    ('EP06101078.1', 'fails')
    """
    found = _EP.fullmatch(compact(text))
    if found is None:
        return None
    number, expected = found["number"], ep_check_digit(found["number"])
    verdict = checked(expected, found["check"])
    if not found["mark"] and found["dot"] is None and verdict != "holds":
        return None
    digit = found["check"] or expected
    year = int(number[:2]) + (1900 if number[:2] >= "78" else 2000)
    note = {
        "fails": (f"the check digit should be {expected}",),
        "missing": ("the check digit is added",),
    }
    return Identifier(
        kind="patent_application",
        canonical=f"EP{number}.{digit}",
        parts={
            "office": "EP",
            "number": number + digit,
            "year": year,
            "docdb": f"EP{number}",
            "epodoc": f"EP{year}{number[2:].zfill(7)}",
        },
        check=verdict,
        notes=note.get(verdict, ()),
    )


def read_us_application(text: str) -> Identifier | None:
    """Return a US application number: two digits of series and six of serial number.

    >>> found = read_us_application("US 10/141,259")
    >>> found.canonical, found.parts["number"]
    ('US10/141259', '10141259')
    >>> read_us_application("29318961").parts["series"], read_us_application("PCT/US98/09178")
    ('design', None)
    """
    found = _US.fullmatch(compact(text))
    if found is None:
        return None
    series, serial = found["series"], found["serial"].replace(",", "")
    meaning = US_SERIES.get(series)
    if meaning is None and "10" <= series <= "19":
        meaning = "filed from 2001-12"
    if meaning is None and not found["mark"] and not found["slash"]:
        return None  # eight digits that nothing speaks for
    return Identifier(
        kind="patent_application",
        canonical=f"US{series}/{serial}",
        parts={"office": "US", "number": series + serial, "series": meaning},
        notes=() if meaning else (f"{series} is no series code that is known",),
    )


def read_pct_application(text: str) -> Identifier | None:
    """Return an international application number as PCT/CC, year and six digits.

    >>> [read_pct_application(it).canonical for it in ("PCT/US98/09178", "JP0107711")]
    ['PCT/US1998/009178', 'PCT/JP2001/007711']
    >>> read_pct_application("EP96939832") is None
    True
    """
    found = _PCT.fullmatch(compact(text))
    if found is None or found["office"] not in RECEIVING_OFFICES:
        return None
    year = pct_year(found["long"] or found["short"])
    serial = found["six"] or found["five"].zfill(6)
    return Identifier(
        kind="patent_application",
        canonical=f"PCT/{found['office']}{year}/{serial}",
        parts={
            "office": "WO",
            "receiving_office": found["office"],
            "year": int(year),
            "number": f"PCT/{found['office']}{year}/{serial}",
            "epodoc": f"WO{year}{found['office']}{serial.lstrip('0').zfill(5)}",
        },
        notes=() if found["mark"] else ("PCT is not named",),
    )


def pct_year(digits: str) -> str:
    """Return a year of the PCT, which began in 1978, with its century."""
    return digits if len(digits) == 4 else f"{'19' if digits >= '78' else '20'}{digits}"

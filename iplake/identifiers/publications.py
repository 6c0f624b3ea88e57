"""Numbers of published patent documents: office, number and kind code in one written form."""

from __future__ import annotations

import re

from iplake.identifiers.countries import ALPHA2
from iplake.identifiers.identifier import Identifier, Part
from iplake.identifiers.kind_codes import meanings_of
from iplake.identifiers.patents import pct_year
from iplake.identifiers.text import compact

# WIPO ST.3: states of ISO 3166-1, offices of several states, and states that are no more.
OFFICES = frozenset(ALPHA2.values()) | frozenset("AP EA EM EP GC IB OA QZ WO CS DD SU YU".split())

_NUMBER = re.compile(
    r"(?P<office>[A-Z]{2})[-.]?(?P<letters>[A-Z]{0,2})(?P<digits>[\d./,-]*\d)"
    r"(?:\((?P<brackets>[A-Z]\d?)\)|[-.]?(?P<kind>[A-Z]\d?))?"
)
_ERA = re.compile(r"(?P<era>[MTSHR])?(?P<year>\d{1,2})-(?P<serial>\d{1,6})|([MTSHR])(\d{2})(\d{6})")
_JAPANESE = re.compile(
    r"特(?P<what>[開开許许公表])(?:(?P<era>昭|平|令)?第?(?P<number>[\d-]+)号?(?:公報)?)"
)
_US_DOCUMENT = re.compile(r"([A-Z]{0,2})0*([1-9]\d*)")
_ERAS = {"昭": "S", "平": "H", "令": "R"}


def read_publication(text: str) -> Identifier | None:
    """Return a publication number as office, number and kind code, without separators.

    US applications have eleven digits, as the office writes them; DOCDB's ten are in the parts.

    >>> [read_publication(it).canonical for it in ("US 2001/0003540 A1", "US2001003540A1")]
    ['US20010003540A1', 'US20010003540A1']
    >>> [read_publication(it).canonical for it in ("WO0198623A1", "WO99/13800", "JP8-179521")]
    ['WO2001098623A1', 'WO1999013800', 'JPH08179521']
    >>> [read_publication(it).canonical for it in ("CN 114 000 000 A", "EP 1 848 154 B1")]
    ['CN114000000A', 'EP1848154B1']
    >>> [read_publication(it).canonical for it in ("USD0631641S", "特開平8-179521")]
    ['USD631641S', 'JPH08179521A']
    >>> read_publication("US20010003540A1").parts["docdb"]
    'US2001003540A1'
    >>> read_publication("QQ123")
    """
    written = _from_japanese(compact(text))
    found = _NUMBER.fullmatch(written)
    if found is None or found["office"] not in OFFICES:
        return None
    office, letters, raw = found["office"], found["letters"], found["digits"]
    kind = found["brackets"] or found["kind"] or ""
    digits = re.sub(r"\D", "", raw)
    number: str | None = letters + digits
    if office == "WO":
        number = _international(digits) if not letters else None
    elif office == "US":
        number = _american(letters, digits) if "/" not in raw or raw.index("/") == 4 else None
    elif office == "JP":
        number = _japanese(letters, raw)
    elif office == "EP":
        number = digits.zfill(7) if not letters and len(digits) <= 7 else None
    elif office == "CN":
        number = digits if not letters and 7 <= len(digits) <= 9 else None
    elif office == "KR" and len(digits) == 13 and digits[:2] in {"10", "20", "30"}:
        number = digits[2:]  # the office's own number begins with the kind of right
    if number is None or len(number) > 14:
        return None
    parts: dict[str, Part] = {"office": office, "number": number, "kind_code": kind or None}
    notes: list[str] = []
    _add_meaning(parts, notes, office, kind)
    docdb = number
    if office == "US" and re.fullmatch(r"20\d{9}", number):
        docdb = number[:4] + number[5:]
    parts["docdb"] = f"{office}{docdb}{kind}"
    parts["epodoc"] = f"{office}{docdb}"
    return Identifier("patent_publication", f"{office}{number}{kind}", parts, "none", tuple(notes))


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


def _add_meaning(parts: dict[str, Part], notes: list[str], office: str, kind: str) -> None:
    """Add what the kind code means; where that depends on the day, all that it can mean."""
    if not kind:
        notes.append("without a kind code, it may be any publication of that number")
        return
    meanings = meanings_of(office, kind)
    if len(meanings) == 1:
        parts["right"] = meanings[0].right_name
        parts["level"] = meanings[0].publication_level
        parts["meaning"] = meanings[0].meaning
    for each in meanings if len(meanings) > 1 else []:
        until = f"until {each.published_to}" if each.published_to else ""
        since = f"from {each.published_from}" if each.published_from else ""
        notes.append(f"{' '.join(filter(None, (since, until)))}: {each.right_name}, {each.meaning}")


def _international(digits: str) -> str | None:
    # Years had two digits until June 2002, and numbers five; the EPO pads the latter.
    if len(digits) == 10 and digits[:2] in {"19", "20"}:
        return digits
    # Numbers of five digits ended in 2002; since, people shorten the year of those of six only.
    is_late = len(digits) == 7 and "05" <= digits[:2] < "78"
    if len(digits) in {7, 8} and not is_late:
        return pct_year(digits[:2]) + digits[2:].zfill(6)
    return None


def _american(letters: str, digits: str) -> str | None:
    if not letters and re.fullmatch(r"20\d{9}", digits):
        return digits
    if not letters and re.fullmatch(r"20\d{8}", digits):
        return digits[:4] + "0" + digits[4:]
    plain = digits.lstrip("0")
    if letters not in {"", "D", "PP", "RE", "H", "T", "X", "AI", "RX"} or not 1 <= len(plain) <= 8:
        return None
    return letters + plain


def _japanese(letters: str, raw: str) -> str | None:
    """Return a Japanese number: with era and year of two digits until 1999, else with four."""
    if letters in {"", "M", "T", "S", "H", "R"} and (found := _ERA.fullmatch(letters + raw)):
        if found[4]:
            return f"{found[4]}{found[5]}{found[6]}"
        # Without a letter, years from 50 on are of Shōwa: publications of applications began in 46.
        era = found["era"] or ("S" if int(found["year"]) >= 46 else "H")
        return f"{era}{int(found['year']):02}{found['serial'].zfill(6)}"
    if letters:
        return None
    year, mark, serial = raw.partition("-")
    return year + serial.zfill(6) if mark and len(year) == 4 else re.sub(r"\D", "", raw)


def _from_japanese(text: str) -> str:
    found = _JAPANESE.fullmatch(text)
    if found is None:
        return text
    # 許 is the patent, the others are publications: before the examination, after it, of the PCT.
    kind = {"公": "B2", "許": "", "许": ""}.get(found["what"], "A")
    return f"JP{_ERAS.get(found['era'] or '', '')}{found['number']}{kind}"

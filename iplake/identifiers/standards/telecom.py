"""Designators of 3GPP, ETSI and the ITU."""

from __future__ import annotations

import re

from iplake.identifiers.standards.designator import Designator

_VERSION = (
    r"(?:,? ?(?:V(?:ERSION)?\.? ?)(?P<version>\d+\.\d+\.\d+))?(?: ?\(?REL(?:EASE)?[- ]\d+\)?)?"
)
# 3GPP's own database has release and version behind a colon: TS 36.300:REL-12/12.4.0.
_3GPP = re.compile(
    r"(?:3GPP )?(?P<type>TS|TR) (?P<number>\d\d\.\d{2,3}[A-Z]*)(?:-(?P<part>[\dA-Z]+(?:-\d+)*))?"
    r"(?:(?::[A-Z0-9 -]+)?/(?P<listed>\d+\.\d+\.\d+)|" + _VERSION + ")",
    re.I,
)
# Before there were versions, ETSI numbered editions.
_ETSI = re.compile(
    r"(?:ETSI )?(?P<type>TS|TR|EN|ES|EG|SR|GS|GR|I-ETS|ETS|ETR|TCRTR|TBR|GTS)"
    r" (?P<number>(?:[A-Z0-9]{2,4}[ -])?\d{3} ?\d{3}|[A-Z0-9]{2,5}(?:-[A-Z0-9]{2,5})?[ -]?\d{3}"
    r"|(?:GSM )?\d\d\.\d\d|\d{3})"
    r"(?:-(?P<part>(?:\d+(?:-\d+)*)|DCS|EXT))?(?P<supplements>(?:/[AC]\d+){0,9})"
    r"(?: \([DRM]?[A-Z]+/[A-Z\d-]+\))?"  # the work item, as declarations name it
    r"(?:,? ED\.? ?(?P<edition>\d+)|" + _VERSION + r")(?: \(\d{4}-\d\d\))?",
    re.I,
)
_DATE = r"\((?:(?P<{0}month>\d\d)/)?(?P<{0}year>(?:18|19|20)\d\d)\)"
_WORD = r" ?(?:TECHNICAL )?{}AMD|AMENDMENT|COR|CORRIGENDUM|ERR|ERRATUM|ADD)\.? ?{}\d+)"
_SUPPLEMENT_DATE = r"(?: ?\({}(?:\d\d/)?(?:19|20)\d\d)\))?"
_AMENDMENT = re.compile(_WORD.format("(", "(") + _SUPPLEMENT_DATE.format("("), re.I)
_AMENDMENTS = _WORD.format("(?:", "(?:") + _SUPPLEMENT_DATE.format("(?:")
# Some recommendations are in two series (G.709/Y.1331): the first names them. A version beside
# the date says no more than that does.
_ITU = re.compile(
    r"ITU-?(?P<sector>[TR]) ?(?:REC(?:OMMENDATION)?\.? ?)?(?:ITU-?[TR] ?)?"
    r"(?P<series>[A-Z]{1,3})[. -]?(?P<number>\d+(?:\.\d+)*(?: ?(?:BIS|TER)\b|[A-Z]\b)?)"
    r"(?:-(?P<edition>\d+))?(?P<also>(?:/[A-Z]{1,2}\.\d+(?:\.\d+)*)*)(?: ?\(V\d+\))?"
    r"(?: ?" + _DATE.format("early_") + r")?"
    r"(?P<part>(?: ?(?:ANNEX|APP(?:ENDIX)?\.?) [A-Z]+\+?)?)"
    r"(?: ?" + _DATE.format("") + r")?"
    r"(?::(?P<colon>(?:19|20)\d\d))?(?P<amendments>(?:" + _AMENDMENTS + "){0,9})",
    re.I,
)
_SERIES_SUPPLEMENT = re.compile(
    r"ITU-?(?P<sector>[TR]) (?P<series>[A-Z](?:[.-]\d+)*)[ -](?:SERIES )?"
    r"SUPPL(?:EMENT)?\.? ?(?P<number>\d+(?:\.\d+)?)(?: ?" + _DATE.format("") + ")?",
    re.I,
)
_WORDS = {"AMENDMENT": "Amd", "CORRIGENDUM": "Cor", "ERRATUM": "Err"}


def read_3gpp(text: str) -> Designator | None:
    """Return the parts of a designator of 3GPP's."""
    found = _3GPP.fullmatch(text)
    if found is None:
        return None
    return Designator(
        publishers=("3GPP",),
        type=found["type"].upper(),
        number=found["number"].upper(),
        part=found["part"].upper() if found["part"] else None,
        version=found["listed"] or found["version"],
    )


def read_etsi(text: str) -> Designator | None:
    """Return the parts of a designator of ETSI's."""
    found = _ETSI.fullmatch(text)
    if found is None:
        return None
    kind, number = found["type"].upper(), found["number"].upper()
    # EN 300 392 is ETSI's, EN 60950 is not: without a name in front, the blank tells them apart.
    if (
        kind == "EN"
        and not re.match("ETSI", text, re.I)
        and not re.fullmatch(r"\d{3} \d{3}", number)
    ):
        return None
    return Designator(
        publishers=("ETSI",),
        type=kind,
        number=re.sub(r"(\d{3}) ?(\d{3})$", r"\1 \2", number),
        part=found["part"].upper() if found["part"] else None,
        version=found["version"],
        edition=found["edition"],
        amendments=tuple(found["supplements"].upper().split("/")[1:]),
    )


def read_itu(text: str) -> Designator | None:
    """Return the parts of a designator of the ITU's.

    A number behind a hyphen is the revision of an ITU-R recommendation, so it is its edition.
    """
    if found := _SERIES_SUPPLEMENT.fullmatch(text):
        return Designator(
            publishers=(f"ITU-{found['sector'].upper()}",),
            type=f"Suppl. {found['number']}",
            number=found["series"].upper(),
            date=_date(found["year"], found["month"]),
        )
    found = _ITU.fullmatch(text)
    if found is None:
        return None
    part = re.sub(r"^APP(?:ENDIX)?\.? ", "App. ", found["part"].strip(), flags=re.I)
    part = re.sub(r"^ANNEX ", "Annex ", part, flags=re.I)
    if part:
        head, tail = part.split(" ")
        part = f"{head} {tail.upper()}"
    number = re.sub(r" ?(BIS|TER)$", lambda it: it[1].lower(), found["number"], flags=re.I)
    return Designator(
        publishers=(f"ITU-{found['sector'].upper()}",),
        number=f"{found['series'].upper()}.{number}",
        part=part or None,
        date=_date(
            found["year"] or found["early_year"] or found["colon"],
            found["month"] if found["year"] else found["early_month"],
        ),
        edition=found["edition"],
        amendments=tuple(_amendment(*each) for each in _AMENDMENT.findall(found["amendments"])),
    )


def _amendment(word: str, number: str, date: str) -> str:
    name = _WORDS.get(word.upper(), word.capitalize())
    return f"{name} {number}" + (f":{'-'.join(reversed(date.split('/')))}" if date else "")


def _date(year: str | None, month: str | None) -> str | None:
    return f"{year}-{month}" if year and month else year or None

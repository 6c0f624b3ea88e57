"""Designators of Chinese standards: national, sector, local, of groups and of enterprises."""

from __future__ import annotations

import re

from iplake.identifiers.standards.designator import Designator

# Codes of the sectors, as the platforms of sector standards and of engineering standards list
# them; two or three letters alone would match too much else.
SECTORS = frozenset(
    "AQ BB CB CH CJ CJJ CY DA DB DL DZ EJ FZ GA GC GH GM GY HB HG HJ HS HY JB JC JG JGJ JJF JJG JR"
    " JT JTG JTJ JTS JY KA LB LD LS LY MH MR MT MZ NB NY QB QC QJ QX RB RFJ SB SC SF SH SJ SL SN SW"
    " SY TB TD TSG TY WB WH WJ WM WS WW XB XF YB YC YD YJ YS YY YZ ZY".split()
)
_NATIONAL = frozenset({"GB", "GBJ", "GBZ", "GJB", "CECS"})

_NUMBERED = (
    r"(?P<number>\d+)(?P<part>(?:\.\d+)*)(?P<letter>[A-Z]?)"
    r"(?: ?[-:] ?(?P<year>(?:19|20)\d\d|\d\d)(?P<month>-\d\d)?)?"
    r"(?: ?\((?P<reissued>(?:19|20)\d\d)(?: ?年版)?\))?(?P<sheet>/XG\d+(?:-(?:19|20)\d\d)?)?"
)
_LOCAL = re.compile(
    rf"(?P<body>DB ?\d\d(?:\d\d){{0,2}})(?:(?: ?/ ?(?P<type>[TZ]) ?)|(?: ?/ ?| )){_NUMBERED}", re.I
)
_BUILDING = re.compile(
    r"(?P<body>DBJ)(?: ?/ ?(?P<type>T))? ?(?P<number>\d\d-\d+)(?:-(?P<year>(?:19|20)\d\d))?", re.I
)
_OWN = re.compile(
    r"(?P<body>[TQ] ?/ ?[A-Z](?:[A-Z0-9]*[A-Z])?)(?: ?/ ?(?P<type>[TZ])(?= ?\d))? ?" + _NUMBERED,
    re.I,
)
_ROAD = re.compile(
    r"(?P<body>JTG)(?: ?/ ?(?P<type>T))? ?(?P<number>[A-H]\d\d)"
    r"(?:-(?P<year>(?:19|20)\d\d))?",
    re.I,
)
_CODED = re.compile(
    rf"(?P<body>[A-Z]{{2,5}}?)(?: ?/ ?(?P<type>[TZ])| ?(?P<glued>T)(?= ?\d))? ?{_NUMBERED}", re.I
)


def read(text: str) -> Designator | None:
    """Return the parts of a Chinese designator.

    What stands behind the number's first point is the part, a letter behind it the revision of a
    military standard. Designators of before 1996 may have years of two digits.
    """
    for pattern in (_LOCAL, _BUILDING, _ROAD, _OWN, _CODED):
        found = pattern.fullmatch(text)
        if found is not None:
            return _designator(found.groupdict(), is_coded=pattern is _CODED)
    return None


def _designator(found: dict[str, str | None], *, is_coded: bool) -> Designator | None:
    body = re.sub(" ", "", found["body"] or "").upper()
    if is_coded and body not in SECTORS | _NATIONAL:
        return None
    kind = found.get("type") or found.get("glued")
    letter, reissued = found.get("letter") or "", found.get("reissued")
    sheet = found.get("sheet")
    return Designator(
        publishers=(body,),
        type=kind.upper() if kind else None,
        number=(found["number"] or "").upper(),
        part=(found.get("part") or "")[1:] or None,
        date=_year(found["year"]),
        edition=(letter.upper() + (f"({reissued})" if reissued else "")) or None,
        amendments=(_sheet(sheet),) if sheet else (),
    )


def _sheet(text: str) -> str:
    number, _, year = text[1:].upper().partition("-")
    return number + (f"-{year}" if year else "")


def _year(text: str | None) -> str | None:
    return f"19{text}" if text and len(text) == 2 else text

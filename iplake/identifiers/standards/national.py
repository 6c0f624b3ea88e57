"""Designators of Europe's bodies and of those of Britain, Germany, France, Japan and Korea."""

from __future__ import annotations

import re

from iplake.identifiers.standards.designator import Designator
from iplake.identifiers.standards.writing import CONSOLIDATED

YEAR = r"(?:19|20)\d\d"
_SUPPLEMENT = rf"[/+](?:AMD|AC|COR|A|C|NA|FRAG)(?:[. ]?\d+)?(?: ?: ?{YEAR}(?:-\d\d)?)?"
_SUPPLEMENTS = re.compile(
    rf"[/+](AMD|AC|COR|A|C|NA|FRAG)(?:[. ]?(\d+))?(?: ?: ?({YEAR}(?:-\d\d)?))?", re.I
)
_EUROPEAN = re.compile(
    r"(?P<outer>(?:BS|DIN|NF|PD|DD)[ -])?(?:(?P<stage>FPR|PR)?"
    r"(?P<body>ENV|EN|HD|CR(?= )|CWA|CEN/CLC|CEN|CLC))?"
    r"(?:(?:^|(?<=[A-Z ]))[ /]?(?P<adopted>ISO(?:/(?:IEC|IEEE|ASTM|CIE))?|IEC(?:/IEEE)?))?"
    r"(?:[ /](?P<type>TS|TR|PAS|GUIDE))? ?(?P<number>(?<= )\d{1,6})(?P<part>(?:-[\dA-Z]{1,5})*?)"
    rf"(?: ?: ?(?P<year>{YEAR}(?:-\d\d)?))?(?P<supplements>(?:{_SUPPLEMENT}){{0,9}})",
    re.I,
)
_OWN = re.compile(
    r"(?P<body>BS|DIN|PAS|PD|DD)(?:[ /](?P<type>SPEC|VDE|VDE V|PAS|AU|MA|TS))? (?P<number>\d{1,6})"
    rf"(?P<part>(?:-\d+)*)(?: ?: ?(?P<year>{YEAR}(?:-\d\d)?))?"
    rf"(?P<supplements>(?:{_SUPPLEMENT}){{0,9}})",
    re.I,
)
_FRENCH = re.compile(
    rf"NF (?P<number>[A-Z] ?\d\d-\d{{3}})(?P<part>(?:-\d+)*)(?: ?: ?(?P<year>{YEAR}(?:-\d\d)?))?",
    re.I,
)
_LETTERED = re.compile(
    r"(?P<body>JIS|KS) ?(?P<section>[A-Z]) ?"
    r"(?P<adopted>(?:ISO|IEC|CISPR)(?:/(?:IEC|IEEE))?)?(?:[ /](?P<type>TS|TR))? ?"
    rf"(?P<number>\d{{3,6}})(?P<part>(?:-\d{{1,3}}(?!\d))*)(?: ?[:-] ?(?P<year>{YEAR}))?"
    rf"(?P<supplement>/ ?(?:AMENDMENT|AMD) ?\d+(?: ?: ?{YEAR})?)?(?: ?\([EJ]\))?",
    re.I,
)


def read_european(text: str) -> Designator | None:
    """Return the parts of a European designator, or of a national one that adopts another's."""
    for pattern in (_EUROPEAN, _OWN, _FRENCH):
        found = pattern.fullmatch(text)
        if found is None:
            continue
        groups = found.groupdict()
        if pattern is _EUROPEAN and not (groups["body"] or groups["adopted"]):
            continue
        bodies = [groups.get("outer"), groups.get("body"), groups.get("adopted")]
        publishers = [
            each for body in bodies for each in re.split(r"[ /-]", (body or "").upper()) if each
        ]
        if pattern is _FRENCH:
            publishers = ["NF"]
        # What only has ISO or IEC in it is theirs.
        if not publishers or publishers[0] in {"ISO", "IEC"}:
            return None
        supplements = groups.get("supplements") or ""
        stage = (groups.get("stage") or "").lower()
        kind = groups.get("type")
        return Designator(
            publishers=tuple(publishers),
            type=_type(kind) if kind else None,
            number=re.sub(r"(?<=[A-Z])(?=\d)", " ", found["number"].upper()),
            part=found["part"][1:].upper() or None,
            date=found["year"],
            edition=CONSOLIDATED if "+" in supplements else None,
            stage={"fpr": "Fpr"}.get(stage, stage) or None,
            amendments=tuple(_supplement(*each) for each in _SUPPLEMENTS.findall(supplements)),
        )
    return None


def _type(text: str) -> str:
    return "Guide" if text.upper() == "GUIDE" else text.upper()


def _supplement(word: str, number: str, date: str) -> str:
    name = word.upper() + (" " if word.upper() in {"AMD", "COR"} and number else "")
    return f"{name}{number}" + (f":{date}" if date else "")


def read_lettered(text: str) -> Designator | None:
    """Return the parts of a Japanese or Korean designator; a section stands before its number."""
    found = _LETTERED.fullmatch(text)
    if found is None:
        return None
    adopted = (found["adopted"] or "").upper()
    supplement = found["supplement"]
    named = re.sub(r"/ ?(?:AMENDMENT|AMD) ?", "Amd ", supplement, flags=re.I) if supplement else ""
    return Designator(
        publishers=(found["body"].upper(), *(each for each in adopted.split("/") if each)),
        type=found["type"].upper() if found["type"] else None,
        number=f"{found['section'].upper()} {found['number']}",
        part=found["part"][1:] or None,
        date=found["year"],
        amendments=(re.sub(r" ?: ?", ":", named),) if named else (),
    )

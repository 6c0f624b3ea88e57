"""Designators of ISO, IEC and those who publish with them."""

from __future__ import annotations

import re

from iplake.identifiers.standards.designator import Designator
from iplake.identifiers.standards.writing import CONSOLIDATED

YEAR = r"(?:1[89]|20)\d\d"
WITH_ISO = "ISO|IEC|IEEE|CIE|ASTM|ASME|SAE|IDF|OIML|HL7|CISPR|IULTCS|IUP|IUC|OECD|SMPTE|ITU-T"
TYPES = "TR|TS|PAS|GUIDE|R|ISP|TTA|DATA|SRD"
STAGES = "NP|PWI|AWI|WD|CDV|CD|DIS|FDIS|PRF|DRAFT"

# What makes a draft of a supplement one word: ISO 10519:2015/DAM 1.
_SUPPLEMENT = (
    rf"[/+] ?(?:(?:{STAGES}) )?(?:FPD|FP|FD|PD|[PDF])?"
    r"(?:AMENDMENT|AMD|AM|A|CORRIGENDUM|COR|ADD|SUPPL|SUP)"
    rf"\.? ?\d+(?:\.\d+)?(?: ?[:-] ?{YEAR})?"
)
_SUPPLEMENTS = re.compile(
    rf"(?:(?P<stage>{STAGES}) )?(?P<draft>FPD|FP|FD|P?D|P|F)?"
    r"(?P<word>AMENDMENT|AMD|AM|A|CORRIGENDUM|COR|ADD|SUPPL|SUP)\.? ?"
    rf"(?P<number>\d+(?:\.\d+)?)(?: ?[:-] ?(?P<year>{YEAR}))?",
    re.I,
)
_WORDS = {"A": "Amd", "AM": "Amd", "AMENDMENT": "Amd", "CORRIGENDUM": "Cor", "SUP": "Suppl"}
_STAGED = {"D": "D", "PD": "PD", "FD": "FD", "FPD": "FPD", "P": "PD", "F": "FD", "FP": "FPD"}

_TYPE = (
    rf"(?:(?P<stage>{STAGES})(?:[ /]|$| ?(?=\d)))?"
    rf"(?:(?P<glued>FD|PD|D)(?=(?:TR|TS|PAS|ISP|GUIDE)\b))?(?P<type>{TYPES})?"
)
_DESIGNATOR = re.compile(
    rf"(?P<publishers>(?:ISO|IEC|CISPR)(?:/(?:{WITH_ISO}))*)(?:[/ ]{_TYPE})?"
    r" ?(?P<number>\d{1,7})(?P<part>(?:-[\dA-Z]{1,6})*?)(?:\.(?P<iteration>\d{1,2}))?"
    # Parts of ISO 10303 look like years; a year behind a hyphen is none of ISO's own forms anyway.
    rf"(?: ?: ?(?P<year>{YEAR})(?:-\d\d)?|(?<!10303)-(?P<hyphened>19[4-9]\d|20\d\d))?"
    rf"(?P<supplements>(?:{_SUPPLEMENT}){{0,9}})"
    r"(?P<consolidated>(?: CSV)?)(?P<redline>(?: REDLINE)?)"
    r" ?(?:\([A-Z](?:/[A-Z])*\)|\((?:EN|FR|RU)\))?",
    re.I,
)
_WORKSHOP = re.compile(
    r"(?:ISO[/ ])?(?:(?P<stage>DIS|PRF|CD|AWI|WD)[ /])?IWA (?P<number>\d+)(?:-(?P<part>\d+))?"
    rf"(?: ?: ?(?P<year>{YEAR}))?(?P<supplements>(?:{_SUPPLEMENT}){{0,9}})(?: ?\([A-Z]\))?",
    re.I,
)
# IEEE's own lists write ISO/IEC/IEEE 8802.11-2022 for ISO/IEC/IEEE 8802-11:2022.
_DOTTED = re.compile(
    rf"((?:ISO/IEC|ISO|IEC)/IEEE )(\d+)\.([\d.]+(?:-\d+)*|\d[\dA-Z]*)((?:/.*)?-{YEAR}.*)", re.I
)


def read(text: str) -> Designator | None:
    """Return the parts of a designator of ISO's or IEC's."""
    if dotted := _DOTTED.fullmatch(text):
        start, number, part, rest = dotted.groups()
        text = f"{start}{number}-{part.replace('.', '-')}{rest}"
    if workshop := _WORKSHOP.fullmatch(text):
        return Designator(
            publishers=("ISO",),
            type="IWA",
            number=workshop["number"],
            part=workshop["part"],
            date=workshop["year"],
            stage=_upper(workshop["stage"]),
            amendments=supplements_in(workshop["supplements"]),
        )
    found = _DESIGNATOR.fullmatch(text)
    if found is None:
        return None
    kind = _upper(found["type"])
    supplements = found["supplements"]
    is_consolidated = "+" in supplements or bool(found["consolidated"])
    return Designator(
        publishers=tuple(found["publishers"].upper().split("/")),
        type="Guide" if kind == "GUIDE" else kind,
        number=found["number"],
        part=found["part"][1:].upper() or None,
        date=found["year"] or found["hyphened"],
        version=found["iteration"],
        edition=CONSOLIDATED if is_consolidated else found["redline"].strip().capitalize() or None,
        stage=_upper(found["stage"] or found["glued"]),
        amendments=supplements_in(supplements),
    )


def supplements_in(text: str) -> tuple[str, ...]:
    """Return supplements as they are written here: type, number, and year behind a colon.

    >>> supplements_in("/AMD 1:2024/Cor.2"), supplements_in("/DAM 1"), supplements_in("/CD Amd 2.3")
    (('Amd 1:2024', 'Cor 2'), ('DAmd 1',), ('CD Amd 2.3',))
    """
    return tuple(_supplement(found) for found in _SUPPLEMENTS.finditer(text))


def _supplement(found: re.Match[str]) -> str:
    word = found["word"].upper()
    name = _STAGED.get((found["draft"] or "").upper(), "") + _WORDS.get(word, word.capitalize())
    stage = f"{found['stage'].upper()} " if found["stage"] else ""
    year = f":{found['year']}" if found["year"] else ""
    return f"{stage}{name} {found['number']}{year}"


def _upper(text: str | None) -> str | None:
    return text.upper() if text else None

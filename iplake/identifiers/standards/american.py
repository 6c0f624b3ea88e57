"""Designators of IEEE, NIST, ANSI and ASTM."""

from __future__ import annotations

import re

from iplake.identifiers.standards.designator import Designator

YEAR = r"(?:1[89]|20)\d\d"
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()

# Letters behind an IEEE number are small for amendments, as in 802.11ax, and large for revisions
# and stand-alone parts, as in 802.1Q; a letter in front, as in C37.118, is large.
_IEEE = re.compile(
    r"(?P<ansi>ANSI/)?IEEE ?(?:(?:UNAPPROVED|APPROVED|ACTIVE|DRAFT) )*(?:STDS?\.? ?)?(?:NO\.? ?)?"
    r"(?P<draft>P)?(?P<number>[CN]?\d+(?:(?!REV)[A-Z])?(?:\.\d+)*(?P<letters>[A-Z]{0,3}?))"
    r"(?P<part>(?:-\d{1,3})*)(?P<revision>[./-]?REV ?[A-Z]{1,3}\b)?"
    rf"(?: ?[-:] ?(?P<year>{YEAR}(?:-\d\d(?!\d))?))?"
    r"(?:/D(?:RAFT)? ?-?(?P<version>\d+(?:\.\d+)*[A-Z]?(?:R\d+)?))?"
    rf"(?P<cor>(?:/(?:COR|AMD|INT)\.? ?\d+(?:[-:](?:{YEAR}))?){{0,9}})"
    rf"(?:(?P<dated>-{YEAR}(?:-\d\d)?|,? \(?(?:[A-Z]{{3,9}}\.? )?{YEAR}(?:-\d\d)?\)?))?"
    r"(?P<revised>/R-[A-Z]{1,3})?(?P<edition> (?:REDLINE|INTERPRETATIONS?))?",
    re.I,
)
_IEEE_SUPPLEMENT = re.compile(rf"/(COR|AMD|INT)\.? ?(\d+)(?:[-:]({YEAR}))?", re.I)
_NIST = re.compile(
    r"(?:NIST[ .])?(?P<type>SP|FIPS|CSWP|NISTIR|(?<=NIST.)(?:IR|AI|TN|GCR|HB|VTS|AMS))"
    r"(?: PUB(?:S|LICATION)?)?[ .-]?(?P<number>\d{1,5}[A-Z]?(?:-\d+[A-Z]?)?)"
    r"(?:(?: |,|/)?(?P<division>PART|PT\.?|VOL(?:UME)?\.?|V) ?(?P<part>\d{1,3}[A-Z]?))?"
    r"(?:-(?P<hyphened>\d{1,2}))?"
    r"(?:,? ?(?:REV(?:ISION)?\.?|R|VERSION|VER\.?|E) ?(?P<revision>\d{1,2}|r(?!\w)))?"
    r"(?P<unnumbered>,? ?(?:REVISION \(R\)|\(REVISED\)))?"
    r"(?: ?[\[(]?(?P<stage>\d?PD|IPD|FPD|DRAFT|INITIAL PUBLIC DRAFT|FINAL)[\])]?)?"
    r"(?: ?\((?P<date>(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?)\))?",
    re.I,
)
_ASTM = re.compile(
    r"ASTM (?:DESIGNATION:? )?(?P<number>(?P<letter>[A-G]|PS|WK)\d+[A-Z]?(?:/(?P=letter)\d+M)?)"
    r"(?:-(?P<year>(?:19|20)\d\d|\d\d)(?P<version>[A-Z])?)?"
    r"(?:\((?P<reapproved>(?:19|20)\d\d)\))?(?:[\^ ]?(?:E|EPS(?:ILON)?)(?P<editorial>\d))?",
    re.I,
)
_ANSI = re.compile(
    r"ANSI(?P<others>(?:/[A-Z]{2,6})*) (?:STD\.? )?"
    r"(?P<number>[A-Z]{0,2}\d+[A-Z]?(?:\.\d+)*[A-Z]{0,2})"
    rf"(?P<part>(?:-\d{{1,3}})*)(?:[-:](?P<year>{YEAR}))?(?P<edition> REDLINE)?",
    re.I,
)


def read_ieee(text: str) -> Designator | None:
    """Return the parts of a designator of IEEE's, whose drafts begin with a P."""
    # A trade mark sign that has become letters: P802.11aqTM.
    found = _IEEE.fullmatch(re.sub(r"(?<=[a-z\d])TM\b", "", text))
    if found is None:
        return None
    is_draft = bool(found["draft"] or found["version"])
    letters = found["letters"]
    base = found["number"].removesuffix(letters)
    date = _ieee_date(found["dated"]) or found["year"]
    revision = found["revision"] or found["revised"]
    edition = (found["edition"] or "").strip().capitalize()
    if revision:
        edition = "REV" + re.sub(r"^[./-]?(?:REV ?|R-)", "", revision, flags=re.I).lower()
    return Designator(
        publishers=("ANSI", "IEEE") if found["ansi"] else ("IEEE",),
        type="Std",
        number=base.upper() + _letters(letters),
        part=found["part"][1:] or None,
        date=date,
        version=found["version"].lower() if found["version"] else None,
        edition=edition or None,
        stage="P" if is_draft else None,
        amendments=tuple(
            f"{word.capitalize()} {at}" + (f":{year}" if year else "")
            for word, at, year in _IEEE_SUPPLEMENT.findall(found["cor"])
        ),
    )


def _letters(text: str) -> str:
    """Return the letters behind a number as IEEE has them: of one alone, the case tells."""
    return text if len(text) == 1 else text.lower()


def _ieee_date(text: str | None) -> str | None:
    if not text:
        return None
    named = re.search(rf"([A-Z]{{3}})[A-Z]*\.? ({YEAR})", text, re.I)
    if named and named[1].upper() in _MONTHS:
        return f"{named[2]}-{_MONTHS.index(named[1].upper()) + 1:02}"
    return text.strip(" -,()") if not named else named[2]


def read_nist(text: str) -> Designator | None:
    """Return the parts of a designator of NIST's.

    A number behind a second hyphen of a special publication, and behind the first of a FIPS, is a
    revision: SP 800-63-4, FIPS 180-4.
    """
    found = _NIST.fullmatch(text)
    if found is None:
        return None
    kind = found["type"].upper().replace("NISTIR", "IR")
    number, revision = found["number"].upper(), found["revision"] or found["hyphened"]
    if kind == "FIPS" and re.fullmatch(r"\d+-\d{1,2}", number) and not revision:
        number, revision = number.split("-")
    division = found["division"]
    part = None
    if division:
        part = ("Part " if division.upper().startswith("P") else "Vol. ") + found["part"].upper()
    stage = (found["stage"] or "").lower()
    stage = {"final": "", "initial public draft": "ipd"}.get(stage, stage)
    return Designator(
        publishers=("NIST",),
        type=kind,
        number=number,
        part=part,
        date=found["date"],
        edition=revision or ("r" if found["unnumbered"] else None),
        stage=stage or None,
    )


def read_astm(text: str) -> Designator | None:
    """Return the parts of a designator of ASTM's: years of two digits, reapprovals, corrections."""
    found = _ASTM.fullmatch(text)
    if found is None:
        return None
    year = found["year"]
    if year and len(year) == 2:
        # ASTM was founded in 1898; designators have had their years since the 1910s.
        year = ("20" if year < "40" else "19") + year
    editorial = f"e{found['editorial']}" if found["editorial"] else ""
    return Designator(
        publishers=("ASTM",),
        number=found["number"].upper(),
        date=year,
        edition=(found["reapproved"] or "") + editorial or None,
        version=found["version"].lower() if found["version"] else None,
    )


def read_ansi(text: str) -> Designator | None:
    """Return the parts of a designator of ANSI's, with those whose standard it approved."""
    found = _ANSI.fullmatch(text)
    if found is None:
        return None
    return Designator(
        publishers=("ANSI", *found["others"].upper().split("/")[1:]),
        number=found["number"].upper(),
        part=found["part"][1:] or None,
        date=found["year"],
        edition=found["edition"].strip().capitalize() if found["edition"] else None,
    )

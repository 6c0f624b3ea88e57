"""Designators of the IETF and the W3C."""

from __future__ import annotations

import re

from iplake.identifiers.standards.designator import Designator

_SERIES = re.compile(
    r"(?:IETF )?(?P<type>RFC|BCP|STD|FYI|IEN)[ -]?0*(?P<number>[1-9]\d{0,4})", re.I
)
_DRAFT = re.compile(
    r"(?:I-D[. ])?(?P<number>draft-[a-z0-9][a-z0-9-]*?)(?:-(?P<version>\d\d))?", re.I
)
_W3C_TYPES = "REC|PR|PER|CR|CRD|WD|FPWD|LCWD|ED|NOTE|STMT|DNOTE|DRY|CRY|CRYD|RY|SUBM|OBSL|SPSD|DISC"
_W3C = re.compile(
    rf"(?P<body>W3C )?(?:(?P<type>{_W3C_TYPES})-)?(?P<number>[A-Z\d][\w.+-]*?)"
    r"(?:-(?P<date>(?:(?:19|20)\d{2}|9\d)(?:0[1-9]|1[0-2])[0-3]\d))?(?:[_/](?P<suffix>\w+))?",
    re.I,
)
_W3C_URL = re.compile(
    r"(?:https?://)?(?:www\.)?w3\.org/TR/(?:(?:19|20)\d\d/)?(?P<name>[\w.+-]+?)/?(?:#.*)?", re.I
)


def read_ietf(text: str) -> Designator | None:
    """Return the parts of an RFC's or an internet draft's designator."""
    if found := _SERIES.fullmatch(text):
        return Designator(("IETF",), found["number"], found["type"].upper())
    found = _DRAFT.fullmatch(text)
    if found is None:
        return None
    return Designator(("IETF",), found["number"].lower(), "I-D", version=found["version"])


def read_w3c(text: str) -> Designator | None:
    """Return the parts of a W3C designator: a short name, which keeps its letters as they are.

    Without `W3C` in front it needs a type and a date, as a bare name could be anything.
    """
    url = _W3C_URL.fullmatch(text)
    found = _W3C.fullmatch(url["name"] if url else text)
    if found is None or not (url or found["body"] or (found["type"] and found["date"])):
        return None
    date = found["date"]
    if date and len(date) == 6:  # until 1997
        date = f"19{date}"
    return Designator(
        publishers=("W3C",),
        type=found["type"].upper() if found["type"] else None,
        number=found["number"] + (f"_{found['suffix']}" if found["suffix"] else ""),
        date=f"{date[:4]}-{date[4:6]}-{date[6:]}" if date else None,
    )

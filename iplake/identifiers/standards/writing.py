"""How each body writes its designators."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iplake.identifiers.standards.designator import Designator

INTERNATIONAL = frozenset({"ISO", "IEC", "CISPR"})
CONSOLIDATED = "consolidated"
"""Edition of a text with its amendments worked in, which are then written behind a plus."""

GLUED_STAGES = frozenset({"D", "FD", "PD"})
"""Stages of drafts that are written in one word with the type, as in DTS."""


def written(it: Designator) -> str:
    """Return a designator as its first publisher writes it."""
    first = it.publishers[0]
    if first in INTERNATIONAL:
        return _international(it)
    if first in {"3GPP", "ETSI"}:
        return _telecom(it)
    if first.startswith("ITU-"):
        return _itu(it)
    if first in EUROPEAN:
        return _european(it)
    if first in {"JIS", "KS"}:
        return _lettered(it)
    if it.publishers[-1] == "IEEE":
        return _ieee(it)
    if first in {"IETF", "W3C"}:
        return _internet(it)
    if first in {"NIST", "ASTM", "ANSI"}:
        return {"NIST": _nist, "ASTM": _astm, "ANSI": _ansi}[first](it)
    return _chinese(it)


DRAFTED = frozenset({"EN", "HD", "ENV", "CEN", "CLC", "CR", "CWA"})
EUROPEAN = frozenset("EN HD ENV CWA CR CEN CLC BS PD DD PAS DIN NF".split())


def _numbered(it: Designator) -> str:
    return it.number + (f"-{it.part}" if it.part else "")


def _dated(it: Designator, mark: str) -> str:
    return _numbered(it) + (f"{mark}{it.date}" if it.date else "")


def _supplemented(it: Designator) -> str:
    mark = "+" if it.edition == CONSOLIDATED else "/"
    return "".join(f"{mark}{each}" for each in it.amendments)


def _international(it: Designator) -> str:
    publishers = "/".join(it.publishers)
    kind, stage = it.type, it.stage
    if stage in GLUED_STAGES and kind:
        label = f"{stage}{kind}"
    else:
        label = " ".join(each for each in (stage, kind) if each)
    iteration = f".{it.version}" if it.version else ""
    rest = f"{_numbered(it)}{iteration}{f':{it.date}' if it.date else ''}{_supplemented(it)}"
    if it.edition == CONSOLIDATED and not it.amendments:
        rest += " CSV"
    rest += " Redline" if it.edition == "Redline" else ""
    if kind == "IWA":
        return f"{label} {rest}"
    if not label:
        return f"{publishers} {rest}"
    # `ISO/TR 1`, but `ISO/IEC TR 1` and `ISO Guide 1`, as ISO and IEC write them.
    mark = "/" if publishers == "ISO" and label != "Guide" else " "
    return f"{publishers}{mark}{label} {rest}"


def _telecom(it: Designator) -> str:
    version = f" V{it.version}" if it.version else f" ed.{it.edition}" if it.edition else ""
    return f"{it.publishers[0]} {it.type} {_numbered(it)}{_supplemented(it)}{version}"


def _month(date: str | None) -> str:
    """Return `(08/2021)`, or `(2021)` where the month is not known, as the ITU writes dates."""
    return f" ({'/'.join(reversed(date.split('-')))})" if date else ""


def _itu(it: Designator) -> str:
    kind = f" {it.type}" if it.type else ""
    edition = f"-{it.edition}" if it.edition else ""
    part = f" {it.part}" if it.part else ""
    base = f"{it.publishers[0]} {it.number}{kind}{edition}{part}{_month(it.date)}"
    for each in it.amendments:
        name, _, date = each.partition(":")
        base += f" {name.replace(' ', '. ', 1)}{_month(date)}"
    return base


def _ieee(it: Designator) -> str:
    publishers = "/".join(it.publishers)
    edition = it.edition or ""
    number = _numbered(it)
    if edition.startswith("REV"):  # the project that revises a standard: P802.11REVmb
        number, edition = number + edition, ""
    edition = f" {edition}" if edition else ""
    if it.stage:
        draft = f"/D{it.version}" if it.version else ""
        date = f" ({it.date})" if it.date else ""
        return f"{publishers} P{number}{draft}{_supplemented(it)}{date}{edition}"
    supplements = "".join(f"/{each.replace(':', '-')}" for each in it.amendments)
    year = f"-{it.date}" if it.date else ""
    return f"{publishers} Std {number}{year}{supplements}{edition}"


def _internet(it: Designator) -> str:
    if it.publishers[0] == "W3C":
        kind = f"{it.type}-" if it.type else ""
        date = f"-{it.date.replace('-', '')}" if it.date else ""
        return f"W3C {kind}{it.number}{date}"
    if it.type == "I-D":
        return it.number + (f"-{it.version}" if it.version else "")
    return f"{it.type} {it.number}"


def _nist(it: Designator) -> str:
    part = f" {it.part}" if it.part else ""
    # FIPS number their revisions behind a hyphen, the others say which it is.
    is_hyphened = it.type == "FIPS" and f"{it.number}{it.part or ''}{it.edition}".isdigit()
    revision = f"-{it.edition}" if is_hyphened else f" Rev. {it.edition}"
    stage = f" {it.stage}" if it.stage else ""
    date = f" ({it.date})" if it.date else ""
    return f"NIST {it.type} {it.number}{part}{revision if it.edition else ''}{stage}{date}"


def _astm(it: Designator) -> str:
    year = it.date or ""
    year = year[2:] if "1940" <= year < "2040" else year
    year = f"-{year}{it.version or ''}" if year else ""
    reapproved, _, editorial = (it.edition or "").partition("e")
    year += f"({reapproved})" if reapproved else ""
    return f"ASTM {_numbered(it)}{year}{f'e{editorial}' if editorial else ''}"


def _ansi(it: Designator) -> str:
    others = "/".join(it.publishers)
    mark = ":" if it.publishers[-1] in INTERNATIONAL else "-"
    edition = f" {it.edition}" if it.edition else ""
    return f"{others} {_dated(it, mark)}{edition}"


def _lettered(it: Designator) -> str:
    first, *others = it.publishers
    adopted = f" {'/'.join(others)}" if others else ""
    kind = f" {it.type}" if it.type else ""
    section, _, number = it.number.rpartition(" ")
    section = f" {section}" if section else ""
    part = f"-{it.part}" if it.part else ""
    date = f":{it.date}" if it.date else ""
    return f"{first}{section}{adopted}{kind} {number}{part}{date}{_supplemented(it)}"


def _european(it: Designator) -> str:
    at = next((at for at, each in enumerate(it.publishers) if each in DRAFTED), 0)
    # A draft of a European standard is a prEN, or an FprEN shortly before it is one.
    words = [(it.stage or "") * (place == at) + each for place, each in enumerate(it.publishers)]
    start = " ".join(words)
    for pair in ("CEN CLC", "ISO IEC", "ISO IEEE", "IEC IEEE", "ISO ASTM", "ISO CIE"):
        start = start.replace(pair, pair.replace(" ", "/"))
    kind = it.type
    if kind in {"SPEC", "VDE", "Guide"} or (
        kind and it.publishers[-1] not in {"CEN", "CLC", "ISO", "IEC", "DIN"}
    ):
        start += f" {kind}"
    elif kind:
        start += f"/{kind}"
    return f"{start} {_dated(it, ':')}{_supplemented(it)}"


def _chinese(it: Designator) -> str:
    start = it.publishers[0] + (f"/{it.type}" if it.type else "")
    part = f".{it.part}" if it.part else ""
    year = f"-{it.date}" if it.date else ""
    # A mandatory local standard has its region's digits and its own apart: DB44/26-2001.
    mark = "/" if start.startswith("DB") and start[2:].isdigit() else " "
    letter, _, reissued = (it.edition or "").partition("(")
    reissued = f"({reissued}" if reissued else ""
    return f"{start}{mark}{it.number}{part}{letter}{year}{reissued}{_supplemented(it)}"

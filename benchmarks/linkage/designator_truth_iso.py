"""Real designators of ISO, IEC and IEEE with their parts: keys of an index, names of files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.linkage.designator_truth import Case, Document, archives, case, index, names

# How the index has the stage of a draft in one word with its type.
GLUED = {"dts": "TS", "dtr": "TR", "dpas": "PAS", "dguide": "Guide"}
SUPPLEMENTS = {"AMD": "Amd", "COR": "Cor", "ADD": "Add", "SUP": "Suppl"}
DRAFTS = {"damd": "D", "dis": "D", "dcor": "D", "fdamd": "FD", "fdis": "FD"}


def iso(real: Path) -> Iterator[Case]:
    """Parts from the keys of Relaton's index."""
    keys = index(real / "standard/relaton_iso")
    for name, document in archives(real / "standard/relaton_iso"):
        if (key := keys.get(name)) is None:
            continue
        for text in names(document, "ISO"):
            body = "IEC" if text.startswith("IEC") else "ISO/IEC" if "IEC" in text[:7] else "ISO"
            parts = _iso(key)
            # Proofs are mostly written as the standards that they become.
            if "PRF" not in text and parts["stage"] == "PRF":
                parts["stage"] = None
            yield case(text, body, "index keys", **parts)


def _iso(key: Document) -> Document:
    supplements: list[str] = []
    while "base" in key:
        supplements.insert(0, _supplement(key))
        key = key["base"]
    stage, kind = key.get("stage", "").lstrip(":"), key.get("type")
    kind = "Guide" if kind == "GUIDE" else kind
    copublishers = key.get("copublisher", [])
    copublishers = copublishers if isinstance(copublishers, list) else [copublishers]
    if kind == "IWA" or key.get("publisher") == "IWA":
        copublishers = []
    return {
        "publishers": (key["publisher"], *copublishers),
        "type": kind,
        "number": key.get("number"),
        "part": key.get("part"),
        "date": key.get("year"),
        "stage": "D" if stage in GLUED else stage.upper(),
        "version": key.get("iteration"),
        "amendments": tuple(supplements),
    }


def _supplement(key: Document) -> str:
    stage, name = key.get("stage", ""), SUPPLEMENTS[key["type"]]
    if stage.lstrip(":") in DRAFTS:
        stage, name = "", DRAFTS[stage.lstrip(":")] + name
    iteration = f".{key['iteration']}" if "iteration" in key else ""
    year = f":{key['year']}" if "year" in key else ""
    return f"{f'{stage} ' if stage else ''}{name} {key['number']}{iteration}{year}"


def ieee(real: Path) -> Iterator[Case]:
    """Parts from Relaton's file names: number, draft and date between fixed marks."""
    name_of = re.compile(
        r"(?P<ansi>ANSI_)?IEEE_(?:(?:UNAPPROVED|APPROVED|ACTIVE)_)?(?:STD_)?(?P<draft>P)?"
        r"(?P<number>802\.11[A-Z]*(?:\.\d)?)(?:_D-(?P<version>[\d.]+))?(?P<cor>_COR\d+)?"
        r"(?:-(?P<year>\d{4})(?:-(?P<month>\d\d))?)?(?P<revision>_R-[A-Z]+)?(?P<redline>_REDLINE)?"
        r"\.yaml"
    )
    for name, document in archives(real / "standard/relaton_ieee"):
        if (found := name_of.fullmatch(name)) is None:
            continue
        cor, year = found["cor"], found["year"]
        is_draft = bool(found["draft"] or found["version"])
        correction = f"Cor {cor[4:]}" if cor else ""
        if cor and not is_draft and year:
            correction, year = f"{correction}:{year}", None
        revision = f"REV{found['revision'][3:].lower()}" if found["revision"] else None
        for text in names(document, "IEEE"):
            yield case(
                text,
                "IEEE",
                "file names",
                publishers=("ANSI", "IEEE") if found["ansi"] else ("IEEE",),
                type="Std",
                number=_letters(found["number"], text),
                date="-".join(filter(None, (year, found["month"]))),
                version=found["version"],
                edition=revision or ("Redline" if found["redline"] else None),
                stage="P" if is_draft else None,
                amendments=(correction,) if correction else (),
            )


def _letters(number: str, text: str) -> str:
    # File names are in capitals: the case of the letters is that of the text.
    at = text.upper().index(number)
    return text[at : at + len(number)]

"""Relaton's indexes: identifiers as text, or in parts that each body's own rules name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import PurePosixPath

from ingest.collect import Parsed, Row
from ingest.readers.json import Object, list_of, object_of, text_of
from iplake.errors import RecordRejected

ENTRY_FIELDS = frozenset({"id", "file", ":id", ":file"})
THIRD_GENERATION = re.compile(r"T[RS] \d\d\.\d")
# The names of parts are Ruby's symbols in the first version, which begin with a colon.
ISO_SUPPLEMENTS = {"AMD": "Amd", "COR": "Cor", "ADD": "Add", "EXT": "Ext", "SUP": "Suppl"}
ISO_DRAFTS = {"DAMD": "DAM", "FDAMD": "FDAM", "DCOR": "DCOR"}
ITU_SUPPLEMENTS = {
    "amendment": "Amd.", "corrigendum": "Cor.", "supplement": "Suppl.", "errata": "Err.",
    "addendum": "Add.", "annex-of-recommendation": "Annex", "appendix-of-recommendation": "App.",
}  # fmt: skip


def parse_entry(record: Object, number: int) -> Parsed:
    """Return a document's row as far as an index tells; `number` counts its entries there."""
    record = _plain(record)
    place = text_of(record["file"])
    identifier = record["id"]
    body, reference = _identified(identifier)
    row: Row = dict.fromkeys(DOCUMENT_FIELDS)
    row |= {
        "place": place,
        "key": PurePosixPath(place).stem,
        "entry_number": number,
        "form": "index",
        "body": body,
        "reference": reference,
        "index_id": identifier
        if isinstance(identifier, str)
        else json.dumps(identifier, ensure_ascii=False, sort_keys=True),
    }
    return {"documents": [row]}


DOCUMENT_FIELDS = (
    "place", "key", "form", "index_id", "schema_version", "body", "id", "reference", "type",
    "document_type", "title", "title_fr", "published", "issued", "version", "edition", "stage",
    "substage", "ics", "keywords", "languages", "url", "radio_technology",
    "entry_number", "person_count",
)  # fmt: skip


def _plain(value: object) -> Object:
    """Return an object with its names as text, those within it too."""

    def of(inner: object) -> object:
        if isinstance(inner, dict):
            return {str(name).removeprefix(":"): of(below) for name, below in inner.items()}
        return [of(below) for below in inner] if isinstance(inner, list) else inner

    return object_of(of(value))


def _identified(identifier: object) -> tuple[str, str]:
    """Return body and written form of an index's identifier."""
    if isinstance(identifier, str):
        if not identifier:
            raise RecordRejected("missing_field", "an entry has no identifier")
        if THIRD_GENERATION.match(identifier):
            return "3GPP", f"3GPP {identifier}"
        return ("ETSI" if identifier.startswith("ETSI ") else "IEEE"), identifier
    parts = object_of(identifier)
    for field, (body, written) in SHAPES.items():
        if field in parts:
            return body, written(parts)
    raise RecordRejected(
        "unknown_category", "an identifier of no known body", found=str(parts)[:200]
    )


def _iso(parts: Object) -> str:
    """Return `ISO/IEC TR 1-2:2003/Amd 1:2004`, as ISO writes it."""
    kind = _part(parts, "type")
    # A proof is written like the standard that it becomes.
    stage = _part(parts, "stage").upper().replace("PRF", "")
    number = _part(parts, "number") + _marked("-", _part(parts, "part"))
    dated = number + _marked(".", _part(parts, "iteration")) + _marked(":", _part(parts, "year"))
    if "base" in parts:
        name = ISO_SUPPLEMENTS.get(kind, kind)
        if stage in ISO_DRAFTS:
            name = ISO_DRAFTS[stage]
        elif stage:
            name = f"{stage} {name}"
        return f"{_iso(object_of(parts['base']))}/{name} {dated}".rstrip()
    others = parts.get("copublisher", [])
    publishers = [others] if isinstance(others, str) else list_of(others)
    publisher = "/".join(filter(None, (_part(parts, "publisher"), *map(text_of, publishers))))
    if kind == "IWA":
        return f"IWA {dated}"
    if kind in {"GUIDE", "DIR"}:
        name = {"DIR": "DIR", "DGUIDE": "DGuide"}.get(stage or kind, "Guide")
        return f"{publisher} {name} {dated}".rstrip()
    # A draft of a report is a DTR, and no `DTR TR`.
    kinds = " ".join(filter(None, (stage, "" if stage.startswith("D") else kind)))
    if not kinds:
        return f"{publisher} {dated}"
    return f"{publisher}{' ' if '/' in publisher else '/'}{kinds} {dated}"


def _committee_paper(parts: Object) -> str:
    """Return `ISO/TC 184/SC 4 N1110`."""
    names = ("tctype", "tcnumber", "sctype", "scnumber", "number")
    kind, number, sub, sub_number, paper = (_part(parts, name) for name in names)
    return f"ISO/{kind} {number}/{sub} {sub_number} N{paper}"


def _itu(parts: Object) -> str:
    """Return `ITU-T G.711 (1988) Amd. 1 (08/2009)`, as ITU writes it."""
    kind = _part(parts, "_type").rpartition(":")[2]
    day = "/".join(filter(None, (_part(parts, "month"), _part(parts, "year"))))
    dated = _itu_number(parts)
    for each in list_of(parts.get("combined", [])):
        other = object_of(each)
        dated += f"/{_part(other, 'series')}.{_itu_number(other)}"
    if version := _part(parts, "version"):
        dated += f" (V{version})"
    dated += f" ({day})" if day else ""
    if "base" in parts:
        name = ITU_SUPPLEMENTS.get(kind, kind.capitalize())
        return f"{_itu(object_of(parts['base']))} {name} {dated}"
    start = f"ITU-{_part(parts, 'sector')}" if "sector" in parts else "ITU"
    series = _part(parts, "series")
    name = "" if kind in {"recommendation", "combined-identifier"} else f"{kind.capitalize()} "
    return f"{start} {name}{series}{'.' if series else ''}{dated}"


def _itu_number(parts: Object) -> str:
    rest = "".join(f"-{text_of(part)}" for part in list_of(parts.get("parts", [])))
    suffix = _marked(" ", _part(parts, "series_suffix"))
    return _part(parts, "number") + suffix + _marked(".", _part(parts, "subseries")) + rest


def _w3c(parts: Object) -> str:
    """Return `W3C REC-webrtc-20230301`, as W3C names its documents."""
    kind = _part(parts, "stage") or _part(parts, "type")
    names = (kind, _part(parts, "code"), _part(parts, "year"), _part(parts, "date"))
    return "W3C " + "-".join(filter(None, names)) + _marked("/", _part(parts, "suff"))


def _part(parts: Object, name: str) -> str:
    # The values of some parts are symbols too.
    return text_of(parts.get(name, "")).removeprefix(":")


def _marked(mark: str, text: str) -> str:
    return f"{mark}{text}" if text else ""


SHAPES: dict[str, tuple[str, Callable[[Object], str]]] = {
    "_type": ("ITU", _itu),
    "code": ("W3C", _w3c),
    "tctype": ("ISO", _committee_paper),
    "publisher": ("ISO", _iso),
    "base": ("ISO", _iso),
    "dirtype": ("ISO", _iso),
}
"""By a part that all identifiers of a body have, and those of no other."""

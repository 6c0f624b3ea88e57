"""Real designators with their parts, made without the grammars that are measured.

Each case is a text as a body or a reader of it wrote it, and the parts it should be read into.
The parts come from beside the text: keys of an index, addresses and names of files, columns.
"""

from __future__ import annotations

import csv
import re
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Document = dict[str, Any]
FIELDS = (
    "publishers",
    "type",
    "number",
    "part",
    "date",
    "version",
    "edition",
    "stage",
    "amendments",
)


@dataclass(frozen=True, slots=True)
class Case:
    """A text, the body whose designator it is, where its parts come from, and these."""

    text: str
    body: str
    origin: str
    parts: tuple[tuple[str, str | tuple[str, ...]], ...]


def case(text: str, body: str, origin: str, **parts: str | tuple[str, ...] | None) -> Case:
    """Return a case with the parts that are there, in the order of their names."""
    return Case(text, body, origin, tuple(sorted((k, v) for k, v in parts.items() if v)))


class _Loader(yaml.CSafeLoader):
    """Reads Ruby's symbols as text."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


def documents(path: Path) -> Iterator[tuple[str, Document]]:
    """Yield name and content of each document in an archive of Relaton's."""
    with tarfile.open(path) as archive:
        for member in archive:
            if (handle := archive.extractfile(member)) and member.name.endswith(".yaml"):
                yield Path(member.name).name, yaml.load(handle.read(), _Loader)  # noqa: S506


def index(folder: Path) -> dict[str, Document]:
    """Return the keys of an index of Relaton's by file name."""
    [path] = folder.glob("index-v*.zip")
    with zipfile.ZipFile(path) as archive:
        entries = yaml.load(archive.read(archive.namelist()[0]), _Loader)  # noqa: S506
    found = {}
    for entry in entries:
        key = entry[":id"]
        if isinstance(key, dict):
            found[Path(entry[":file"]).name] = _plain(key)
    return found


def _plain(key: Document) -> Document:
    return {
        name.lstrip(":"): _plain(each) if isinstance(each, dict) else each
        for name, each in key.items()
    }


def names(document: Document, scheme: str) -> list[str]:
    """Return a document's identifiers of one scheme."""
    found = document.get("docid") or document.get("docidentifier") or []
    found = [found] if isinstance(found, dict) else found
    return [
        str(each.get("id") or each.get("content")).strip()
        for each in found
        if each.get("type") == scheme and each.get("scope") is None
    ]


def archives(folder: Path) -> Iterator[tuple[str, Document]]:
    """Yield the documents of all archives of a folder."""
    for path in sorted(folder.glob("*.tar.gz")):
        yield from documents(path)


def itu(real: Path) -> Iterator[Case]:
    """Parts from the keys of Relaton's index; a version beside a date is no part."""
    keys = index(real / "standard/relaton_itu")
    for name, document in archives(real / "standard/relaton_itu"):
        for text in names(document, "ITU"):
            if key := keys.get(name):
                yield case(text, f"ITU-{text[4]}", "index keys", **_itu(key))


def _itu(key: Document) -> Document:
    base = key.get("base", key)
    chain = [key] if "base" in key else []
    part = None
    kind = key["_type"].rpartition(":")[2]
    if kind in {"annex", "appendix-of-recommendation", "annex-of-recommendation", "appendix"}:
        part, chain = f"{'Annex' if 'annex' in kind else 'App.'} {key['number']}", []
    elif base["_type"].rpartition(":")[2] != "recommendation" and "base" in base:
        word = "Annex" if "annex" in base["_type"] else "App."
        part, base = f"{word} {base['number']}", {**base["base"], **_dates(base)}
    dated = key if part and not chain else base
    number = f"{base['series']}.{base['number']}"
    number += f".{base['subseries']}" if "subseries" in base else ""
    words = {"amendment": "Amd", "corrigendum": "Cor", "errata": "Err", "addendum": "Add"}
    return {
        "publishers": (f"ITU-{base['sector']}",),
        "number": number + base.get("series_suffix", ""),
        "edition": "-".join(base.get("parts", [])),
        "part": part,
        "date": _date(dated),
        "amendments": tuple(
            f"{words[kind]} {each['number']}" + (f":{_date(each)}" if _date(each) else "")
            for each in chain
        ),
    }


def _dates(key: Document) -> Document:
    return {name: key[name] for name in ("year", "month") if name in key}


def _date(key: Document) -> str | None:
    return "-".join(key[name] for name in ("year", "month") if name in key) or None


def gpp(real: Path) -> Iterator[Case]:
    """Type from its own field; number, part and version from the address of the archive.

    25_series/25.321/25321-a60.zip is version 10.6.0 of 25.321: one digit in base 36 for each level.
    """
    for _, document in archives(real / "standard/relaton_3gpp"):
        for link in document.get("link", []):
            number, _, part = link["content"].split("/")[-2].partition("-")
            code = Path(link["content"]).stem.rpartition("-")[2]
            kind = document["ext"].get("doctype", {}).get("type") or document["doctype"]
            for text in names(document, "3GPP"):
                yield case(
                    text,
                    "3GPP",
                    "file addresses",
                    publishers=("3GPP",),
                    type=kind,
                    number=number,
                    part=part,
                    version=".".join(str(int(each, 36)) for each in code),
                )


def etsi(real: Path) -> Iterator[Case]:
    """Type from its own field, number and part from the PDF's address, version from its field."""
    for _, document in archives(real / "standard/relaton_etsi"):
        [pdf] = [each["content"] for each in document["link"] if each["type"] == "pdf"]
        digits = re.sub(r"\D", "", pdf.split("/")[-3])
        for text in names(document, "ETSI"):
            yield case(
                text,
                "ETSI",
                "file addresses and fields",
                publishers=("ETSI",),
                type=document["ext"]["doctype"]["abbreviation"],
                number=f"{digits[:3]} {digits[3:6]}",
                part=digits[6:].lstrip("0"),
                version=str(document["version"][0]["draft"]),
            )


def declared(real: Path) -> Iterator[Case]:
    """Designators in ETSI's export of declarations, with their parts in columns of their own."""
    for path in sorted((real / "standard/etsi_isld").glob("*.csv")):
        if "null_report" in path.name:
            continue
        with path.open(encoding="utf-8-sig") as handle:
            for row in csv.DictReader(handle):
                yield from _declared(row)


def _declared(row: dict[str, str]) -> Iterator[Case]:
    for text in filter(None, row.get("Standard", "").split(" -- ")):
        if text.startswith("3GPP") and row["TGPP_NUMBER"] not in {"-1", ""}:
            number, _, part = row["TGPP_NUMBER"].partition("-")
            kind, version, body = row["3GPP_Type"], row["TGPV_VERSION"], "3GPP"
        elif row["WOIT_ETSI_DELIVERABLE_NUMBER"] not in {"-1", ""}:
            number, _, part = row["WOIT_ETSI_DELIVERABLE_NUMBER"].partition("-")
            kind, version, body = row["WI_Type"], row["WOIT_VERSION"], "ETSI"
        else:
            continue
        version = version if re.search(r"version \d", text) else ""
        yield case(
            text, body, "columns", publishers=(body,), type=kind, number=number, part=part,
            version=version,
        )  # fmt: skip


def labelled(path: Path) -> Iterator[Case]:
    """Cases whose parts were written down by hand, read in public lists and texts."""
    with path.open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            parts: dict[str, str | tuple[str, ...]] = {name: row[name] for name in FIELDS}
            parts["publishers"] = tuple(row["publishers"].split(" "))
            parts["amendments"] = tuple(filter(None, row["amendments"].split(";")))
            yield case(row["text"], row["body"], "by hand", **parts)

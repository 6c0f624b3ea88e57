"""Mirrors of ISO Open Data. The sample: references, titles, stages, codes, committees; no scopes.

The real deliverables are three; the sample takes more of the same facts from Relaton's files,
which were read off ISO's pages. Those know the month of publication only, so that the day is
left out, and no number of pages.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ADDRESS = "standards/iso_open_data"
FOLDER = "standard/iso_open_data"
BASE = "isopublicstorageprod.blob.core.windows.net/opendata/_latest"
DELIVERABLES = "iso_deliverables_metadata/json/iso_deliverables_metadata.jsonl"
COMMITTEES = "iso_technical_committees/json/iso_technical_committees.jsonl"
ICS = "iso_ics/csv/ICS.csv"
REAL = {
    DELIVERABLES: "deliverables_88821-88915.jsonl",
    COMMITTEES: "iso_technical_committees_2025-06.jsonl",
    ICS: "ICS.csv",
}
RELATON = ("relaton_iso_selected.tar.gz", "relaton_iso_bulk_every14th.tar.gz")
# Management, transport telematics, telecommunications, information technology, image technology.
FIELDS = re.compile(r"03\.1|33\.|35\.|37\.1|43\.|01\.140|03\.220")
TYPES = {
    "international-standard": "IS",
    "technical-report": "TR",
    "technical-specification": "TS",
    "publicly-available-specification": "PAS",
    "guide": "GUIDE",
}
SUPPLEMENT = re.compile(r"/(Amd|Cor|Add|Suppl) ")
AT_MOST = 280

Json = dict[str, object]
Document = dict[str, Any]


def sample(real: Path, out: Path) -> None:
    """Write some 280 deliverables, the committees they are of, and all ICS codes."""
    folder = real / FOLDER
    deliverables = [*_stripped(folder), *_of_relaton(real / "standard" / "relaton_iso")]
    deliverables.sort(key=lambda record: int(str(record["id"])))
    owners = {str(record["ownerCommittee"]) for record in deliverables}
    _write(out, DELIVERABLES, _lines(deliverables))
    _write(out, COMMITTEES, _lines(_committees(folder / REAL[COMMITTEES], owners)))
    _write(out, ICS, _ics(folder / REAL[ICS]))


def real(real: Path, out: Path) -> None:
    """Link a real file of each of the three kinds."""
    for path, name in REAL.items():
        link = out / BASE / path
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to((real / FOLDER / name).resolve())


def records(path: Path) -> int | None:
    """Count the deliverables in a real file by their lines, or by a field that each has once."""
    if not path.name.startswith("deliverable"):
        return None
    return path.read_bytes().count(b'"deliverableType"')


def _write(out: Path, path: str, content: str) -> None:
    target = out / BASE / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(content, encoding="utf-8", newline="")


def _lines(records: list[Json]) -> str:
    rendered = (json.dumps(it, ensure_ascii=False, separators=(",", ":")) for it in records)
    return "".join(f"{line}\n" for line in rendered)


def _stripped(folder: Path) -> Iterator[Json]:
    """Yield the real deliverables without their scopes; records of 2025 have no titles."""
    for name in ("deliverables_88821-88915.jsonl", "deliverable_62085_ISO_9001_2015.json"):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            yield json.loads(line) | {"scope": {"en": None}}


def _of_relaton(folder: Path) -> Iterator[Json]:
    documents = [document for name in RELATON for document in _documents(folder / name)]
    chosen: dict[str, Document] = {}
    for document in documents:
        number = _iso_id(document)
        codes = [item["code"] for item in document.get("ext", {}).get("ics", [])]
        kind = TYPES.get(document.get("ext", {}).get("doctype", {}).get("type", ""))
        if number and kind and any(FIELDS.match(code) for code in codes):
            chosen.setdefault(number, document)
    taken = {number: chosen[number] for number in list(chosen)[:AT_MOST] if number != "62085"}
    ids = {_reference(document): int(number) for number, document in taken.items()}
    for number, document in taken.items():
        yield _deliverable(int(number), document, ids)


def _documents(path: Path) -> Iterator[Document]:
    with tarfile.open(path) as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is not None:
                yield yaml.load(content, yaml.CSafeLoader)


def _iso_id(document: Document) -> str | None:
    for link in document.get("link", []):
        if matched := re.fullmatch(r"https://www\.iso\.org/standard/(\d+)\.html", link["content"]):
            return matched[1]
    return None


def _reference(document: Document) -> str:
    return next(str(it["id"]) for it in document["docid"] if it.get("primary"))


def _deliverable(number: int, document: Document, ids: dict[str, int]) -> Json:
    reference = _reference(document)
    supplement = SUPPLEMENT.search(reference)
    committee = document["ext"].get("editorialgroup", {}).get("technical_committee", [{}])[0]
    stage = document["docstatus"]
    related: dict[str, list[int]] = {"obsoletes": [], "updates": []}
    for relation in document.get("relation", []):
        other = next((it["id"] for it in relation["bibitem"].get("docid", [])), None)
        if relation["type"] in related and other in ids:
            related[relation["type"]].append(ids[other])
    return {
        "id": number,
        "deliverableType": TYPES[document["ext"]["doctype"]["type"]],
        "supplementType": supplement[1] if supplement else None,
        "reference": reference,
        "title": {language: _title(document, language) for language in ("en", "fr")},
        "publicationDate": None,
        "edition": None if supplement else int(document["edition"]["content"]),
        "icsCode": [item["code"] for item in document["ext"]["ics"]],
        "ownerCommittee": committee.get("identifier"),
        "currentStage": int(stage["stage"]["value"] + stage["substage"]["value"]),
        # Relaton calls what replaces a document an update of it.
        "replaces": related["obsoletes"] or None,
        "replacedBy": related["updates"] or None,
        "languages": document["language"],
        "pages": {"en": None},
        "scope": {"en": None, "fr": None},
    }


def _title(document: Document, language: str) -> str | None:
    for title in document["title"]:
        if title["type"] == "main" and title["language"] == [language]:
            return str(title["content"]).replace(" - ", " — ")
    return None


def _committees(path: Path, owners: set[str]) -> list[Json]:
    """Return the named committees and those above them, without scopes."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    kept = {record["id"] for record in records if record["reference"] in owners}
    kept |= {record["parentId"] for record in records if record["id"] in kept}
    return [record | {"scope": {"en": None}} for record in records if record["id"] in kept]


def _ics(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    text = io.StringIO()
    text.write("\ufeff" + ",".join(header) + "\n")
    for row in rows:
        # Quoted but for empty cells: a code begins with a zero.
        text.write(",".join(_quoted(cell) for cell in [*row[:4], "", ""]) + "\n")
    return text.getvalue()


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if cell else ""

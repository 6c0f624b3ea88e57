"""Mirrors of Relaton: archives of its repositories, as GitHub packs them.

The sample has the documents that the sample of ETSI's declarations names, and some of each
other body: numbers, titles, dates, codes and relations. Abstracts are left out, persons have
made-up names, and relations are cut to a few.
"""

from __future__ import annotations

import csv
import re
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from iplake import registry
from iplake.contract import Request
from scripts.mirrors.places import place_answer
from scripts.mirrors.spreadsheet import zip_bytes
from scripts.mirrors.standards.etsi_isld import OF_DOCOMO, OF_OPPO

ADDRESS = "standards/relaton"
FOLDERS = {
    "3gpp": "relaton_3gpp",
    "etsi": "relaton_etsi",
    "ieee": "relaton_ieee",
    "iso": "relaton_iso",
    "itu": "relaton_itu",
    "w3c": "relaton_w3c",
    "rfcsubseries": "ietf",
}
INDEX = "index-v[12].zip"
ARCHIVES = "relaton_*.tar.gz"
LEFT_OUT = {"abstract", "copyright", "keyword", "fetched", "series", "structuredidentifier"}
AT_MOST = {"3gpp": 60, "etsi": 40, "ieee": 12, "iso": 40, "itu": 12, "w3c": 12, "rfcsubseries": 12}
RELATIONS = 4
VERSIONED = re.compile(r"(.+?)(?::[^/]*/| V)([\d.]+)(?: \(.*\))?")
# Management, telecommunications, information technology, road vehicles.
OUR_FIELDS = re.compile(r"03\.|33\.|35\.|43\.")

Document = dict[str, Any]


def sample(real: Path, out: Path) -> None:
    """Write an archive per repository."""
    folder = real / "standard"
    declared = _declared(folder / "etsi_isld")
    for name, kept in FOLDERS.items():
        chosen = _chosen(name, dict(_documents(folder / kept)), declared)
        members = {path: _rendered(_stripped(document)) for path, document in chosen.items()}
        for index in sorted((folder / kept).glob(INDEX)):
            listed = _index_lines(index, declared, chosen)
            inner = {f"{index.stem}.yaml": ("---\n" + "".join(listed)).encode()}
            members[index.name] = zip_bytes(inner)
        _write(out, name, members)


def real(real: Path, out: Path) -> None:
    """Pack all real files, as they are, into an archive per repository."""
    for name, kept in FOLDERS.items():
        folder = real / "standard" / kept
        members = dict(_raw_documents(folder))
        members |= {path.name: path.read_bytes() for path in sorted(folder.glob(INDEX))}
        members |= {path.name: path.read_bytes() for path in folder.glob("current.yaml")}
        _write(out, name, members)


def records(path: Path) -> int | None:
    """Return how many documents a real file has, or entries an index, counted by their marks."""
    if path.name.endswith(".tar.gz"):
        with tarfile.open(path) as archive:
            return sum(name.endswith(".yaml") for name in archive.getnames())
    if path.match(INDEX):
        with zipfile.ZipFile(path) as packed:
            [name] = packed.namelist()
            return packed.read(name).count(b"\n- :id:")
    return None


def _write(out: Path, name: str, members: dict[str, bytes]) -> None:
    repository = f"relaton-data-{name}"
    base = registry.get(ADDRESS).endpoint.base_url
    target = place_answer(out, Request(f"{base}{repository}/archive/HEAD.zip"))
    readme = {"README.adoc": f"= {repository}\n".encode()}
    named = {f"{repository}-HEAD/{path}": raw for path, raw in (readme | members).items()}
    target.write_bytes(zip_bytes(named))


def _raw_documents(folder: Path) -> Iterator[tuple[str, bytes]]:
    for archive_path in sorted(folder.glob(ARCHIVES)):
        with tarfile.open(archive_path) as archive:
            for member in archive:
                content = archive.extractfile(member)
                if content is not None:
                    yield member.name, content.read()


def _documents(folder: Path) -> Iterator[tuple[str, Document]]:
    for path, raw in _raw_documents(folder):
        yield path, yaml.load(raw, yaml.CBaseLoader)  # noqa: S506 - text only


def _declared(folder: Path) -> set[tuple[str, str]]:
    """Return the specifications and deliverables that declarations name, with their versions."""
    found = set()
    for name in (*OF_OPPO, *OF_DOCOMO):
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            for line in csv.DictReader(file):
                found.add((f"{line['3GPP_Type']} {line['TGPP_NUMBER']}", line["TGPV_VERSION"]))
                number = line["WOIT_ETSI_DELIVERABLE_NUMBER"]
                found.add((f"ETSI {line['WI_Type']} {number}", line["WOIT_VERSION"]))
    return found


def _chosen(
    name: str, documents: dict[str, Document], declared: set[tuple[str, str]]
) -> dict[str, Document]:
    """Return declared documents first, and then others, each so-manyth."""
    kept = [
        path
        for path, document in documents.items()
        if name not in {"3gpp", "etsi"} or _is_declared(str(document["docnumber"]), declared)
    ]
    if name == "iso":
        kept = [path for path in kept if _is_ours(documents[path])]
    others = [path for path in documents if path not in kept]
    step = max(1, len(kept) // AT_MOST[name])
    some = [*kept[::step][: AT_MOST[name]], *others[:: max(1, len(others) // 10)][:10]]
    return {path: documents[path] for path in sorted(some)}


def _is_declared(reference: str, declared: set[tuple[str, str]]) -> bool:
    """Return whether `TS 36.300:REL-12/12.4.0` or `ETSI TS 136 300 V12.4.0 (2015-02)` is."""
    matched = VERSIONED.fullmatch(reference)
    return matched is not None and (matched[1], matched[2]) in declared


def _is_ours(document: Document) -> bool:
    codes = [*document.get("ext", {}).get("ics", []), *document.get("ics", [])]
    return any(OUR_FIELDS.match(each["code"]) for each in codes)


def _stripped(document: Document) -> Document:
    kept = {name: value for name, value in document.items() if name not in LEFT_OUT}
    if "relation" in kept:
        kept["relation"] = [_cut(each) for each in kept["relation"][:RELATIONS]]
    if "contributor" in kept:
        kept["contributor"] = [_without_name(each) for each in kept["contributor"]]
    return kept


def _cut(relation: Document) -> Document:
    wanted = {"id", "docid", "docidentifier", "formattedref"}
    item = {name: value for name, value in relation["bibitem"].items() if name in wanted}
    return relation | {"bibitem": item}


def _without_name(contributor: Document) -> Document:
    if "person" not in contributor:
        return contributor
    name = {"completename": {"content": "Placeholder Person"}}
    return contributor | {"person": contributor["person"] | {"name": name}}


def _rendered(document: Document) -> bytes:
    text = yaml.dump(
        document, allow_unicode=True, sort_keys=False, Dumper=yaml.CSafeDumper, width=100
    )
    return f"---\n{text}".encode()


def _index_lines(
    path: Path, declared: set[tuple[str, str]], chosen: Iterable[str]
) -> Iterator[str]:
    """Yield the entries of the chosen documents, of declared ones, and each so-manyth other."""
    with zipfile.ZipFile(path) as packed:
        text = packed.read(packed.namelist()[0]).decode()
    entries = re.findall(r"(?m)^- :id:.*\n(?: .*\n)*", text)
    files = set(chosen)
    for at, entry in enumerate(entries):
        path_there = entry.rpartition(":file: ")[2].strip()
        reference = entry.partition(":id: ")[2].partition("\n")[0]
        is_wanted = path_there in files or _is_declared(reference, declared)
        if is_wanted or at % (len(entries) // 20) == 0:
            yield entry

"""Mirrors of EPO full text. The sample: the bibliography of every real document.

Re-rendered from facts: numbers, dates, titles, classes, states, cited patents, organisations and
their cities, how many claims. Left out: inventors, representatives, applicants who are persons,
other literature, streets, free texts, abstract, description and the text of claims.
No document in the real files comes from Guangdong.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from ingest.web import mirrored
from iplake import registry

ADDRESS = "patents/epo_fulltext"
FOLDER = "patent/epo_ep_fulltext_xml"
SPANISH = "patent/epo_bdds_ftm_es"
LEFT_OUT = ("B050EP", "B562", "B720", "B740", "B784", "str", "irf", "B007EP")
HOLDERS = ("B710/B711", "B730/B731", "B780/B781")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
TRANSLATION = "ES2993312T1"


def sample(real: Path, out: Path) -> None:
    """Write an archive for each week, archives in it, and one of a national office."""
    weeks: dict[str, dict[str, bytes]] = {}
    for path in _documents(real):
        root = _rendered(path)
        name = f"{root.get('id', '')[:-2]}NW{root.get('kind')}"
        week = root.findtext("SDOBI/B400/B405/bnum") or ""
        text = f"{HEAD}{etree.tostring(root, encoding='unicode')}\n"
        files = {f"{name}.xml": text.encode(), "TOC.xml": _contents([f"{name}.xml"])}
        inner = f"DOC/EPNW{root.get('kind')}/{name}.zip"
        weeks.setdefault(week, {})[inner] = _zipped(files)
    archives = {
        f"EPRTBJV{week[:4]}0000{week[4:]}001001.zip": _zipped(files)
        for week, files in sorted(weeks.items())
    }
    _write(out, archives | {"Full_Text_ES_frontfile.zip": _spanish(real)})


def real(real: Path, out: Path) -> None:
    """Link every real file; the listing names them as deliveries of the product."""
    _write(out, {path.name: path for path in (*_documents(real), *_spanish_files(real))})


def records(path: Path) -> int | None:
    """Count the documents in one real file without the project's readers.

    The Spanish delivery says itself how many it holds, in its statistics.
    """
    if path.suffix == ".xml":
        return path.read_bytes().count(b"</ep-patent-document>")
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            [table] = [name for name in archive.namelist() if name.endswith(".csv")]
            lines = archive.read(table).decode("ascii").split("\r")
        # Above the header stands a line of its own; lines end as on an old Mac.
        at = lines[1].split(",").index("Nb PN")
        return sum(int(line.split(",")[at]) for line in lines[2:] if line)
    return None


def _documents(real: Path) -> list[Path]:
    return sorted((real / FOLDER).glob("*.xml"))


def _spanish_files(real: Path) -> list[Path]:
    return sorted((real / SPANISH).glob("*.zip"))


def _rendered(path: Path) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_blank_text=True
    )
    root = etree.parse(path, parser).getroot()
    sdobi = root.find("SDOBI")
    assert sdobi is not None
    persons = {name.text for name in sdobi.iterfind("B700/B720/B721/snm")}
    for group in HOLDERS:
        for holder in sdobi.findall(f"B700/{group}"):
            if holder.findtext("snm") in persons:
                _remove(holder)
    for element in list(sdobi.iter(*LEFT_OUT)):
        _remove(element)
    for part in list(root):
        if part.tag == "claims":
            numbers = [claim.get("num", "") for claim in part.findall("claim")]
            part[:] = [etree.Element("claim", num=number) for number in numbers]
            part.text = None
        elif part.tag == "description":
            part[:] = []
            part.text = None
        elif part.tag == "ep-reference-list":
            cited = list(part.iter("patcit"))
            part[:] = cited
            part.text = None
            for each in cited:
                each.tail = None
        elif part.tag != "SDOBI":
            root.remove(part)
    for element in root.iter():
        if element.text and element.tag not in ("text", "B511", "B512", "B513"):
            element.text = " ".join(element.text.split()) or None
        element.tail = None
    return root


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
    if len(parent) == 0 and parent.tag in ("B710", "B730", "B780"):
        _remove(parent)


def _spanish(real: Path) -> bytes:
    """Return the delivery of Spain's office with its one document, without its text."""
    [path] = _spanish_files(real)
    with zipfile.ZipFile(path) as archive:
        [inner] = [name for name in archive.namelist() if name.endswith(".zip")]
        [statistics] = [name for name in archive.namelist() if name.endswith(".csv")]
        index = archive.read("ROOT/index.xml")
        counted = archive.read(statistics)
        with zipfile.ZipFile(io.BytesIO(archive.read(inner))) as documents:
            [name] = [name for name in documents.namelist() if name.endswith(f"{TRANSLATION}.xml")]
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            root = etree.fromstring(documents.read(name), parser)
    for part in root.findall("description") + root.findall("claims"):
        numbers = [claim.get("num", "") for claim in part.findall("claim")]
        part[:] = [etree.Element("claim", num=number) for number in numbers]
        part.text = None
    text = HEAD + etree.tostring(root, encoding="unicode") + "\n"
    contents = _contents([f"{TRANSLATION}.xml"])
    packed = _zipped({name: text.encode(), name.rpartition("/")[0] + "/TOC.xml": contents})
    size = str(len(packed)).encode()
    return _zipped({
        statistics: counted,
        inner: packed,
        "ROOT/index.xml": re.sub(rb'size="\d+"', b'size="' + size + b'"', index),
    })  # fmt: skip


def _contents(names: Iterable[str]) -> bytes:
    lines = "".join(f"<file>{name}</file>\n" for name in names)
    return f"<content>\n{lines}</content>\n".encode()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip, the same bytes whenever it is made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (2024, 9, 30, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content, compresslevel=9)
    return out.getvalue()


def _write(out: Path, files: Mapping[str, bytes | Path]) -> None:
    """Write or link files as deliveries, with a notice among them and their listing."""
    source = registry.get(ADDRESS)
    [product] = source.endpoint.queries
    url = urljoin(source.endpoint.base_url, f"products/{product}")
    deliveries = [_delivery(1, "NOTIFICATION: READ ME", "readme.docx", "17.7 kB", "0" * 40)]
    for number, (name, content) in enumerate(files.items(), 2):
        place = _place(f"{url}/delivery/{number}/file/{number}/download", out)
        place.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            place.unlink(missing_ok=True)
            place.symlink_to(content.resolve())
        else:
            place.write_bytes(content)
        packed = place.read_bytes()
        checksum = hashlib.sha1(packed, usedforsecurity=False).hexdigest().upper()
        size = f"{len(packed) / 1000:.1f} kB"
        deliveries.append(_delivery(number, f"14.12 {name}", name, size, checksum))
    listing = {
        "ID": int(product),
        "Name": "14.12 EP full-text data",
        "Description": "EP-A and EP-B publications",
        "Deliveries": deliveries[::-1],
    }
    _place(url, out).write_text(json.dumps(listing, indent=1) + "\n", encoding="utf-8")


def _delivery(number: int, title: str, name: str, size: str, checksum: str) -> dict[str, object]:
    day = "2024-10-02T14:00:00+02:00"
    return {
        "DeliveryID": number,
        "DeliveryName": title,
        "DeliveryPublicationDatetime": day,
        "DeliveryExpiryDatetime": None,
        "Files": [
            {
                "FileID": number,
                "FileName": name,
                "FileSize": size,
                "FileChecksum": checksum,
                "FilePublicationDatetime": day,
            }
        ],
    }


def _place(url: str, out: Path) -> Path:
    return Path(unquote(urlsplit(mirrored(url, str(out))).path))

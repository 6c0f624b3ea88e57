"""Mirrors of USPTO grants. The sample: front pages of grants that organisations hold.

Re-rendered from facts: numbers, dates, titles, classes, cited patents, assigned organisations and
their places. Left out: inventors, examiners, attorneys (whose firms bear names of persons),
individual assignees, names on citations, other literature, abstract, description and claims.
No grant in the real files is held in Guangdong.
"""

from __future__ import annotations

import re
from pathlib import Path

from scripts.mirrors import odp, us_documents

APS = "patent/uspto_aps_text/pftaps_TXT-sample-2.txt"
GRANTS = ("2011_6.xml", "ipg*.xml", "pg_*.xml")
SINGLE_GRANTS = ("*grant*.xml", "ppd_sgml_*.xml", "ppd_xml2*.xml")

BIBLIOGRAPHIES = {"us-patent-grant": "us-bibliographic-data-grant", "PATDOC": "SDOBI"}
TEXTS = {
    "us-patent-grant": ("abstract", "description", "claims"),
    "PATDOC": ("SDOAB", "SDODE", "SDOCL"),
}
NOT_KEPT_OF_APS = ("EXA ", "EXP ", "STR ", "ZIP ", " ")
PERSONS_OF_APS = {"INVT", "LREP"}


def sample(real: Path, out: Path) -> None:
    """Write small weeks of the sample, and the listings of both products."""
    rendered = [
        us_documents.rendered(document, BIBLIOGRAPHIES, TEXTS)
        for path in _files(real)
        for document in us_documents.documents(path.read_bytes())
    ]
    files: dict[str, bytes] = {}
    for day, week in us_documents.weeks((day, text) for day, text, is_held in rendered if is_held):
        name = f"{'ipg' if day >= '2005' else 'pg'}{day[2:]}"
        files[f"{day[:4]}/{name}.zip"] = odp.zipped(f"{name}.xml", week)
    _write(out, "PTGRXML", files)
    aps = _rendered_aps((real / APS).read_text(encoding="utf-8"))
    _write(
        out, "PTGRAPS", {"1976/pftaps19760106_wk01.zip": odp.zipped("pftaps19760106_wk01.txt", aps)}
    )


def real(real: Path, out: Path) -> None:
    """Link the real grants; the listings name them as plain files."""
    us_documents.link(out, "PTGRXML", _files(real))
    us_documents.link(out, "PTGRAPS", [real / APS])


def records(path: Path) -> int | None:
    """Count the grants of a real file by their root elements and APS headings; None for others."""
    content = path.read_bytes()
    count = len(re.findall(rb"<us-patent-grant\s|<PATDOC\s|^PATN\s*$", content, re.MULTILINE))
    return count or None


def _files(real: Path) -> list[Path]:
    return us_documents.files(real, GRANTS, SINGLE_GRANTS)


def _rendered_aps(text: str) -> str:
    """Return the grants of an APS file that an organisation holds, without persons and text."""
    header, *documents = re.split(r"(?m)^PATN\s*\n", text)
    kept = [header.strip()]
    for document in documents:
        if "\nASSG" not in document:
            continue
        section = "PATN"
        kept.append("PATN")
        for line in document.splitlines():
            if re.fullmatch(r"[A-Z]{4}\s*", line):
                section = line.strip()
                if section in {"ABST", "PARN", "BSUM"}:
                    break
                if section not in PERSONS_OF_APS:
                    kept.append(section)
            elif (
                section not in PERSONS_OF_APS
                and not line.startswith(NOT_KEPT_OF_APS)
                and (section == "ASSG" or not line.startswith("NAM "))
            ):
                kept.append(line.rstrip())
    return "\n".join(kept) + "\n"


def _write(out: Path, product: str, files: dict[str, bytes]) -> None:
    names = []
    for name, content in files.items():
        odp.place(out, product, name).write_bytes(content)
        matched = re.search(r"(\d{6})(?:_wk\d\d)?\.", name)
        assert matched
        names.append((name, name[:4] + matched[1][2:]))
    odp.write_listing(out, product, names, "WEEKLY")

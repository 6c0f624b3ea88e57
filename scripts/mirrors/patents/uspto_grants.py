"""Mirrors of USPTO grants. The sample: front pages of grants that organisations hold.

Re-rendered from facts: numbers, dates, titles, classes, cited patents, assigned organisations and
their places. Left out: inventors, examiners, attorneys (whose firms bear names of persons),
individual assignees, names on citations, other literature, abstract, description and claims.
No grant in the real files is held in Guangdong.
"""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from scripts.mirrors import odp

BULK = "patent/uspto_fulltext_bulk"
SINGLE = "patent/uspto_fulltext_single"
APS = "patent/uspto_aps_text/pftaps_TXT-sample-2.txt"
GRANTS = ("2011_6.xml", "ipg*.xml", "pg_*.xml")
SINGLE_GRANTS = ("*grant*.xml", "ppd_sgml_*.xml", "ppd_xml2*.xml")

ROOTS = {"us-patent-grant": "us-bibliographic-data-grant", "PATDOC": "SDOBI"}
# What is about persons, and what is text rather than fact.
LEFT_OUT = frozenset((
    "applicants", "us-applicants", "agents", "inventors", "us-deceased-inventor", "examiners",
    "name", "last-name", "first-name", "middle-name", "nplcit", "disclaimer", "street", "postcode",
    "B562", "B720", "B740", "B746", "B747", "FNM", "SNM", "STR", "PCODE",
))  # fmt: skip
NOT_KEPT_OF_APS = ("EXA ", "EXP ", "STR ", "ZIP ", " ")
PERSONS_OF_APS = {"INVT", "LREP"}
SEQUENCES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE sequence-cwu SYSTEM "us-sequence-listing.dtd" [ ]>\n'
    '<sequence-cwu id="SEQLST-0"><number-of-sequences>0</number-of-sequences></sequence-cwu>\n'
)


def sample(real: Path, out: Path) -> None:
    """Write small weeks of the sample, and the listings of both products."""
    weeks: dict[str, list[str]] = {}
    for path in _files(real):
        for document in _documents(path.read_bytes()):
            rendered = _rendered(document)
            if rendered:
                day, text = rendered
                weeks.setdefault(day, []).append(text)
    files: dict[str, bytes] = {}
    for day, texts in sorted(weeks.items()):
        name = f"{'ipg' if day >= '2005' else 'pg'}{day[2:]}"
        # Sequence listings stand between the grants; files before 2005 have no carriage returns.
        week = SEQUENCES.join([texts[0], "".join(texts[1:])]) if len(texts) > 1 else texts[0]
        if day >= "2010":
            week = week.replace("\n", "\r\n")
        files[f"{day[:4]}/{name}.zip"] = odp.zipped(f"{name}.xml", week)
    _write(out, "PTGRXML", files)
    aps = _rendered_aps((real / APS).read_text(encoding="utf-8"))
    _write(
        out, "PTGRAPS", {"1976/pftaps19760106_wk01.zip": odp.zipped("pftaps19760106_wk01.txt", aps)}
    )


def real(real: Path, out: Path) -> None:
    """Link the real grants; the listings name them as plain files."""
    for product, paths in (("PTGRXML", _files(real)), ("PTGRAPS", [real / APS])):
        names = []
        for path in paths:
            day = _day(path.read_bytes())
            link = odp.place(out, product, f"{day[:4]}/{path.stem}{_suffix(path)}")
            link.unlink(missing_ok=True)
            link.symlink_to(path.resolve())
            names.append((f"{day[:4]}/{link.name}", day))
        odp.write_listing(out, product, names, "WEEKLY")


def _suffix(path: Path) -> str:
    return path.suffix if path.suffix in {".xml", ".txt"} else ".txt"


def _files(real: Path) -> list[Path]:
    found = [path for pattern in GRANTS for path in sorted((real / BULK).glob(pattern))]
    return found + [
        path for pattern in SINGLE_GRANTS for path in sorted((real / SINGLE).glob(pattern))
    ]


def _documents(content: bytes) -> list[bytes]:
    return [each for each in re.split(rb"(?m)^(?=<\?xml )", content) if each.strip()]


def _day(content: bytes) -> str:
    patterns = (rb'date-publ="(\d{8})"', rb"<B140>\s*<DATE>\s*<PDAT>\s*(\d{8})", rb"ISD  (\d{8})")
    for pattern in patterns:
        if matched := re.search(pattern, content):
            return matched[1].decode()
    raise ValueError("no day of publication in a real file")


def _rendered(document: bytes) -> tuple[str, str] | None:
    """Return day and text of a grant that an organisation holds; None for others."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(document, parser)
    bibliography = root.find(ROOTS[str(root.tag)])
    assert bibliography is not None
    _leave_out(bibliography)
    holders = bibliography.findall("assignees/assignee") + bibliography.findall("B700/B730/B731")
    if not any(holder.find(".//orgname") is not None or holder.find(".//ONM") is not None
               for holder in holders):  # fmt: skip
        return None
    attributes = {name: value for name, value in root.attrib.items() if name != "file"}
    shell = etree.Element(root.tag, attributes)
    shell.append(bibliography)
    texts = ("abstract", "description", "claims") if root.tag == "us-patent-grant" else (
        "SDOAB", "SDODE", "SDOCL")  # fmt: skip
    for name in texts:
        etree.SubElement(shell, name)
    etree.indent(shell, space=" ")
    matched = re.search(rb'SYSTEM "([^"]+)"', document)
    assert matched
    doctype = f'<!DOCTYPE {root.tag} SYSTEM "{matched[1].decode()}" [ ]>'
    text = etree.tostring(shell, encoding="US-ASCII", xml_declaration=False).decode()
    return _day(document), f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}\n{text}\n'


def _leave_out(element: etree._Element) -> None:
    """Remove what is about persons, and parties that then have no name; blanks stay blanks."""
    for child in list(element):
        if not isinstance(child.tag, str):
            continue
        if child.tag in LEFT_OUT:
            element.remove(child)
            continue
        _leave_out(child)
        is_nameless = child.tag in {"assignee", "B731"} and not any(
            child.find(f".//{name}") is not None for name in ("orgname", "ONM")
        )
        is_uncited = child.tag in {"citation", "us-citation"} and child.find("patcit") is None
        if is_nameless or is_uncited:
            following = child.getnext()
            if child.tag == "B731" and following is not None and following.tag == "B732US":
                element.remove(following)
            element.remove(child)
        elif len(child) == 0 and not (child.text or "").strip() and not child.attrib:
            if child.tag in {"NAM", "PARTY-US", "parties", "assignees", "addressbook", "B730",
                             "B560", "references-cited"}:  # fmt: skip
                element.remove(child)
        elif len(child):
            child.text = None
        child.tail = None


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

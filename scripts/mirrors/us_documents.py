"""What the mirrors of US grants and applications share: documents, their days, their facts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from lxml import etree

from scripts.mirrors import odp

BULK = "patent/uspto_fulltext_bulk"
SINGLE = "patent/uspto_fulltext_single"

# What is about persons, and what is text rather than fact.
LEFT_OUT = frozenset((
    "applicants", "us-applicants", "agents", "inventors", "us-deceased-inventor", "examiners",
    "name", "last-name", "first-name", "middle-name", "nplcit", "disclaimer", "street", "postcode",
    "correspondence-address", "address-1", "address-2",
    "B562", "B720", "B740", "B746", "B747", "FNM", "SNM", "STR", "PCODE",
))  # fmt: skip
ORGANISATIONS = ("orgname", "ONM", "organization-name")
HOLDERS = frozenset(("assignee", "us-applicant", "B731"))
SEQUENCES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE sequence-cwu SYSTEM "us-sequence-listing.dtd" [ ]>\n'
    '<sequence-cwu id="SEQLST-0"><number-of-sequences>0</number-of-sequences></sequence-cwu>\n'
)

_DAYS = (rb'date-publ="(\d{8})"', rb"<B140>\s*<DATE>\s*<PDAT>\s*(\d{8})",
         rb"<document-date>(\d{8})", rb"ISD  (\d{8})")  # fmt: skip


def files(real: Path, bulk: Iterable[str], single: Iterable[str]) -> list[Path]:
    """Return the real files of a kind of document, in order of pattern and name."""
    return [
        *(path for pattern in bulk for path in sorted((real / BULK).glob(pattern))),
        *(path for pattern in single for path in sorted((real / SINGLE).glob(pattern))),
    ]


def documents(content: bytes) -> list[bytes]:
    """Return the documents of a file in which each has its own prolog."""
    return [each for each in re.split(rb"(?m)^(?=<\?xml )", content) if each.strip()]


def day(content: bytes) -> str:
    """Return the day of publication of a file's first document, as `yyyymmdd`."""
    for pattern in _DAYS:
        if matched := re.search(pattern, content):
            return matched[1].decode()
    raise ValueError("no day of publication in a real file")


def link(out: Path, product: str, paths: Iterable[Path]) -> None:
    """Link real files as a product's plain files, and write its listing."""
    names = []
    for path in paths:
        published = day(path.read_bytes())
        place = odp.place(out, product, f"{published[:4]}/{path.name}")
        place.unlink(missing_ok=True)
        place.symlink_to(path.resolve())
        names.append((f"{published[:4]}/{place.name}", published))
    odp.write_listing(out, product, names, "WEEKLY")


def weeks(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield day and text of each week of rendered documents, a sequence listing in between."""
    by_day: dict[str, list[str]] = {}
    for published, text in texts:
        by_day.setdefault(published, []).append(text)
    for published, found in sorted(by_day.items()):
        week = SEQUENCES.join([found[0], "".join(found[1:])]) if len(found) > 1 else found[0]
        # Files before 2005 have no carriage returns.
        yield published, week.replace("\n", "\r\n") if published >= "2010" else week


def rendered(
    document: bytes,
    bibliographies: Mapping[str, str],
    texts: Mapping[str, tuple[str, ...]],
    kept: Collection[str] = (),
) -> tuple[str, str, bool]:
    """Return day and text of a document's facts, and whether an organisation holds it.

    `kept` are elements not to be left out, because organisations stand in them as well.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    root = etree.fromstring(document, parser)
    bibliography = root.find(bibliographies[str(root.tag)])
    assert bibliography is not None
    _leave_out(bibliography, LEFT_OUT.difference(kept))
    is_held = any(
        holder.find(f".//{name}") is not None
        for holder in bibliography.iter(*HOLDERS)
        for name in ORGANISATIONS
    )
    attributes = {name: value for name, value in root.attrib.items() if name != "file"}
    shell = etree.Element(root.tag, attributes)
    shell.append(bibliography)
    for name in texts[str(root.tag)]:
        etree.SubElement(shell, name)
    etree.indent(shell, space=" ")
    matched = re.search(rb'SYSTEM "([^"]+)"', document)
    assert matched
    doctype = f'<!DOCTYPE {root.tag} SYSTEM "{matched[1].decode()}" [ ]>'
    text = etree.tostring(shell, encoding="US-ASCII", xml_declaration=False).decode()
    return day(document), f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}\n{text}\n', is_held


def _leave_out(element: etree._Element, left_out: Collection[str]) -> None:
    """Remove what is about persons, and parties that then have no name; blanks stay blanks."""
    for child in list(element):
        if not isinstance(child.tag, str):
            continue
        if child.tag in left_out:
            element.remove(child)
            continue
        _leave_out(child, left_out)
        is_nameless = child.tag in HOLDERS and not any(
            child.find(f".//{name}") is not None for name in ORGANISATIONS
        )
        is_uncited = child.tag in {"citation", "us-citation"} and child.find("patcit") is None
        if is_nameless or is_uncited:
            following = child.getnext()
            if child.tag == "B731" and following is not None and following.tag == "B732US":
                element.remove(following)
            element.remove(child)
        elif len(child) == 0 and not (child.text or "").strip() and not child.attrib:
            if child.tag in {"NAM", "PARTY-US", "parties", "us-applicants", "assignees",
                             "addressbook", "B730", "B560", "references-cited"}:  # fmt: skip
                element.remove(child)
        elif len(child):
            child.text = None
        child.tail = None

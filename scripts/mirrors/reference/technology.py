"""Mirrors of the tables of technology. The concordances are facts and small: they are whole.

All are written anew, in the order of their symbols and each in its own dialect. Of the IPC
symbols the sample has the subclasses in which the gazette's and the declarants' patents lie.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from scripts.mirrors.delivery import folder_of, link_delivery, write_delivery

ADDRESS = "reference/technology"
CONCORDANCES, SCHEMES = "patent/concordances", "patent/classification_schemes"
TRILINGUAL = "wipo_ipc_technology_trilingual.csv"
PATSTAT = "wipo_ipc_technology_patstat_like.csv"
NACE = ("ipc_nace2_v2.0_2015_2digit.csv", "ipc_nace2_v2.0_2015_3digit.csv")
CPC, IPC = "cpc-scheme-A01L.xml", "ipc_hierarchy_cortext.csv"
SUBCLASSES = {
    "A61K",
    "A61P",
    "B29K",
    "C12R",
    "F24F",
    "G06F",
    "G06Q",
    "H01M",
    "H04L",
    "H04N",
    "H04W",
}
MARK = b"\xef\xbb\xbf"


def sample(real: Path, out: Path) -> None:
    """Write the sample delivery."""
    tables = real / CONCORDANCES
    files = {
        TRILINGUAL: MARK + _rendered(tables / TRILINGUAL, by="IPC_code"),
        PATSTAT: _rendered(tables / PATSTAT, by="ipc"),
        **{name: _rendered(tables / name, by="ipc_subclass") for name in NACE},
        CPC: _scheme(real / SCHEMES / CPC),
        IPC: _symbols(real / SCHEMES / IPC),
    }
    write_delivery(folder_of(ADDRESS, out), files)


def real(real: Path, out: Path) -> None:
    """Link the real tables."""
    files = [real / CONCORDANCES / name for name in (TRILINGUAL, PATSTAT, *NACE)]
    schemes = [real / SCHEMES / name for name in (CPC, IPC)]
    link_delivery(folder_of(ADDRESS, out), [*files, *schemes])


def records(path: Path) -> int | None:
    """Count the lines of a real table of fields after its header; None for the other tables."""
    if path.name not in {TRILINGUAL, PATSTAT}:
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def _rendered(path: Path, by: str) -> bytes:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        header = reader.fieldnames or []
        lines = sorted(reader, key=lambda line: line[by])
    out = io.StringIO()
    writer = csv.DictWriter(out, header, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode()


def _symbols(path: Path) -> bytes:
    """Return the chosen symbols, the first of each subclass last, as a tab-separated file."""
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    chosen = [line for line in lines if line[:4] in SUBCLASSES]
    return "".join(f"{line}\n" for line in [header, *sorted(chosen, reverse=True)]).encode()


def _scheme(path: Path) -> bytes:
    """Return the scheme with symbols, states and titles, without its references."""
    [scheme] = etree.parse(path).getroot().iter("class-scheme")
    head = f"<class-scheme{_attributes(scheme)}>"
    items = "".join(_item(item, 1) for item in scheme.findall("classification-item"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{items}</class-scheme>\n'.encode()


def _item(item: etree._Element, depth: int) -> str:
    symbol = item.findtext("classification-symbol", "")
    texts = item.findall("class-title/title-part/text")
    parts = "".join(
        f"<title-part><text{_attributes(text)}>{escape(text.text or '')}</text></title-part>"
        for text in texts
    )
    title = f"<class-title>{parts}</class-title>" if parts else ""
    below = "".join(_item(each, depth + 1) for each in item.findall("classification-item"))
    indent = "  " * depth
    start = f"<classification-item{_attributes(item)}>"
    own = f"<classification-symbol>{symbol}</classification-symbol>{title}"
    end = f"\n{below}{indent}</classification-item>" if below else "</classification-item>"
    return f"{indent}{start}{own}{end}\n"


def _attributes(element: etree._Element) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in element.attrib.items())

"""Mirrors of US trademarks. The sample: case files that organisations own, or that have no owner.

Re-rendered from facts: numbers, dates, words of marks, classes, events, owners. Left out:
attorneys, correspondents, examiners and all texts of statements. No mark in the real files is
owned in Guangdong.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from scripts.mirrors import odp

ADDRESS = "trademarks/uspto_trademarks"
PRODUCT = "TRTDXFAP"
FOLDER = "trademark/uspto_tdxf_daily_xml"
INDIVIDUAL = "01"
LEFT_OUT = {
    "attorney-name", "attorney-docket-number", "domestic-representative-name", "employee-name",
    "correspondent", "text",
}  # fmt: skip
# A file carries its own document type; the office's has 14 kB of it.
HEAD = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE trademark-applications-daily [
<!ELEMENT trademark-applications-daily ANY>
]>
<trademark-applications-daily>
<version><version-no>2.0</version-no><version-date>20041108</version-date></version>
<application-information><file-segments><file-segment>TRMK</file-segment>
"""
TAIL = "</file-segments></application-information></trademark-applications-daily>\n"


def sample(real: Path, out: Path) -> None:
    """Write two days; on the second a case file comes again, as the office does it."""
    cases = _cases(real)
    names = []
    for day, records in (("20240925", cases[:3]), ("20240926", cases[2:] + cases[:1])):
        name = f"apc{day[2:]}"
        groups = "".join(
            f"<action-keys><action-key>TX</action-key>\n{record}</action-keys>\n"
            for record in records
        )
        content = odp.zipped(f"{name}.xml", HEAD + groups + TAIL)
        odp.place(out, PRODUCT, f"{name}.zip").write_bytes(content)
        names.append((f"{name}.zip", day))
    odp.write_listing(out, PRODUCT, names, "DAILY")


def real(real: Path, out: Path) -> None:
    """Link the one whole file, which its makers put together from real records."""
    path = real / FOLDER / "assembled_apc_from_real_records.xml"
    link = odp.place(out, PRODUCT, "apc240925.xml")
    link.unlink(missing_ok=True)
    link.symlink_to(path.resolve())
    odp.write_listing(out, PRODUCT, [(link.name, "20240925")], "DAILY")


def _cases(real: Path) -> list[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    found = []
    for path in sorted((real / FOLDER / "records").glob("*.xml")):
        case = etree.parse(path, parser).getroot()
        forms = [each.text for each in case.iter("legal-entity-type-code")]
        if INDIVIDUAL in forms:
            continue
        for element in list(case.iter(*LEFT_OUT)):
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)
        etree.indent(case, space=" ")
        found.append(etree.tostring(case, encoding="US-ASCII").decode() + "\n")
    return found

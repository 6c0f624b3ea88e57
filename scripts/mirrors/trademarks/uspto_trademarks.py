"""Mirrors of US trademarks. The sample: case files that organisations own, or that have no owner.

Re-rendered from facts: numbers, dates, words of marks, classes, events, owners. Left out:
attorneys, correspondents, examiners and all texts of statements. No mark in the real files is
owned in Guangdong.
"""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

from lxml import etree

from scripts.mirrors import odp

ADDRESS = "trademarks/uspto_trademarks"
PRODUCT = "TRTDXFAP"
FOLDER = "trademark/uspto_tdxf_daily_xml"
TSDR = "trademark/uspto_tsdr"
# One document stands for one case file; lists of documents and days of updates hold none.
RECORD = re.compile(
    rb"</case-file>|</(?:\w+:)?TrademarkTransactionBody>|</TradeMarkTransactionBody>"
)
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
    """Link the one whole daily file, which its makers put together from real records, and TSDR's.

    The portal does not list TSDR's case files; the mirror does, so that they are staged, too.
    """
    daily = real / FOLDER / "assembled_apc_from_real_records.xml"
    names = []
    for path in (daily, *_of_tsdr(real)):
        link = odp.place(out, PRODUCT, "apc240925.xml" if path == daily else path.name)
        link.unlink(missing_ok=True)
        link.symlink_to(path.resolve())
        names.append((link.name, "20240925"))
    odp.write_listing(out, PRODUCT, names, "DAILY")


def records(path: Path) -> int | None:
    """Count the case files in one real file without the project's readers."""
    content = path.read_bytes()
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist()
                               if name.endswith(".xml"))  # fmt: skip
    elif path.suffix == ".json":
        return len(json.loads(content).get("trademarks", ())) or None
    return len(RECORD.findall(content)) or None


def _of_tsdr(real: Path) -> list[Path]:
    return [path for path in sorted((real / TSDR).iterdir()) if path.suffix != ".md"
            and records(path)]  # fmt: skip


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

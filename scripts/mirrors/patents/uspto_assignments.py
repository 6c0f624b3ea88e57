"""Mirrors of USPTO assignments. The sample: what organisations conveyed to organisations.

Re-rendered as bulk XML from facts in answers of the lookup: reel and frame, days, conveyances,
organisations with their places, and numbers, days and titles of properties. Kinds of documents,
which the lookup does not tell, follow from the office's rule: a grant is A until 2000, then B2
after a publication and else B1. Left out: assignors who are persons with their assignments,
correspondents, inventors, docket numbers. Nothing in the real files was conveyed in Guangdong.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from lxml import etree
from lxml.builder import E

from scripts.mirrors import odp

LOOKUP = "patent/uspto_assignment_xml"
CENTER = "patent/uspto_assignment_center_json"
DAYS, YEARS = "PASDL", "PASYR"

FIRST_DAILY = "20240101"
KIND_CODES_SINCE = "20010102"
ORGANISATION = re.compile(r"\b(LLC|INC|CORP|FSB|BANK|N\.A)\b")
EMPTY = ("NULL", "", None)
EMPTY_DAY = "00010101"


def sample(real: Path, out: Path) -> None:
    """Write one file of the years before, a few days, and a day without any assignment."""
    files: dict[str, list[etree._Element]] = {"20240619": []}
    for document in _documents(real):
        updated = _day(document.findtext("date[@name='lastUpdateDate']"))
        assert updated
        day = updated if updated >= FIRST_DAILY else "20231231"
        files.setdefault(day, []).append(_assignment(document))
    names: dict[str, list[tuple[str, str]]] = {DAYS: [], YEARS: []}
    for day, assignments in sorted(files.items()):
        product = DAYS if day >= FIRST_DAILY else YEARS
        name = f"ad{day}" if product == DAYS else f"ad19800101-{day}-01"
        code = "DA" if product == DAYS else "BI"
        content = odp.zipped(f"{name}.xml", _file(day, code, assignments))
        path = f"{day[:4]}/{name}.zip"
        odp.place(out, product, path).write_bytes(content)
        names[product].append((path, day))
    odp.write_listing(out, DAYS, names[DAYS], "DAILY")
    odp.write_listing(out, YEARS, names[YEARS], "YEARLY")


def real(real: Path, out: Path) -> None:
    """Link the saved answers of both interfaces as if they were daily files."""
    names = []
    for path in (*sorted((real / LOOKUP).glob("*.xml")), *sorted((real / CENTER).glob("*.json"))):
        place = odp.place(out, DAYS, f"2024/{path.name}")
        place.unlink(missing_ok=True)
        place.symlink_to(path.resolve())
        names.append((f"2024/{path.name}", "20240619"))
    odp.write_listing(out, DAYS, names, "DAILY")
    odp.write_listing(out, YEARS, [], "YEARLY")


def records(path: Path) -> int | None:
    """Count the assignments of a real file by the elements, or the items, that hold them."""
    content = path.read_bytes()
    if path.suffix == ".json":
        return len(json.loads(content)["successResponse"]["data"])
    return content.count(b"<doc>") + content.count(b"<patent-assignment>")


def _documents(real: Path) -> list[etree._Element]:
    """Return assignments between organisations, each once, in order of reel and frame."""
    found: dict[tuple[int, int], etree._Element] = {}
    for path in sorted((real / LOOKUP).glob("*.xml")):
        for document in etree.parse(path).getroot().iter("doc"):
            if all(ORGANISATION.search(name) for name in _list(document, "patAssignorName")):
                reel, frame = _value(document, "reelNo"), _value(document, "frameNo")
                found[int(reel), int(frame)] = document
    return [document for _, document in sorted(found.items())]


def _file(day: str, code: str, assignments: list[etree._Element]) -> str:
    root = E(
        "us-patent-assignments",
        {"dtd-version": "0.4", "date-produced": "20131101"},
        E("action-key-code", code),
        E("transaction-date", E("date", day)),
        E("patent-assignments", *(assignments or [E("data-available-code", "N")])),
    )
    etree.indent(root, space=" ")
    text = etree.tostring(root, encoding="US-ASCII").decode()
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _assignment(document: etree._Element) -> etree._Element:
    days = {name: _day(document.findtext(f"date[@name='{name}']")) or "" for name in (
        "lastUpdateDate", "recordedDate")}  # fmt: skip
    signed = _list(document, "patAssignorExDate")
    return E(
        "patent-assignment",
        E(
            "assignment-record",
            E("reel-no", _value(document, "reelNo")),
            E("frame-no", _value(document, "frameNo")),
            E("last-update-date", E("date", days["lastUpdateDate"])),
            E("purge-indicator", _value(document, "purgeIndicator")),
            E("recorded-date", E("date", days["recordedDate"])),
            E("page-count", _value(document, "pageCount")),
            E("conveyance-text", _value(document, "conveyanceText")),
        ),
        E(
            "patent-assignors",
            *(
                E(
                    "patent-assignor",
                    E("name", name),
                    E("execution-date", E("date", _day(day) or "")),
                )
                for name, day in zip(_list(document, "patAssignorName"), signed, strict=True)
            ),
        ),
        E("patent-assignees", *_assignees(document)),
        E("patent-properties", *_properties(document)),
    )


def _assignees(document: etree._Element) -> list[etree._Element]:
    fields = {"name": "Name", "address-1": "Address1", "address-2": "Address2", "city": "City",
              "state": "State", "country-name": "CountryName", "postcode": "Postcode"}  # fmt: skip
    columns = [_list(document, f"patAssignee{field}") for field in fields.values()]
    return [
        E(
            "patent-assignee",
            *(E(tag, text) for tag, text in zip(fields, row, strict=True) if text not in EMPTY),
        )
        for row in zip(*columns, strict=True)
    ]


def _properties(document: etree._Element) -> list[etree._Element]:
    names = ("applNum", "filingDate", "publNum", "publDate", "patNum", "issueDate")
    columns = [_list(document, name) for name in names]
    found = []
    for *row, title in zip(*columns, _list(document, "inventionTitle"), strict=True):
        application, filed, publication, published, grant, granted = row
        kind = "B1" if publication in EMPTY else "B2"
        if (_day(granted) or "") < KIND_CODES_SINCE:
            kind = "A"
        documents = (
            (application, "X0", filed), (publication, "A1", published), (grant, kind, granted),
        )  # fmt: skip
        found.append(
            E(
                "patent-property",
                *(
                    E(
                        "document-id",
                        E("country", "US"),
                        E("doc-number", number),
                        E("kind", kind),
                        *([E("date", on)] if (on := _day(day)) else []),
                    )
                    for number, kind, day in documents
                    if number not in EMPTY
                ),
                E("invention-title", {"lang": "en"}, title),
            )
        )
    return found


def _value(document: etree._Element, name: str) -> str:
    return document.findtext(f"str[@name='{name}']") or ""


def _list(document: etree._Element, name: str) -> list[str]:
    return [item.text or "" for item in document.iterfind(f"arr[@name='{name}']/*")]


def _day(text: str | None) -> str | None:
    day = (text or "")[:10].replace("-", "")
    return None if day in (EMPTY_DAY, "") else day

"""Mirrors of NYPL's registrations. The sample: works whose names are of organisations only.

Re-rendered from facts: the entries of one page, and registrations that were renewed later, with
their numbers, days and titles as the renewals tell them. Authors and claimants that are persons
are left out, and so are notes. Entries without an id of their own get one from number and day.
"""

from __future__ import annotations

import csv
import json
import re
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from iplake import registry
from scripts.mirrors.copyrights.nypl_renewals import names_no_person

ADDRESS = "copyrights/nypl_registrations"
PAGE = "copyright/nypl_cce_registrations_xml/351_page20.xml"
RENEWALS = "copyright/nypl_cce_renewals/1960-1.tsv"
FILES = "raw.githubusercontent.com/NYPL/catalog_of_copyright_entries_project/master"
ON_PAGE, RENEWED = "xml/1951/351_page20.xml", "xml/1933/renewed-in-1960.xml"
DOCTYPE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE copyrightEntries SYSTEM "CopyrightEntries.dtd" []>\n'
)


def sample(real: Path, out: Path) -> None:
    """Write the page's entries, the renewed ones, and a listing of both files."""
    files = {ON_PAGE: _of_page(real / PAGE), RENEWED: _of_renewals(real / RENEWALS)}
    for name, entries in files.items():
        content = DOCTYPE + "<copyrightEntries>\n" + "".join(entries) + "</copyrightEntries>\n"
        _place(out, f"{FILES}/{name}").write_text(content, encoding="utf-8")
    _write_listing(out, files)


def real(real: Path, out: Path) -> None:
    """Link the real page as a file of its year."""
    link = _place(out, f"{FILES}/{ON_PAGE}")
    link.unlink(missing_ok=True)
    link.symlink_to((real / PAGE).resolve())
    _write_listing(out, [ON_PAGE])


def records(path: Path) -> int | None:
    """Count the start tags of entries."""
    return path.read_bytes().count(b"<copyrightEntry ") if path.suffix == ".xml" else None


def _place(out: Path, path: str) -> Path:
    place = out / path
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _write_listing(out: Path, names: Iterable[str]) -> None:
    endpoint = registry.get(ADDRESS).endpoint
    address = f"{endpoint.base_url}{endpoint.paths[0]}".removeprefix("https://").replace("?", "@")
    tree = [{"path": name, "type": "blob"} for name in sorted(names)]
    text = json.dumps({"tree": tree, "truncated": False}, indent=1) + "\n"
    _place(out, address).write_text(text, encoding="utf-8")


def _of_page(path: Path) -> Iterator[str]:
    root = etree.fromstring(path.read_bytes(), etree.XMLParser(load_dtd=False))
    for entry in root.findall("copyrightEntry"):
        published = [
            _tag(name.tag, name.text, claimant=name.get("claimant"))
            for name in entry.findall("publisher/pubName")
        ]
        if published:
            places = [_tag(each.tag, each.text) for each in entry.findall("publisher/pubPlace")]
            publisher = f"<publisher>{', '.join([*places, *published])}</publisher>."
            yield _entry(entry.attrib["id"], entry, publisher)


def _entry(entry_id: str, entry: etree._Element, publisher: str) -> str:
    day, number = entry.find("regDate"), entry.find("regNum")
    assert day is not None
    assert number is not None
    return (
        f"<copyrightEntry id={quoteattr(entry_id)} regnum={quoteattr(entry.attrib['regnum'])}>"
        f"{_tag('title', entry.findtext('title', '').strip(' .'))}. {publisher}"
        f" {_tag('regDate', day.text, date=day.get('date'))}; {_tag('regNum', number.text)}."
        "</copyrightEntry>\n"
    )


def _of_renewals(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        _, *lines = csv.reader(file, delimiter="\t")
    for at, line in enumerate(lines):
        title, number, day = line[6].strip(" ."), line[7].replace(" ", ""), line[8]
        is_clear = re.fullmatch(r"A\d+", number) and re.fullmatch(r"193\d-\d\d-\d\d", day)
        if is_clear and names_no_person(line):
            entry_id = uuid.uuid5(uuid.NAMESPACE_OID, f"{number} {day} {at}")
            yield (
                f'<copyrightEntry id="{entry_id}" regnum="{number}">{_tag("title", title)}.'
                f" {_tag('regDate', _printed(day), date=day)}; {_tag('regNum', number)}."
                "</copyrightEntry>\n"
            )


def _printed(day: str) -> str:
    """Return a day as the catalogue of its years prints it, as in 6Jun31."""
    year, month, of_month = day.split("-")
    names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{int(of_month)}{names[int(month) - 1]}{year[2:]}"


def _tag(name: str, text: str | None, **attributes: str | None) -> str:
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items() if value)
    return f"<{name}{written}>{escape((text or '').strip())}</{name}>"

"""Mirrors of USPTO published applications. The sample: their front pages, without persons.

Re-rendered from facts: numbers, dates, titles, classes, priorities, related documents, and the
organisations that apply or are assigned to, with their places. Left out: inventors, individual
applicants and assignees, correspondents, abstract, description and claims. No application in the
real files comes from Guangdong.
"""

from __future__ import annotations

import re
from pathlib import Path

from scripts.mirrors import odp, us_documents

PRODUCT = "APPXML"
BULK_APPLICATIONS = ("ipa*.xml", "pa0*.xml")
SINGLE_APPLICATIONS = ("*_application_*.xml", "ppd_pap_*.xml", "ppd_xmlApp*.xml")

BIBLIOGRAPHIES = {
    "us-patent-application": "us-bibliographic-data-application",
    "patent-application-publication": "subdoc-bibliographic-information",
}
TEXTS = {
    "us-patent-application": ("abstract", "description", "claims"),
    "patent-application-publication": ("subdoc-abstract", "subdoc-description", "subdoc-claims"),
}


def sample(real: Path, out: Path) -> None:
    """Write small weeks of the sample, and the listing of the product."""
    rendered = (
        us_documents.rendered(document, BIBLIOGRAPHIES, TEXTS, kept=("us-applicants",))
        for path in _files(real)
        for document in us_documents.documents(path.read_bytes())
    )
    names = []
    for day, week in us_documents.weeks((day, text) for day, text, _ in rendered):
        name = f"{'ipa' if day >= '2005' else 'pa'}{day[2:]}"
        path = f"{day[:4]}/{name}.zip"
        odp.place(out, PRODUCT, path).write_bytes(odp.zipped(f"{name}.xml", week))
        names.append((path, day))
    odp.write_listing(out, PRODUCT, names, "WEEKLY")


def real(real: Path, out: Path) -> None:
    """Link the real applications; the listing names them as plain files."""
    us_documents.link(out, PRODUCT, _files(real))


def records(path: Path) -> int | None:
    """Count the applications of a real file by their root elements; None for other files."""
    roots = rb"<us-patent-application\s|<patent-application-publication[\s>]"
    return len(re.findall(roots, path.read_bytes())) or None


def _files(real: Path) -> list[Path]:
    return us_documents.files(real, BULK_APPLICATIONS, SINGLE_APPLICATIONS)

"""Fields of ST.36 elements by their paths, as the US office uses the standard."""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from ingest.collect import Row
from ingest.patents import front_page
from ingest.patents.front_page import Fields
from iplake.contract import report_leftovers

INLINE = frozenset(("b", "i", "o", "u", "sup", "sub", "smallcaps", "br", etree.Entity))
"""Marks within a text, and entities that only the DTD would explain."""

MAY_REPEAT = frozenset((
    "category", "classification-national/further-classification",
    "classification-ipc/further-classification", "classification-cpc-text", "rel-claims",
    "rel-passage/passage", "patcit/rel-passage/passage", "us-rights", "designated-states/country",
    "designated-states-as-inventor/country",
    *(f"{book}{name}" for book in ("", "addressbook/")
      for name in ("phone", "fax", "email", "url", "ead", "synonym")),
    # The siblings of a divisional reissue.
    "child-doc/document-id/country", "child-doc/document-id/doc-number",
    "child-doc/document-id/kind", "child-doc/document-id/date",
))  # fmt: skip


def take(
    element: etree._Element,
    row: Row,
    prefix: str = "",
    /,
    *,
    ignore: Collection[str] = (),
    **paths: str,
) -> None:
    """Move an element's fields into a row; a path with a slash in front is without prefix."""
    record = fields(element)
    for name, path in paths.items():
        full = path[1:] if path.startswith("/") else prefix + path
        row[name] = record.pop(full, None)
    if record:
        report_leftovers(record, ignore=ignore, within=f"{element.tag}/")


def fields(element: etree._Element) -> Fields:
    """Return the texts below an element by path; refuse a field that comes twice."""
    return front_page.fields(element, INLINE, MAY_REPEAT)

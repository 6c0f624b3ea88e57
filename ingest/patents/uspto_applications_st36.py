"""Applications since 2005: `us-patent-application`, DTD v4.0 to v4.7 (WIPO ST.36)."""

from __future__ import annotations

from lxml import etree

from ingest.collect import Parsed
from ingest.patents import st36
from ingest.patents.us_document import Document

ROOT = "us-patent-application"
BIBLIOGRAPHY = "us-bibliographic-data-application"

# Names of objects such as microfiches that came with the application.
IGNORED = frozenset(("us-appendix-data",))


def parse(content: bytes) -> Parsed:
    """Return the rows of one application, read from its bibliographic data alone."""
    document, bibliography = st36.open_document(content, ROOT, BIBLIOGRAPHY, "application")
    document.main["is_continued_prosecution"] = False
    for part in bibliography:
        _read(part, document)
    return document.rows()


def _read(part: etree._Element, document: Document) -> None:
    application = document.main
    match part.tag:
        case "application-reference":
            application["application_type"] = part.get("appl-type")
            st36.read(part, document)
        case "us-publication-filing-type":
            # One empty element, whose name is the type.
            for child in part:
                application["publication_type"] = str(child.tag).removeprefix("us-")
        case "us-publication-of-continued-prosecution-application":
            application["is_continued_prosecution"] = True
        case tag if tag in IGNORED:
            pass
        case _:
            st36.read(part, document)

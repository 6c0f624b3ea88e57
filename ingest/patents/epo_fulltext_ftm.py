"""Translations of European patents in the EPO's full-text exchange format: `fulltext-document`."""

from __future__ import annotations

from lxml import etree

from ingest.collect import Parsed
from ingest.patents.epo_fulltext_rows import Document, claims
from ingest.readers.elements import text, unknown_paths

ROOT = "fulltext-document"
SCANNED = "OCR"
"""In the source of a text that was read by machine: all its claims stand in one element."""

PUBLISHED = "bibliographic-data/publication-reference/document-id"
FILED = "bibliographic-data/application-reference/document-id"
KNOWN = frozenset(
    f"bibliographic-data{path}"
    for path in (
        "", "/publication-reference", "/application-reference",
        *(f"/{of}-reference/document-id{part}" for of in ("publication", "application")
          for part in ("", "/country", "/doc-number", "/kind", "/date")),
    )
)  # fmt: skip
# Texts, of which claims are counted; the number of the application is the European one.
IGNORED = frozenset(("abstract", "description", "claims", "drawings"))


def unknown(root: etree._Element) -> list[str]:
    """Return the fields that nobody handles or ignores by name."""
    return unknown_paths(root, KNOWN, IGNORED)


def parse(root: etree._Element) -> Parsed:
    """Return the rows of one document."""
    language = next((each.get("lang") for each in root.findall("claims")), None)
    counted = claims(root, language and language.lower())
    if SCANNED in (root.get("source") or ""):
        counted["claims_count"] = None
    publication = {
        "office": text(root, f"{PUBLISHED}/country"),
        "number": text(root, f"{PUBLISHED}/doc-number"),
        "kind": text(root, f"{PUBLISHED}/kind"),
        "date": text(root, f"{PUBLISHED}/date"),
        "application_number": text(root, f"{FILED}/doc-number"),
        "filing_date": text(root, f"{FILED}/date"),
        "publication_language": language.lower() if language else None,
        "generation": f"FTM {root.get('dtd-version')}",
    }
    return Document(publication | counted).rows()

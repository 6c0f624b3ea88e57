"""Grant documents since 2005: `us-patent-grant`, DTD v4.0 to v4.7 (WIPO ST.36)."""

from __future__ import annotations

from lxml import etree

from ingest.collect import Parsed, Row
from ingest.patents import st36
from ingest.patents.front_page import report
from ingest.patents.st36_fields import fields, take
from ingest.patents.us_document import Document
from iplake.contract import report_leftovers

ROOT = "us-patent-grant"
BIBLIOGRAPHY = "us-bibliographic-data-grant"

# What only grants have that says nothing about rights, owners or prior art.
IGNORED = frozenset((
    "us-exemplary-claim", "field-of-search",
    "us-field-of-classification-search", "us-microform-quantity",
    "us-issued-on-continued-prosecution-application", "us-sir-flag", "patent-family",
))  # fmt: skip
NOT_KEPT_OF_CITATIONS = frozenset((
    "patcit/rel-passage/text", "patcit/rel-passage/passage", "rel-passage/text",
    "rel-passage/passage", "rel-passage/category", "rel-passage/rel-claims", "rel-claims",
    "classification-ipc/edition", "classification-national/country",
    "classification-national/edition", "classification-national/additional-info",
))  # fmt: skip
EXAMINERS = frozenset(
    f"{who}/{what}"
    for who in ("primary-examiner", "assistant-examiner", "authorized-officer")
    for what in ("prefix", "last-name", "first-name", "middle-name", "suffix", "department", "name",
                 "role", "orgname", "phone", "fax", "email", "electronic-signature")
)  # fmt: skip


def parse(content: bytes) -> Parsed:
    """Return the rows of one grant, read from its bibliographic data alone."""
    document, bibliography = st36.open_document(content, ROOT, BIBLIOGRAPHY, "grant")
    document.main["has_terminal_disclaimer"] = False
    for part in bibliography:
        _read(part, document)
    return document.rows()


def _read(part: etree._Element, document: Document) -> None:
    grant = document.main
    match part.tag:
        case "us-references-cited" | "references-cited":
            for child in part:
                if child.tag in {"us-citation", "citation"}:
                    document.citations.append(_citation(child))
                else:
                    report(child, {"text", "date-search-completed", "place-of-search",
                                            "date-search-report-mailed", "searcher",
                                            "search-report-publication"})  # fmt: skip
        case "number-of-claims":
            grant["claims"] = part.text
        case "figures":
            take(part, grant, sheets="number-of-drawing-sheets",
                      figures="number-of-figures",
                      ignore={"figure-to-publish/fig-number"})  # fmt: skip
        case "us-term-of-grant":
            _read_term(part, document)
        case "examiners":
            take(part, grant, art_unit="primary-examiner/department",
                      ignore=EXAMINERS)  # fmt: skip
        case "hague-agreement-data":
            take(part, grant,
                      hague_registration_number="international-registration-number",
                      ignore={"international-filing-date/date",
                              "international-registration-date/date",
                              "international-registration-publication-date/date"})  # fmt: skip
        case tag if tag in IGNORED:
            pass
        case _:
            st36.read(part, document)


def _citation(element: etree._Element) -> Row:
    record = fields(element)
    is_patent = "patcit/document-id/doc-number" in record
    take = record.pop
    row: Row = {
        "type": "patent" if is_patent else "non_patent",
        "category": take("category", None),
        "country": take("patcit/document-id/country", None),
        "number": take("patcit/document-id/doc-number", None),
        "kind": take("patcit/document-id/kind", None),
        "name": take("patcit/document-id/name", None),
        "date": take("patcit/document-id/date", None),
        "text": take("nplcit/othercit", None) or take("nplcit/text", None)
        or take("patcit/text", None),
        "classification": take("classification-cpc-text", None)
        or take("classification-national/main-classification", None)
        or take("classification-ipc/main-classification", None),
    }  # fmt: skip
    if record:
        take("classification-national/main-classification", None)
        take("classification-national/further-classification", None)
        take("classification-ipc/main-classification", None)
        take("classification-ipc/further-classification", None)
        report_leftovers(record, ignore=NOT_KEPT_OF_CITATIONS, within="citation/")
    return row


def _read_term(part: etree._Element, document: Document) -> None:
    grant = document.main
    for child in part:
        match child.tag:
            case "us-term-extension":
                grant["term_extension"] = child.text
            case "length-of-grant":
                grant["term_years"] = child.text
            case "disclaimer":
                grant["has_terminal_disclaimer"] = True
            case _:
                report(child, {"text", "lapse-of-patent", "prior-disclosure-affidavit-filed"})

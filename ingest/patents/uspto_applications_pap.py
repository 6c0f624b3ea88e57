"""Applications of 2001 to 2004: `patent-application-publication`, DTD v1.5 and v1.6 ("pap")."""

from __future__ import annotations

import re
from collections.abc import Collection

from lxml import etree

from ingest.collect import Parsed, Row
from ingest.patents import front_page
from ingest.patents.front_page import Fields, joined, report, report_others, text_of
from ingest.patents.us_document import Document
from ingest.readers.elements import only_child
from iplake.contract import report_leftovers

ROOT = "patent-application-publication"
BIBLIOGRAPHY = "subdoc-bibliographic-information"

INLINE = frozenset(("highlight", "custom-character", "in-line-formula", etree.Entity))
"""Marks within a text, and entities that only the DTD would explain."""

MAY_REPEAT = frozenset(("address/email", "address/telephone", "address/fax"))

# Where letters go, and names of objects such as microfiches that came with the application.
IGNORED = frozenset(("correspondence-address", "appendix-data"))
NOT_KEPT_OF_PARTIES = frozenset(("address/email", "address/telephone", "address/fax",
                                 "residence/military-service"))  # fmt: skip
RELATIONS = {
    "a-371-of-international": "national_stage",
    "continuation-in-part-of": "continuation_in_part",
    "continuation-of": "continuation",
    "continuing-reissue-of": "continuing_reissue",
    "division-of": "division",
    "reissue-of": "reissue",
    "substitution-for": "substitution",
}
# The document's date says the same of a child, and the PCT number stands with the application.
NOT_KEPT_OF_RELATIONS = frozenset(
    f"{of}/document-id/{what}"
    for of in ("parent-child/child", "parent-child/parent", "parent-child/parent-patent",
               "parent-pct")
    for what in ("doc-number", "kind-code", "document-date", "country-code")
)  # fmt: skip
PARENT = {"number": "doc-number", "kind": "kind-code", "date": "document-date",
          "country": "country-code"}  # fmt: skip

_VERSION = re.compile(rb"pap-v(\d)(\d)-")


def parse(content: bytes) -> Parsed:
    """Return the rows of one application, read from its bibliographic data alone."""
    root = front_page.front_page(content, ROOT, BIBLIOGRAPHY)
    # The version is a default value of the DTD: in a document only the DTD's name tells it.
    version = _VERSION.search(content, 0, 1000)
    generation = f"pap v{int(version[1])}.{int(version[2])}" if version else "pap"
    document = Document(
        "application",
        # The office is not named: these are publications of the US office by their kind.
        {"generation": generation, "country": "US", "is_continued_prosecution": False},
    )
    for part in only_child(root):
        _read(part, document)
    return document.rows()


def _read(part: etree._Element, document: Document) -> None:
    application = document.main
    match part.tag:
        case "document-id":
            take(part, application, number="doc-number", kind="kind-code",
                 date="document-date", ignore={"country-code"})  # fmt: skip
        case "publication-filing-type":
            application["publication_type"] = part.text
        case "domestic-filing-data":
            application["is_continued_prosecution"] = (
                part.find("continued-prosecution-application") is not None
            )
            take(part, application, application_number="application-number/doc-number",
                 series_code="application-number-series-code", filing_date="filing-date",
                 ignore={"continued-prosecution-application", "rule-47-flag"})  # fmt: skip
        case "foreign-priority-data":
            row: Row = {}
            take(part, row, number="priority-application-number/doc-number",
                 date="filing-date", country="country-code")  # fmt: skip
            document.priorities.append(row)
        case "technical-information":
            for child in part:
                _read_technical(child, document)
        case "continuity-data":
            for child in part:
                for relation in child if child.tag == "continuations" else (child,):
                    _read_relation(relation, document)
        case "prior-publication":
            for child in part:
                row = {"type": "related_publication"}
                take(child, row, **PARENT)
                document.relations.append(row)
        case "inventors":
            for child in part:
                document.parties.append(_party(child, "inventor"))
        case "assignee":
            document.parties.append(_party(part, "assignee"))
        case "international-conventions":
            take(part, application,
                 pct_application_number="pct-application/document-id/doc-number",
                 pct_filing_date="pct-application/document-id/document-date",
                 pct_publication_number="pct-publication/document-id/doc-number",
                 pct_publication_date="pct-publication/document-id/document-date",
                 ignore={f"pct-{what}/document-id/{field}"
                         for what in ("application", "publication")
                         for field in ("kind-code", "country-code")})  # fmt: skip
        case _:
            report(part, IGNORED)


def _read_technical(part: etree._Element, document: Document) -> None:
    match part.tag:
        case "classification-ipc":
            symbols = [text_of(found) for found in part.iter("ipc")]
            edition = part.findtext("classification-ipc-edition")
            document.classify("IPC", symbols, edition)
            report_others(part, {"classification-ipc-primary", "classification-ipc-secondary",
                                   "classification-ipc-edition"})  # fmt: skip
        case "classification-us":
            symbols = [
                f"{found.findtext('class')}{found.findtext('subclass')}"
                if found.tag == "uspc"
                else text_of(found)
                for found in part.iter("uspc", "uspc-freeform")
            ]
            document.classify("USPC", symbols)
            report_others(part, {"classification-us-primary", "classification-us-secondary"})
        case "title-of-invention":
            document.main["title"] = text_of(part)
        case "botanic":
            take(part, document.main, latin_name="latin-name", variety_name="variety")
        case _:
            report(part)


def _read_relation(element: etree._Element, document: Document) -> None:
    tag = str(element.tag)
    row: Row = {}
    match tag:
        case "non-provisional-of-provisional" | "corrected-republication-of":
            is_provisional = tag == "non-provisional-of-provisional"
            row["type"] = "provisional" if is_provisional else "correction"
            paths = {name: f"document-id/{path}" for name, path in PARENT.items()}
            take(element, row, **paths)
        case _ if tag in RELATIONS:
            row["type"] = RELATIONS[tag]
            paths = {
                name: f"parent-child/parent/document-id/{path}" for name, path in PARENT.items()
            }
            take(element, row, **paths, status="parent-child/parent-status",
                 child_number="parent-child/child/document-id/doc-number",
                 parent_country="parent-child/parent-patent/document-id/country-code",
                 parent_number="parent-child/parent-patent/document-id/doc-number",
                 ignore=NOT_KEPT_OF_RELATIONS)  # fmt: skip
        case _:
            report(element)
            return
    document.relations.append(row)


def _party(element: etree._Element, role: str) -> Row:
    record = fields(element)
    take_ = record.pop
    given = [take_(f"name/{name}", None) for name in ("name-prefix", "given-name", "middle-name")]
    family = [take_(f"name/{name}", None) for name in ("family-name", "name-suffix")]
    street = [take_(f"address/{name}", None) for name in ("military-address", "address-1",
                                                         "address-2")]  # fmt: skip
    home: Fields = {}
    for name in ("city", "state", "country-code"):
        for where in ("residence-us", "residence-non-us"):
            if found := take_(f"residence/{where}/{name}", None):
                home[name] = found
    row: Row = {
        "role": role,
        "organisation": take_("organization-name", None),
        "last_name": joined(family),
        "first_name": joined(given),
        "street": joined(street),
        "city": take_("address/city", None) or home.get("city"),
        "state": take_("address/state", None) or home.get("state"),
        "postcode": take_("address/postalcode", None),
        "country": take_("address/country/country-code", None) or home.get("country-code"),
        "residence": home.get("country-code"),
        "nationality": take_("residence/citizenship/country-code", None),
        "applicant_authority": take_("authority-applicant", None),
        "assignee_role_code": take_("assignee-type", None),
    }
    report_leftovers(record, ignore=NOT_KEPT_OF_PARTIES, within=f"{role}/")
    return row


def take(
    element: etree._Element,
    row: Row,
    *,
    ignore: Collection[str] = (),
    **paths: str,
) -> None:
    """Move an element's fields into a row."""
    record = fields(element)
    for name, path in paths.items():
        row[name] = record.pop(path, None)
    report_leftovers(record, ignore=ignore, within=f"{element.tag}/")


def fields(element: etree._Element) -> Fields:
    """Return the texts below an element by path; refuse a field that comes twice."""
    return front_page.fields(element, INLINE, MAY_REPEAT)

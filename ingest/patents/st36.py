"""Front pages by WIPO ST.36 as the US office uses it since 2005, of grants and of applications."""

from __future__ import annotations

import re

from lxml import etree

from ingest.collect import Row
from ingest.patents import front_page
from ingest.patents.front_page import report, text_of
from ingest.patents.st36_fields import take
from ingest.patents.st36_parts import party, symbol
from ingest.patents.us_document import Document, Kind
from ingest.readers.elements import only_child
from iplake.errors import RecordRejected

# The parts of a front page that say nothing about rights, owners or prior art, or that repeat
# what stands elsewhere.
IGNORED = frozenset(("rule-47-flag", "bio-deposit", "text", "dtext"))

RELATIONS = {
    "addition": "addition",
    "continuation": "continuation",
    "continuation-in-part": "continuation_in_part",
    "continuing-reissue": "continuing_reissue",
    "division": "division",
    "reexamination": "reexamination",
    "reissue": "reissue",
    "substitution": "substitution",
    "us-divisional-reissue": "divisional_reissue",
    "us-reexamination-reissue-merger": "reexamination_reissue_merger",
    "utility-model-basis": "utility_model_basis",
}
PARENT = {"country": "country", "number": "doc-number", "kind": "kind", "date": "date"}
SCHEMES = {"classification-ipc": "IPC", "classification-locarno": "LOCARNO",
           "classification-national": "USPC"}  # fmt: skip

_VERSION = re.compile(r"v?(\d)\.?(\d)")
_NOT_KEPT_OF_RELATIONS = frozenset(
    f"{of}/{what}"
    for of in ("parent-doc/document-id", "parent-doc/parent-grant-document/document-id",
               "parent-doc/parent-pct-document/document-id", "child-doc/document-id")
    for what in ("country", "doc-number", "kind", "date", "name")
) | {"parent-doc/international-filing-date/date",
     "child-doc/international-filing-date/date"}  # fmt: skip


def open_document(
    content: bytes, root: str, bibliography: str, kind: Kind
) -> tuple[Document, etree._Element]:
    """Return a document whose rows are still to be read, and its bibliographic data."""
    top = front_page.front_page(content, root, bibliography)
    version = _VERSION.match(top.get("dtd-version", ""))
    main: Row = {
        "generation": f"v{version[1]}.{version[2]}" if version else top.get("dtd-version"),
        "production_status": top.get("status"),
    }
    return Document(kind, main), only_child(top)


def read(part: etree._Element, document: Document) -> None:
    """Read a part that grants and applications have alike into the document's rows."""
    main = document.main
    match part.tag:
        case "publication-reference":
            take(part, main, "document-id/", number="doc-number", kind="kind",
                 country="country", date="date")  # fmt: skip
        case "application-reference":
            take(part, main, "document-id/", application_number="doc-number",
                 filing_date="date",
                 ignore={"document-id/country", "document-id/kind"})  # fmt: skip
        case "us-application-series-code":
            main["series_code"] = part.text
        case "invention-title":
            main["title"] = text_of(part)
        case "classifications-ipcr":
            for child in part:
                row = symbol(child, "IPC", "ipc-version-indicator")
                document.classifications.append(row)
        case "classifications-cpc":
            _read_cpc(part, document)
        case "classification-ipc" | "classification-locarno" | "classification-national":
            _read_classes(part, document)
        case "priority-claims":
            for child in part:
                row = {"kind": child.get("kind")}
                take(child, row, country="country", number="doc-number", date="date",
                     ignore={"office-of-filing/country", "office-of-filing/region/country",
                             "priority-doc-requested", "priority-doc-attached"})  # fmt: skip
                document.priorities.append(row)
        case "us-related-documents":
            for child in part:
                _read_relation(child, document)
        case "us-parties" | "parties":
            for group in part:
                _read_group(group, document)
        case "assignees":
            for child in part:
                document.parties.append(party(child, "assignee"))
        case "us-deceased-inventor":
            document.parties.append(party(part, "inventor"))
        case "us-botanic":
            take(part, main, latin_name="latin-name", variety_name="variety")
        case "pct-or-regional-filing-data":
            take(part, main, pct_application_number="document-id/doc-number",
                 pct_filing_date="document-id/date", national_stage_date="us-371c124-date/date",
                 national_stage_date_="us-371c12-date/date",
                 ignore={"document-id/country", "document-id/kind"})  # fmt: skip
            later = main.pop("national_stage_date_")
            main["national_stage_date"] = main["national_stage_date"] or later
        case "pct-or-regional-publishing-data":
            take(part, main, "document-id/", pct_publication_number="doc-number",
                 pct_publication_date="date",
                 ignore={"document-id/country", "document-id/kind",
                         "gazette-reference/gazette-num", "gazette-reference/date",
                         "gazette-reference/text"})  # fmt: skip
        case _:
            report(part, IGNORED)


def _read_group(group: etree._Element, document: Document) -> None:
    """Read one group of parties; applicants who are inventors only by their type are such."""
    match group.tag:
        case "us-applicants":
            role = "applicant"
        case "applicants":
            role = ""
        case "inventors":
            role = "inventor"
        case "agents":
            role = "agent"
        case _:
            report(group, {"correspondence-address"})
            return
    for child in group:
        if child.tag == "customer-number":
            continue
        row = party(child, role)
        if not role:
            is_inventor = row["applicant_type"] == "applicant-inventor"
            row["role"] = "inventor" if is_inventor else "applicant"
        document.parties.append(row)


def _read_classes(part: etree._Element, document: Document) -> None:
    """Read a classification that comes as main and further symbols of fixed width."""
    edition = None
    symbols = []
    for child in part:
        match child.tag:
            case "edition":
                edition = child.text
            case "main-classification" | "further-classification":
                symbols.append(child.text or "")
            case _:
                report(child, {"country", "additional-info", "text",
                                        "unlinked-indexing-code",
                                        "linked-indexing-code-group"})  # fmt: skip
    document.classify(SCHEMES[str(part.tag)], symbols, edition)


def _read_cpc(part: etree._Element, document: Document) -> None:
    for group in part:
        for child in group:
            if child.tag == "classification-cpc":
                row = symbol(child, "CPC", "cpc-version-indicator")
                row["is_main"] = group.tag == "main-cpc"
                document.classifications.append(row)
            elif child.tag == "combination-set":
                number = child.findtext("group-number")
                for rank in child.iterchildren("combination-rank"):
                    found = rank.find("classification-cpc")
                    if found is None:
                        raise RecordRejected("unexpected_shape", "a CPC rank without a symbol")
                    row = symbol(found, "CPC", "cpc-version-indicator")
                    row |= {"is_main": False, "set_number": number}
                    row["rank"] = rank.findtext("rank-number")
                    document.classifications.append(row)
            else:
                report(child)


def _read_relation(element: etree._Element, document: Document) -> None:
    tag = str(element.tag)
    row: Row = {}
    name = {"document-id/name"}
    match tag:
        case "us-provisional-application":
            row["type"] = "provisional"
            take(element, row, "document-id/", **PARENT, ignore=name,
                 status="/us-provisional-application-status")  # fmt: skip
        case "related-publication":
            for child in element:
                found: Row = {"type": "related_publication"}
                take(child, found, **PARENT, ignore={"name"})
                document.relations.append(found)
            if len(element):
                return
            row |= {"type": "related_publication", "number": element.text}
        case "correction":
            row["type"] = "correction"
            take(element, row, "document-corrected/document-id/", **PARENT,
                 ignore={"type-of-correction", "text", "gazette-reference/gazette-num",
                         "gazette-reference/date", "gazette-reference/text"})  # fmt: skip
        case _ if tag in RELATIONS:
            relation = only_child(element)
            row["type"] = RELATIONS[tag]
            take(relation, row, "parent-doc/document-id/", **PARENT,
                 status="/parent-doc/parent-status",
                 child_number="/child-doc/document-id/doc-number",
                 parent_country="/parent-doc/parent-grant-document/document-id/country",
                 parent_number="/parent-doc/parent-grant-document/document-id/doc-number",
                 ignore=_NOT_KEPT_OF_RELATIONS)  # fmt: skip
        case _:
            report(element)
            return
    document.relations.append(row)

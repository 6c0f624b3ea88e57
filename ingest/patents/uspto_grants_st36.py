"""Grant documents since 2005: `us-patent-grant`, DTD v4.0 to v4.7 (WIPO ST.36)."""

from __future__ import annotations

import re

from lxml import etree

from ingest.collect import Parsed, Row
from ingest.patents.uspto_grants_rows import Document
from ingest.readers.xml import STRICT, not_well_formed, only_child, unescape
from iplake.contract import reject_leftovers
from iplake.errors import RecordRejected

ROOT = "us-patent-grant"
END_OF_BIBLIOGRAPHY = b"</us-bibliographic-data-grant>"
END = b"</us-patent-grant>"

INLINE = frozenset(("b", "i", "o", "u", "sup", "sub", "smallcaps", "br", etree.Entity))
"""Marks within a text, and entities that only the DTD would explain."""

# The parts of a front page that say nothing about rights, owners or prior art, or that repeat
# what stands elsewhere.
IGNORED = frozenset((
    "us-exemplary-claim", "field-of-search",
    "us-field-of-classification-search", "us-microform-quantity", "rule-47-flag",
    "us-issued-on-continued-prosecution-application", "us-sir-flag", "patent-family",
    "bio-deposit", "text",
))  # fmt: skip

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
STREET = ("address-1", "address-2", "address-3", "mailcode", "pobox", "room", "address-floor",
          "building", "street", "text")  # fmt: skip
NOT_KEPT_OF_PARTIES = frozenset((
    "iid", "department", "synonym", "registered-number", "phone", "fax", "email", "url", "ead",
    "dtext", "address", "residence", "nationality", "address/county", "us-rights",
    "designated-states/country", "designated-states-as-inventor/country",
))  # fmt: skip
NOT_KEPT_OF_CITATIONS = frozenset((
    "patcit/rel-passage/text", "patcit/rel-passage/passage", "rel-passage/text",
    "rel-passage/passage", "rel-passage/category", "rel-passage/rel-claims", "rel-claims",
    "classification-ipc/edition", "classification-national/country",
    "classification-national/edition", "classification-national/additional-info",
))  # fmt: skip
MAY_REPEAT = frozenset((
    "category", "classification-national/further-classification",
    "classification-ipc/further-classification", "classification-cpc-text", "rel-claims",
    "rel-passage/passage", "patcit/rel-passage/passage", "phone", "fax", "email", "url", "ead",
    "synonym", "us-rights", "designated-states/country",
    # The siblings of a divisional reissue.
    "child-doc/document-id/country", "child-doc/document-id/doc-number",
    "child-doc/document-id/kind", "child-doc/document-id/date",
))  # fmt: skip

_PARSER = etree.XMLParser(**STRICT)
_VERSION = re.compile(r"v?(\d)\.?(\d)")

Fields = dict[str, str]


def parse(document: bytes) -> Parsed:
    """Return the rows of one grant, read from its bibliographic data alone.

    The full text behind it is skipped as bytes. Checked are therefore: the bibliography is
    well-formed and holds nothing unknown, the document ends with its root's end tag and has
    no zero bytes. Not checked is whether the markup of its full text is well-formed.
    """
    cut = document.find(END_OF_BIBLIOGRAPHY)
    end = document.rfind(END)
    if cut < 0 or end < cut:
        raise RecordRejected(
            "truncated", "a grant breaks off", missing="</us-patent-grant>", bytes=len(document)
        )
    if document[end + len(END) :].strip():
        raise RecordRejected("ill_formed", "bytes follow the end of a grant")
    if b"\0" in document:
        raise RecordRejected("ill_formed", "a grant holds zero bytes", at=document.index(b"\0"))
    head = document[: cut + len(END_OF_BIBLIOGRAPHY)] + END
    try:
        root = etree.fromstring(head, _PARSER)
    except etree.XMLSyntaxError as error:
        raise not_well_formed(error, is_cut=False) from error
    return _document(root).rows()


def _document(root: etree._Element) -> Document:
    version = _VERSION.match(root.get("dtd-version", ""))
    grant: Row = {
        "generation": f"v{version[1]}.{version[2]}" if version else root.get("dtd-version"),
        "production_status": root.get("status"),
        "has_terminal_disclaimer": False,
    }
    document = Document(grant)
    for part in only_child(root):
        _read(part, document)
    return document


def _read(part: etree._Element, document: Document) -> None:
    """Read one part of the front page into the document's rows."""
    grant = document.grant
    match part.tag:
        case "us-references-cited" | "references-cited":
            for child in part:
                if child.tag in {"us-citation", "citation"}:
                    document.citations.append(_citation(child))
                else:
                    _ignore(child, {"text", "date-search-completed", "place-of-search",
                                    "date-search-report-mailed", "searcher",
                                    "search-report-publication"})  # fmt: skip
        case "publication-reference":
            _take(part, grant, "document-id/", number="doc-number", kind="kind",
                  country="country", date="date")  # fmt: skip
        case "application-reference":
            _take(part, grant, "document-id/", application_number="doc-number",
                  filing_date="date",
                  ignore={"document-id/country", "document-id/kind"})  # fmt: skip
        case "us-application-series-code":
            grant["series_code"] = part.text
        case "invention-title":
            grant["title"] = _text(part)
        case "number-of-claims":
            grant["claims"] = part.text
        case "figures":
            _take(part, grant, sheets="number-of-drawing-sheets", figures="number-of-figures",
                  ignore={"figure-to-publish/fig-number"})  # fmt: skip
        case "us-term-of-grant":
            _read_term(part, grant)
        case "classifications-ipcr":
            for child in part:
                document.classifications.append(_symbol(child, "IPC", "ipc-version-indicator"))
        case "classifications-cpc":
            _read_cpc(part, document)
        case "classification-ipc" | "classification-locarno" | "classification-national":
            _read_classes(part, document)
        case "priority-claims":
            for child in part:
                row: Row = {"kind": child.get("kind")}
                _take(child, row, country="country", number="doc-number", date="date",
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
                document.parties.append(_party(child, "assignee"))
        case "us-deceased-inventor":
            document.parties.append(_party(part, "inventor"))
        case "examiners":
            _take(part, grant, art_unit="primary-examiner/department", ignore=_EXAMINERS)
        case "us-botanic":
            _take(part, grant, latin_name="latin-name", variety_name="variety")
        case "pct-or-regional-filing-data":
            _take(part, grant, pct_application_number="document-id/doc-number",
                  pct_filing_date="document-id/date", national_stage_date="us-371c124-date/date",
                  national_stage_date_="us-371c12-date/date",
                  ignore={"document-id/country", "document-id/kind"})  # fmt: skip
            later = grant.pop("national_stage_date_")
            grant["national_stage_date"] = grant["national_stage_date"] or later
        case "pct-or-regional-publishing-data":
            _take(part, grant, "document-id/", pct_publication_number="doc-number",
                  pct_publication_date="date",
                  ignore={"document-id/country", "document-id/kind",
                          "gazette-reference/gazette-num", "gazette-reference/date",
                          "gazette-reference/text"})  # fmt: skip
        case "hague-agreement-data":
            _take(part, grant, hague_registration_number="international-registration-number",
                  ignore={"international-filing-date/date", "international-registration-date/date",
                          "international-registration-publication-date/date"})  # fmt: skip
        case _:
            _ignore(part, IGNORED)


_EXAMINERS = frozenset(
    f"{who}/{what}"
    for who in ("primary-examiner", "assistant-examiner", "authorized-officer")
    for what in ("prefix", "last-name", "first-name", "middle-name", "suffix", "department", "name",
                 "role", "orgname", "phone", "fax", "email", "electronic-signature")
)  # fmt: skip


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
        reject_leftovers(record, ignore=NOT_KEPT_OF_CITATIONS, where="citation")
    return row


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
            _ignore(group, {"correspondence-address"})
            return
    for child in group:
        if child.tag == "customer-number":
            continue
        row = _party(child, role)
        if not role:
            is_inventor = row["applicant_type"] == "applicant-inventor"
            row["role"] = "inventor" if is_inventor else "applicant"
        document.parties.append(row)


def _party(element: etree._Element, role: str) -> Row:
    record = fields(element)
    if element.find("addressbook") is not None:
        record = {path.removeprefix("addressbook/"): text for path, text in record.items()}
    take = record.pop
    given = [take(name, None) for name in ("prefix", "first-name", "middle-name")]
    family = [take(name, None) for name in ("last-name", "suffix")]
    street = [take(f"address/{name}", None) for name in STREET]
    row: Row = {
        "role": role,
        "organisation": take("orgname", None),
        "last_name": _joined(family),
        "first_name": _joined(given),
        "name": take("name", None) or take("text", None),
        "street": _joined(street),
        "city": take("address/city", None),
        "state": take("address/state", None),
        "postcode": take("address/postcode", None),
        "country": take("address/country", None),
        "residence": take("residence/country", None),
        "nationality": take("nationality/country", None),
        "applicant_type": element.get("app-type"),
        "applicant_authority": element.get("applicant-authority-category"),
        "assignee_role_code": take("role", None),
    }
    if record:
        reject_leftovers(record, ignore=NOT_KEPT_OF_PARTIES, where=role or "applicant")
    return row


def _joined(parts: list[str | None]) -> str | None:
    return " ".join(part for part in parts if part) or None


def _read_term(part: etree._Element, grant: Row) -> None:
    for child in part:
        match child.tag:
            case "us-term-extension":
                grant["term_extension"] = child.text
            case "length-of-grant":
                grant["term_years"] = child.text
            case "disclaimer":
                grant["has_terminal_disclaimer"] = True
            case _:
                _ignore(child, {"text", "lapse-of-patent", "prior-disclosure-affidavit-filed"})


def _read_classes(part: etree._Element, document: Document) -> None:
    """Read a classification that comes as main and further symbols of fixed width."""
    schemes = {"classification-ipc": "IPC", "classification-locarno": "LOCARNO",
               "classification-national": "USPC"}  # fmt: skip
    edition = None
    symbols = []
    for child in part:
        match child.tag:
            case "edition":
                edition = child.text
            case "main-classification" | "further-classification":
                symbols.append(child.text or "")
            case _:
                _ignore(child, {"country", "additional-info", "text", "unlinked-indexing-code",
                                "linked-indexing-code-group"})  # fmt: skip
    document.classify(schemes[str(part.tag)], symbols, edition)


def _read_cpc(part: etree._Element, document: Document) -> None:
    for group in part:
        for child in group:
            if child.tag == "classification-cpc":
                row = _symbol(child, "CPC", "cpc-version-indicator")
                row["is_main"] = group.tag == "main-cpc"
                document.classifications.append(row)
            elif child.tag == "combination-set":
                number = child.findtext("group-number")
                for rank in child.iterchildren("combination-rank"):
                    symbol = rank.find("classification-cpc")
                    if symbol is None:
                        raise RecordRejected("unexpected_shape", "a CPC rank without a symbol")
                    row = _symbol(symbol, "CPC", "cpc-version-indicator")
                    row |= {"is_main": False, "set_number": number}
                    row["rank"] = rank.findtext("rank-number")
                    document.classifications.append(row)
            else:
                _ignore(child, ())


def _symbol(element: etree._Element, scheme: str, version: str) -> Row:
    record = fields(element)
    take = record.pop
    subclass = take("section", "") + take("class", "") + take("subclass", "")
    group, subgroup = take("main-group", None), take("subgroup", None)
    row: Row = {
        "scheme": scheme,
        "raw": f"{subclass} {group}/{subgroup}" if group else subclass,
        "is_main": take("symbol-position", None) == "F",
        "value": take("classification-value", None),
        "version": take(f"{version}/date", None),
        "action_date": take("action-date/date", None),
        "office": take("generating-office/country", None),
    }
    ignore = {"classification-level", "classification-status", "classification-data-source",
              "scheme-origination-code"}  # fmt: skip
    reject_leftovers(record, ignore=ignore, where="classification")
    return row


def _read_relation(element: etree._Element, document: Document) -> None:
    tag = str(element.tag)
    row: Row = {}
    parent = {"country": "country", "number": "doc-number", "kind": "kind", "date": "date"}
    name = {"document-id/name"}
    match tag:
        case "us-provisional-application":
            row["type"] = "provisional"
            _take(element, row, "document-id/", **parent, ignore=name,
                  status="/us-provisional-application-status")  # fmt: skip
        case "related-publication":
            row["type"] = "related_publication"
            _take(element, row, "document-id/", **parent, ignore=name)
        case "correction":
            row["type"] = "correction"
            _take(element, row, "document-corrected/document-id/", **parent,
                  ignore={"type-of-correction", "text", "gazette-reference/gazette-num",
                          "gazette-reference/date", "gazette-reference/text"})  # fmt: skip
        case _ if tag in RELATIONS:
            relation = only_child(element)
            row["type"] = RELATIONS[tag]
            _take(relation, row, "parent-doc/document-id/", **parent,
                  status="/parent-doc/parent-status",
                  child_number="/child-doc/document-id/doc-number",
                  parent_country="/parent-doc/parent-grant-document/document-id/country",
                  parent_number="/parent-doc/parent-grant-document/document-id/doc-number",
                  ignore=_NOT_KEPT_OF_RELATIONS)  # fmt: skip
        case _:
            _ignore(element, ())
    document.relations.append(row)


_NOT_KEPT_OF_RELATIONS = frozenset(
    f"{of}/{what}"
    for of in ("parent-doc/document-id", "parent-doc/parent-grant-document/document-id",
               "parent-doc/parent-pct-document/document-id", "child-doc/document-id")
    for what in ("country", "doc-number", "kind", "date", "name")
) | {"parent-doc/international-filing-date/date",
     "child-doc/international-filing-date/date"}  # fmt: skip


def _take(
    element: etree._Element,
    row: Row,
    prefix: str = "",
    /,
    *,
    ignore: frozenset[str] | set[str] = frozenset(),
    **paths: str,
) -> None:
    """Move an element's fields into a row; a path with a slash in front is without prefix."""
    record = fields(element)
    for name, path in paths.items():
        full = path[1:] if path.startswith("/") else prefix + path
        row[name] = record.pop(full, None)
    reject_leftovers(record, ignore=ignore, where=str(element.tag))


def _ignore(element: etree._Element, names: frozenset[str] | set[str] | tuple[()]) -> None:
    """Refuse an element that is not ignored by its name."""
    if element.tag not in names:
        path = f"{getattr(element.getparent(), 'tag', '')}/{element.tag}"
        raise RecordRejected("unknown_field", "unknown element", fields=path)


def fields(element: etree._Element) -> Fields:
    """Return the texts below an element by path; refuse a field that comes twice."""
    found: Fields = {}
    _collect(element, "", found)
    return found


def _collect(element: etree._Element, prefix: str, found: Fields) -> None:
    for child in element:
        path = f"{prefix}{child.tag}"
        if not len(child):
            text = child.text or ""
        elif child[0].tag in INLINE:
            text = _text(child)
        else:
            _collect(child, f"{path}/", found)
            continue
        if path in found:
            if path not in MAY_REPEAT:
                raise RecordRejected("repeated_field", "a field comes twice", field=path)
            text = f"{found[path]}; {text}"
        found[path] = text


def _text(element: etree._Element) -> str:
    text = "".join(element.itertext())
    return unescape(text) if "&" in text else text

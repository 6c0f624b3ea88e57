"""Grant documents of 2001 to 2004: `PATDOC`, DTD 2.4 and 2.5 (WIPO ST.32)."""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from ingest.collect import Parsed, Row
from ingest.patents.front_page import (
    Fields,
    fields,
    front_page,
    joined,
    report,
    report_others,
    text_of,
)
from ingest.patents.us_document import Document
from ingest.readers.elements import only_child
from iplake.contract import report_leftovers

ROOT = "PATDOC"
BIBLIOGRAPHY = "SDOBI"
TEXTS = frozenset(("PDAT", "STEXT", etree.Entity))

RELATIONS = {
    "B610": "addition",
    "B620": "division",
    "B631": "continuation",
    "B632": "continuation_in_part",
    "B633": "continuing_reissue",
    "B640": "reissue",
    "B641US": "divisional_reissue",
    "B645": "reexamination",
    "B646US": "reexamination",
    "B660": "substitution",
}
STATUSES = {"00": "PENDING", "01": "GRANTED", "03": "ABANDONED", "04": "SIR"}
CITED_BY = {"CITED-BY-EXAMINER": "cited by examiner", "CITED-BY-OTHER": "cited by other"}

_NOT_KEPT_OF_RELATIONS = frozenset(
    f"{of}/DOC/{what}"
    for of in ("PARENT-US/CDOC", "PARENT-US/PDOC", "PARENT-US/PPUB", "PARENT-US/B650",
               "SIBLING/CDOC", "SIBLING/SDOC", "SIBLING/SPUB")
    for what in ("DNUM", "DATE", "CTRY", "KIND", "BNUM", "DTXT")
)  # fmt: skip
_NOT_KEPT_OF_PARTIES = frozenset(
    ("NAM/IID", "NAM/IRF", "NAM/OID", "NAM/DID", "ADR/CNTY", "ADR/EAD", "ADR/TEL", "ADR/FAX",
     "RESIDENCE/MILS", "DTXT")
)  # fmt: skip


def parse(content: bytes) -> Parsed:
    """Return the rows of one grant, read from its bibliographic data alone."""
    root = front_page(content, ROOT, BIBLIOGRAPHY)
    document = Document(
        "grant",
        {
            "generation": f"ST.32 {root.get('DTD', '')}".strip(),
            "production_status": root.get("STATUS"),
            "has_terminal_disclaimer": False,
        },
    )
    for part in only_child(root):
        _read(part, document)
    return document.rows()


def _read(part: etree._Element, document: Document) -> None:
    grant = document.main
    match part.tag:
        case "B100":
            _take(part, grant, number="B110/DNUM", kind="B130", date="B140/DATE",
                  country="B190", ignore={"B122US"})  # fmt: skip
        case "B200":
            _take(part, grant, application_number="B210/DNUM", series_code="B211US",
                  filing_date="B220/DATE", ignore={"B221US", "B222US"})  # fmt: skip
        case "B300":
            row: Row = {}
            _take(part, row, number="B310/DNUM", date="B320/DATE", country="B330/CTRY")
            document.priorities.append(row)
        case "B400":
            _take(part, grant, term_years="B472/B474", term_extension="B472/B474US",
                  ignore={"B472/B473/DATE", "B472/B473US"})  # fmt: skip
            grant["has_terminal_disclaimer"] = (
                part.find("B472/B473US") is not None or part.find("B472/B473") is not None
            )
        case "B500":
            for child in part:
                _read_technical(child, document)
        case "B600":
            for child in part:
                for relation in child if child.tag == "B630" else (child,):
                    _read_relation(relation, document)
        case "B700":
            for child in part:
                _read_parties(child, document)
        case "B800":
            _take(part, grant, pct_application_number="B860/B861/DOC/DNUM",
                  pct_filing_date="B860/B861/DOC/DATE", national_stage_date="B860/B864US/DATE",
                  pct_publication_number="B870/B871/DOC/DNUM",
                  pct_publication_date="B870/B871/DOC/DATE",
                  ignore={"B860/B861/DOC/CTRY", "B860/B861/DOC/KIND", "B870/B871/DOC/CTRY",
                          "B870/B871/DOC/KIND", "B870/B871/DOC/BNUM"})  # fmt: skip
        case _:
            report(part)


def _read_technical(part: etree._Element, document: Document) -> None:
    grant = document.main
    match part.tag:
        case "B510":
            # One element for both: a design's symbol is of Locarno.
            is_design = str(grant.get("kind", "")).strip().startswith("S")
            scheme = "LOCARNO" if is_design else "IPC"
            _classify(part, document, scheme, ("B511", "B512"), "B516")
        case "B520":
            _classify(part, document, "USPC", ("B521", "B522", "B522US"), None)
        case "B540":
            grant["title"] = text_of(part)
        case "B560":
            document.citations.extend(_citation(child) for child in part)
        case "B570":
            grant["claims"] = part.findtext("B577/PDAT")
            report_others(part, {"B577", "B578US"})
        case "B580":
            report_others(part, {"B581", "B582", "B583US"})
        case "B590":
            _take(part, grant, sheets="B595", figures="B596",
                  ignore={"B594US", "B595US", "B597US"})  # fmt: skip
        case "BOTANIC":
            _take(part, grant, latin_name="LATIN-NAME", variety_name="VARIETY")
        case _:
            report(part)


def _classify(
    part: etree._Element,
    document: Document,
    scheme: str,
    names: tuple[str, ...],
    edition_name: str | None,
) -> None:
    # The blanks in a symbol of fixed width count.
    symbols = [child.findtext("PDAT") or "" for child in part if child.tag in names]
    edition = part.findtext(f"{edition_name}/PDAT") if edition_name else None
    document.classify(scheme, symbols, edition)
    report_others(part, {*names, *([edition_name] if edition_name else [])})


def _citation(element: etree._Element) -> Row:
    record = _fields(element)
    marks = [said for mark, said in CITED_BY.items() if record.pop(mark, None) is not None]
    is_patent = element.tag == "B561"
    take = record.pop
    row: Row = {
        "type": "patent" if is_patent else "non_patent",
        "category": marks[0] if marks else None,
        "number": take("PCIT/DOC/DNUM", None),
        # US documents are cited without their country.
        "country": take("PCIT/DOC/CTRY", "US" if is_patent else None),
        "kind": take("PCIT/DOC/KIND", None),
        "date": take("PCIT/DOC/DATE", None),
        "name": take("PCIT/PARTY-US/NAM/SNM", None) or take("PCIT/PARTY-US/NAM/ONM", None),
        "classification": take("PCIT/PNC", None) or take("PCIT/PIC", None),
        "text": take("NCIT", None) or take("NCIT/STEXT", None),
    }
    ignore = {"PCIT/REL", "PCIT/PIC", "PCIT/PARTY-US/NAM/FNM", "NCIT/DOC/DNUM", "NCIT/DOC/DATE",
              "NCIT/DOC/CTRY", "NCIT/DOC/KIND"}  # fmt: skip
    report_leftovers(record, ignore=ignore, within=f"{element.tag}/")
    return row


def _read_relation(element: etree._Element, document: Document) -> None:
    row: Row = {}
    tag = str(element.tag)
    match tag:
        case "B680US" | "B690US":
            row["type"] = "provisional" if tag == "B680US" else "related_publication"
            _take(element, row, number="DOC/DNUM", date="DOC/DATE", country="DOC/CTRY",
                  kind="DOC/KIND", ignore={"DOC/BNUM", "DOC/DTXT"})  # fmt: skip
        case "B645US":
            row["type"] = "reexamination_reissue_merger"
            row["number"] = text_of(element)
        case _ if tag in RELATIONS:
            row["type"] = RELATIONS[tag]
            _take(element, row, number="PARENT-US/PDOC/DOC/DNUM",
                  date="PARENT-US/PDOC/DOC/DATE",
                  country="PARENT-US/PDOC/DOC/CTRY", kind="PARENT-US/PDOC/DOC/KIND",
                  status="PARENT-US/PSTA", child_number="PARENT-US/CDOC/DOC/DNUM",
                  parent_number="PARENT-US/PPUB/DOC/DNUM",
                  ignore=_NOT_KEPT_OF_RELATIONS)  # fmt: skip
            row["parent_country"] = "US"
            row["status"] = STATUSES.get(str(row["status"]), row["status"])
        case _:
            report(element)
            return
    document.relations.append(row)


def _read_parties(part: etree._Element, document: Document) -> None:
    match part.tag:
        case "B720":
            for child in part:
                for party in child:
                    if party.tag == "PARTY-US":
                        document.parties.append(_party(party, "inventor"))
                    elif party.tag != "LEGAL-REPRESENTATIVE":
                        report(party)
        case "B730":
            for child in part:
                if child.tag == "B731":
                    document.parties.append(_party(only_child(child), "assignee"))
                elif child.tag == "B732US" and document.parties:
                    document.parties[-1]["assignee_role_code"] = child.findtext("PDAT")
                else:
                    report(child)
        case "B740":
            document.parties.extend(_party(only_child(child), "agent") for child in part)
        case "B745":
            document.main["art_unit"] = part.findtext("B748US/PDAT")
            report_others(part, {"B746", "B747", "B748US"})
        case _:
            report(part)


def _party(element: etree._Element, role: str) -> Row:
    record = _fields(element)
    take = record.pop
    given = [take("NAM/TTL", None), take("NAM/FNM", None)]
    family = [take("NAM/SNM", None), take("NAM/SFX", None)]
    divisions = [take("NAM/ONM", None), take("NAM/ODV", None)]
    street = [take("ADR/OMC", None), take("ADR/STR", None)]
    home = {name: take(f"RESIDENCE/{name}", None) for name in ("CITY", "STATE", "CTRY")}
    row: Row = {
        "role": role,
        "organisation": joined(divisions),
        "last_name": joined(family),
        "first_name": joined(given),
        "street": joined(street),
        "city": take("ADR/CITY", None) or home["CITY"],
        "state": take("ADR/STATE", None) or home["STATE"],
        "postcode": take("ADR/PCODE", None),
        "country": take("ADR/CTRY", None) or home["CTRY"],
        "residence": take("RCTRY/CTRY", None),
        "nationality": take("NCTRY/CTRY", None),
    }
    take("NAM/SYN", None)
    report_leftovers(record, ignore=_NOT_KEPT_OF_PARTIES, within=f"{role}/")
    return row


def _take(
    element: etree._Element,
    row: Row,
    *,
    ignore: Collection[str] = (),
    **paths: str,
) -> None:
    """Move an element's fields into a row."""
    record = _fields(element)
    for name, path in paths.items():
        row[name] = record.pop(path, None)
    report_leftovers(record, ignore=ignore, within=f"{element.tag}/")


def _fields(element: etree._Element) -> Fields:
    """Return the texts below an element by path, without the elements that only hold text."""
    return fields(element, TEXTS, may_repeat=None)

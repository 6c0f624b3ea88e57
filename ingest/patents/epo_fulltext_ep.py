"""European applications and patents: `ep-patent-document`, DTD 1.0 to 1.5.1 (WIPO ST.36)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.collect import Parsed, Row
from ingest.patents.epo_fulltext_fields import (
    DESIGNATIONS,
    IGNORED,
    IPC_PARTS,
    KNOWN,
    PARTS,
    PARTY,
    RELATIONS,
    REPRESENTATIVES,
    ROLES,
    STATES,
    STREET,
    TRANSFERS,
)
from ingest.patents.epo_fulltext_rows import PUBLICATION, Document, claims, joined
from ingest.readers.elements import text, unknown_paths
from iplake.errors import RecordRejected

ROOT = "ep-patent-document"
TITLE_LANGUAGES = ("en", "de", "fr")
CITED = ("cited_country", "cited_number", "cited_kind", "cited_date", "cited_name", "number_type",
         "category", "claims", "text")  # fmt: skip


def unknown(root: etree._Element) -> list[str]:
    """Return the fields of a document that nobody handles or ignores by name."""
    found = [str(part.tag) for part in root.iterchildren("*") if part.tag not in PARTS]
    return found + [path for part in root.findall("SDOBI")
                    for path in unknown_paths(part, KNOWN, IGNORED)]  # fmt: skip


def parse(root: etree._Element) -> Parsed:
    """Return the rows of one document."""
    sdobi = root.find("SDOBI")
    if sdobi is None:
        raise RecordRejected("missing_field", "expected a bibliography", missing="SDOBI")
    publication: Row = {name: text(sdobi, path) for name, path in PUBLICATION.items()}
    publication |= _titles(sdobi, root.get("lang"))
    publication |= claims(root, root.get("lang"))
    publication |= {
        "status": root.get("status"),
        "generation": (root.get("dtd-version") or "").removeprefix("ep-patent-document-") or None,
        "is_published_by_wipo_only": text(sdobi, "B000/eptags/B003EP") == "*",
    }
    publication["correction"] = publication["correction"] or root.get("correction-code")
    document = Document(publication)
    document.parties.extend(_parties(sdobi))
    document.classifications.extend(_classifications(sdobi))
    document.citations.extend(_citations(root, sdobi))
    document.priorities.extend(_priorities(sdobi))
    document.states.extend(_states(sdobi))
    document.relations.extend(_relations(sdobi))
    return document.rows()


def _titles(sdobi: etree._Element, language: str | None) -> Row:
    """Return the title in each official language; a title without one is in the document's."""
    found: Row = {}
    for part in sdobi.iterfind("B500/B540/*"):
        if part.tag == "B541":
            language = (part.text or "").strip().lower()
        elif part.tag == "B542":
            if language not in TITLE_LANGUAGES:
                raise RecordRejected(
                    "unknown_category", "a title's language", field="B541", found=language
                )
            found[f"title_{language}"] = text(part)
    return found


def _parties(sdobi: etree._Element) -> Iterator[Row]:
    """Yield the parties; the agent of an opponent or licensee bears the number of its act."""
    for group, role in ROLES.items():
        for party in sdobi.iterfind(f"B700/{group}"):
            row = _party(party, role)
            yield row
            for tag, agent_role in REPRESENTATIVES.items():
                for agent in party.iterfind(tag):
                    yield _party(agent, agent_role) | {"act_number": row["act_number"]}


def _party(party: etree._Element, role: str) -> Row:
    street = [text(line) for path in STREET for line in party.iterfind(path)]
    states = [text(state) for path in STATES for state in party.iterfind(path)]
    transfers = [text(party, path) for path in TRANSFERS]
    row: Row = {name: text(party, path) for name, path in PARTY.items()}
    return row | {
        "role": role,
        "street": ", ".join(line for line in street if line) or None,
        "states": "|".join(state for state in states if state) or None,
        "transfer_date": next((day for day in transfers if day), None),
    }


def _classifications(sdobi: etree._Element) -> Iterator[Row]:
    edition = text(sdobi, "B500/B510/B516")
    for part in IPC_PARTS:
        for symbol in sdobi.iterfind(f"B500/B510/{part}"):
            yield {"scheme": "IPC", "part": part, "edition": edition, "raw": text(symbol)}
    for scheme, path in (
        ("IPC", "B500/B510EP/classification-ipcr"),
        ("CPC", "B500/B520EP/classifications-cpc/classification-cpc"),
    ):
        for symbol in sdobi.iterfind(path):
            raw = text(symbol, "text")
            yield {"scheme": scheme, "part": None, "edition": None, "raw": raw}


def _citations(root: etree._Element, sdobi: etree._Element) -> Iterator[Row]:
    """Yield what the front page, the description's list and the search report cite."""
    row: Row | None = None
    for part in sdobi.iterfind("B500/B560/*"):
        if part.tag in ("B561", "B562"):
            if row:
                yield row
            kind = "patent" if part.tag == "B561" else "non_patent"
            row = _citation("front_page", kind, text=text(part, "text"))
        elif row and part.tag in ("B563", "B564"):
            row["category" if part.tag == "B563" else "claims"] = text(part)
    if row:
        yield row
    for cited in root.iterfind("ep-reference-list"):
        for each in cited.iter("patcit", "nplcit"):
            yield _structured("description", each)
    for cited in root.iterfind("search-report-data//srep-citations/citation"):
        categories = [text(each) for each in cited.iterfind("category")]
        relevant = [text(each) for each in cited.iterfind("rel-claims")]
        for each in cited.iterchildren("patcit", "nplcit"):
            yield _structured("search_report", each) | {
                "category": "|".join(each for each in categories if each) or None,
                "claims": "; ".join(each for each in relevant if each) or None,
            }


def _structured(source: str, cited: etree._Element) -> Row:
    if cited.tag == "nplcit":
        return _citation(source, "non_patent", text=joined(cited))
    return _citation(
        source,
        "patent",
        text=text(cited, "text"),
        cited_country=text(cited, "document-id/country"),
        cited_number=text(cited, "document-id/doc-number"),
        cited_kind=text(cited, "document-id/kind"),
        cited_date=text(cited, "document-id/date"),
        cited_name=text(cited, "document-id/name"),
        number_type=cited.get("dnum-type"),
    )


def _citation(source: str, kind: str, **fields: str | None) -> Row:
    return dict.fromkeys(CITED) | {"source": source, "type": kind} | fields


def _priorities(sdobi: etree._Element) -> Iterator[Row]:
    """Yield the priorities, whose parts follow each other without an element around them."""
    row: Row = {}
    for part in sdobi.iterfind("B300/*"):
        if part.tag == "B310":
            if row:
                yield row
            row = {"priority_number": text(part), "priority_date": None, "priority_country": None}
        elif part.tag == "B320":
            row["priority_date"] = text(part, "date")
        elif part.tag == "B330":
            row["priority_country"] = text(part, "ctry")
    if row:
        yield row


def _states(sdobi: etree._Element) -> Iterator[Row]:
    """Yield each state once, with the day on which the patent lapsed there."""
    lapsed = _lapses(sdobi)
    for kind, group in DESIGNATIONS.items():
        for each in sdobi.iterfind(f"B800/{group}"):
            for state in each.iterfind("ctry"):
                code = text(state)
                yield {
                    "type": kind,
                    "state": code,
                    "paid": text(each, "date"),
                    "withdrawn": text(each, "B846EP/date"),
                    "lapsed": lapsed.pop(code, None),
                }
    for code, day in lapsed.items():
        yield {"type": None, "state": code, "paid": None, "withdrawn": None, "lapsed": day}


def _lapses(sdobi: etree._Element) -> dict[str | None, str | None]:
    """Return the day of lapse by state: each date stands before its state."""
    found: dict[str | None, str | None] = {}
    day = None
    for part in sdobi.iterfind("B400/B472/*/*"):
        if part.tag == "date":
            day = text(part)
        elif part.tag == "ctry":
            found[text(part)] = day
    return found


def _relations(sdobi: etree._Element) -> Iterator[Row]:
    for tag, kind in RELATIONS.items():
        for document in sdobi.iterfind(f"B600/{tag}/parent/*"):
            if document.tag in ("pdoc", "cdoc"):
                role = "parent" if document.tag == "pdoc" else "child"
                for row in _related(document):
                    yield row | {"type": kind, "role": role}


def _related(document: etree._Element) -> Iterator[Row]:
    """Yield the documents in an element, of which each begins with its numbers."""
    row: Row | None = None
    for part in document:
        if part.tag == "dnum":
            if row:
                yield row
            row = {
                "related_application": text(part, "anum"),
                "related_publication": text(part, "pnum"),
                "related_date": None,
            }
        elif part.tag == "date" and row:
            row["related_date"] = text(part)
    if row:
        yield row

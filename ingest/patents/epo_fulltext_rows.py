"""What the formats of European documents have in common: the upstream-shaped rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from ingest.collect import Parsed, Row, strings
from iplake.errors import RecordRejected

AT = {"sequence_number": "int64"}
PUBLICATION = {
    "number": "B100/B110",
    "kind": "B100/B130",
    "original_kind": "B100/B132EP",
    "date": "B100/B140/date",
    "correction": "B100/B150/B151",
    "office": "B100/B190",
    "application_number": "B200/B210",
    "filing_date": "B200/B220/date",
    "examination_request_date": "B200/B240/B241/date",
    "first_examination_report_date": "B200/B240/B242/date",
    "maintained_as_amended_date": "B200/B240/B243/date",
    "filing_language": "B200/B250",
    "procedure_language": "B200/B251EP",
    "publication_language": "B200/B260",
    "bulletin": "B400/B405/bnum",
    "application_publication_date": "B400/B430/date",
    "grant_date": "B400/B450/date",
    "grant_intention_announced_date": "B400/B451EP/date",
    "grant_intention_date": "B400/B452EP/date",
    "amended_publication_date": "B400/B477/date",
    "supplementary_search_report_date": "B500/B560/B565EP/date",
    "opposition_rejection_date": "B700/B780/B787/date",
    "opposition_termination_date": "B700/B780/B788/date",
    "pct_application_number": "B800/B860/B861/dnum/anum",
    "pct_filing_date": "B800/B860/B861/date",
    "pct_filing_language": "B800/B860/B862",
    "pct_publication_number": "B800/B870/B871/dnum/pnum",
    "pct_publication_date": "B800/B870/B871/date",
    "search_report_publication_date": "B800/B880/date",
}
"""The bibliography of a document, by the paths in its `SDOBI` (WIPO ST.36 with INID codes)."""

SCHEMAS = {
    "publications": strings(
        *PUBLICATION, "title_en", "title_de", "title_fr", "claim_languages", "status",
        "generation", claims_count="int64", claim_sets_count="int64", has_description="bool",
        is_published_by_wipo_only="bool",
    ),
    "publication_parties": strings(
        "number", "kind", "office", "role", "name", "first_name", "title", "suffix",
        "organisation", "department", "identifier", "reference", "street", "city", "postcode",
        "county", "state", "country", "residence", "nationality", "states", "transfer_date",
        "act_number", "act_date", "act_kind", **AT,
    ),
    "publication_classifications": strings(
        "number", "kind", "office", "scheme", "part", "edition", "raw", **AT
    ),
    "publication_citations": strings(
        "number", "kind", "office", "source", "type", "cited_country", "cited_number",
        "cited_kind", "cited_date", "cited_name", "number_type", "category", "claims", "text",
        **AT,
    ),
    "publication_priorities": strings(
        "number", "kind", "office", "priority_number", "priority_date", "priority_country", **AT
    ),
    "designated_states": strings(
        "number", "kind", "office", "type", "state", "paid", "withdrawn", "lapsed", **AT
    ),
    "publication_relations": strings(
        "number", "kind", "office", "type", "role", "related_application",
        "related_publication", "related_date", **AT,
    ),
}  # fmt: skip

KINDS = {
    "EP": frozenset("A1 A2 A3 A4 A8 A9 B1 B2 B3 B8 B9".split()),
    # By WIPO ST.16 a T is the translation of a document that another office has published.
    "ES": frozenset("T1 T2 T3 T4 T5 T6 T7 T8 T9".split()),
}
"""Kind codes of European documents, and of their translations, by the office that publishes."""


@dataclass(slots=True)
class Document:
    """The rows of one document while it is read; lists keep its order."""

    publication: Row
    parties: list[Row] = field(default_factory=list)
    classifications: list[Row] = field(default_factory=list)
    citations: list[Row] = field(default_factory=list)
    priorities: list[Row] = field(default_factory=list)
    states: list[Row] = field(default_factory=list)
    relations: list[Row] = field(default_factory=list)

    def rows(self) -> Parsed:
        """Return all rows by table, numbered, each with the document's number, kind and office.

        A document without them, or of a kind that its office does not have, is refused.
        """
        key = {name: self.publication.get(name) for name in ("number", "kind", "office")}
        if missing := [name for name, value in key.items() if value is None]:
            raise RecordRejected(
                "missing_field", "a document has no identity", missing=", ".join(missing)
            )
        if key["kind"] not in KINDS.get(str(key["office"]), ()):
            raise RecordRejected("unknown_category", "not a kind of document of this office", **key)
        rows = {
            "publications": [dict.fromkeys(SCHEMAS["publications"].names) | self.publication],
            "publication_parties": self.parties,
            "publication_classifications": self.classifications,
            "publication_citations": self.citations,
            "publication_priorities": self.priorities,
            "designated_states": self.states,
            "publication_relations": self.relations,
        }
        for table, of_table in rows.items():
            for at, row in enumerate(of_table, 1):
                row |= key
                if table != "publications":
                    row["sequence_number"] = at
        return rows


def claims(root: etree._Element, language: str | None) -> Row:
    """Return how many claims a document has in one language, and in which languages it has them.

    Granted documents repeat their claims in three languages; where states differ, a language
    has several sets, of which the first is counted.
    """
    sets = root.findall("claims")
    languages = dict.fromkeys((each.get("lang") or "").lower() for each in sets)
    own = [each for each in sets if (each.get("lang") or "").lower() == language] or sets
    return {
        "claims_count": len(own[0].findall("claim")) if own else None,
        "claim_sets_count": len(own) or None,
        "claim_languages": "|".join(languages) or None,
        "has_description": root.find("description") is not None,
    }


def joined(element: etree._Element) -> str | None:
    """Return the texts in an element, divided by commas."""
    parts = [" ".join(part.split()) for part in element.itertext() if part.strip()]
    return ", ".join(parts) or None

"""What the generations of grant documents have in common: the upstream-shaped rows."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

from ingest.collect import Parsed, Row
from iplake.errors import RecordRejected
from iplake.identifiers.patents import us_publication_number


def _schema(strings: str, **others: pa.DataType) -> pa.Schema:
    return pa.schema([*((name, pa.string()) for name in strings.split()), *others.items()])


SCHEMAS = {
    "grants": _schema(
        "publication_number number kind country date application_number series_code filing_date"
        " title claims sheets figures term_extension term_years art_unit pct_application_number"
        " pct_filing_date pct_publication_number pct_publication_date national_stage_date"
        " hague_registration_number latin_name variety_name generation production_status",
        has_terminal_disclaimer=pa.bool_(),
    ),
    "grant_parties": _schema(
        "publication_number role organisation last_name first_name name street city state"
        " postcode country residence nationality applicant_type applicant_authority"
        " assignee_role_code",
        sequence_number=pa.int64(),
    ),
    "grant_classifications": _schema(
        "publication_number scheme raw value version action_date office set_number rank",
        sequence_number=pa.int64(),
        is_main=pa.bool_(),
    ),
    "grant_citations": _schema(
        "publication_number type category country number kind name date classification text",
        sequence_number=pa.int64(),
    ),
    "grant_priorities": _schema(
        "publication_number country number date kind", sequence_number=pa.int64()
    ),
    "grant_relations": _schema(
        "publication_number type country number kind date status parent_country parent_number"
        " child_number",
        sequence_number=pa.int64(),
    ),
}


@dataclass(slots=True)
class Document:
    """The rows of one grant while it is read; lists keep the document's order."""

    grant: Row
    parties: list[Row] = field(default_factory=list)
    classifications: list[Row] = field(default_factory=list)
    citations: list[Row] = field(default_factory=list)
    priorities: list[Row] = field(default_factory=list)
    relations: list[Row] = field(default_factory=list)

    def classify(self, scheme: str, symbols: list[str], edition: str | None = None) -> None:
        """Add symbols of a scheme, the first of them the main one."""
        for at, symbol in enumerate(symbols):
            row: Row = {"scheme": scheme, "raw": symbol, "is_main": at == 0, "version": edition}
            self.classifications.append(row)

    def rows(self) -> Parsed:
        """Return all rows by table, numbered, each with the document's publication number."""
        number = str(self.grant.get("number")).strip()
        kind = str(self.grant.get("kind")).strip()
        publication_number = us_publication_number(number, kind)
        if publication_number is None:
            raise RecordRejected(
                "unreadable_number", "a document number is not one of a grant", found=number
            )
        self.grant["publication_number"] = publication_number
        of_role: dict[object, int] = {}
        for row in self.parties:
            role = row["role"]
            of_role[role] = row["sequence_number"] = of_role.get(role, 0) + 1
            row["publication_number"] = publication_number
        for rows in (self.classifications, self.citations, self.priorities, self.relations):
            for at, row in enumerate(rows, start=1):
                row["publication_number"] = publication_number
                row["sequence_number"] = at
        return {
            "grants": [self.grant],
            "grant_parties": self.parties,
            "grant_classifications": self.classifications,
            "grant_citations": self.citations,
            "grant_priorities": self.priorities,
            "grant_relations": self.relations,
        }

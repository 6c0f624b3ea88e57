"""What US patent documents of all generations have in common: the upstream-shaped rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

from ingest.collect import Parsed, Row
from iplake.errors import RecordRejected
from iplake.identifiers.publications import us_publication_number

Kind = Literal["grant", "application"]

_MAIN = (
    "publication_number number kind country date application_number series_code filing_date title"
    " pct_application_number pct_filing_date pct_publication_number pct_publication_date"
    " national_stage_date latin_name variety_name generation production_status"
)
_FURTHER = {
    "parties": "role organisation last_name first_name name street city state postcode country"
    " residence nationality applicant_type applicant_authority assignee_role_code",
    "classifications": "scheme raw value version action_date office set_number rank",
    "citations": "type category country number kind name date classification text",
    "priorities": "country number date kind",
    "relations": "type country number kind date status parent_country parent_number child_number",
}


def schemas(kind: Kind, tables: Collection[str], strings: str, **others: pa.DataType) -> (
    dict[str, pa.Schema]
):  # fmt: skip
    """Return the schemas of a kind of document: of its main table, and of the named further ones.

    `strings` and `others` are the main table's fields beyond those that all documents have.
    """
    found = {f"{kind}s": _schema(f"{_MAIN} {strings}", **others)}
    for table in tables:
        own = {"is_main": pa.bool_()} if table == "classifications" else {}
        names = f"publication_number {_FURTHER[table]}"
        found[f"{kind}_{table}"] = _schema(names, sequence_number=pa.int64(), **own)
    return found


def _schema(strings: str, **others: pa.DataType) -> pa.Schema:
    return pa.schema([*((name, pa.string()) for name in strings.split()), *others.items()])


@dataclass(slots=True)
class Document:
    """The rows of one document while it is read; lists keep the document's order."""

    kind: Kind
    main: Row
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
        number = str(self.main.get("number")).strip()
        kind = str(self.main.get("kind")).strip()
        publication_number = us_publication_number(number, kind)
        if publication_number is None:
            raise RecordRejected(
                "unreadable_number", f"a document number is not one of a {self.kind}", found=number
            )
        self.main["publication_number"] = publication_number
        of_role: dict[object, int] = {}
        for row in self.parties:
            role = row["role"]
            of_role[role] = row["sequence_number"] = of_role.get(role, 0) + 1
            row["publication_number"] = publication_number
        for rows in (self.classifications, self.citations, self.priorities, self.relations):
            for at, row in enumerate(rows, start=1):
                row["publication_number"] = publication_number
                row["sequence_number"] = at
        tables = {
            f"{self.kind}s": [self.main],
            f"{self.kind}_parties": self.parties,
            f"{self.kind}_classifications": self.classifications,
            f"{self.kind}_priorities": self.priorities,
            f"{self.kind}_relations": self.relations,
        }
        if self.kind == "grant":
            tables["grant_citations"] = self.citations
        return tables

"""What the formats of US assignments have in common: the upstream-shaped rows."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.collect import Parsed, Row, strings
from iplake.errors import RecordRejected

SCHEMAS = {
    "assignments": strings(
        "reel", "frame", "recorded_date", "last_update_date", "conveyance_text", "conveyance_code",
        "purge_indicator", "page_count", "properties_count", "docket_number",
        "correspondent_name", "correspondent_address", "source_format",
        properties_listed_count="int64",
    ),
    "assignment_parties": strings(
        "reel", "frame", "role", "name", "name_type", "execution_date", "acknowledged_date",
        "address", "city", "state", "country", "postcode", sequence_number="int64",
    ),
    "assignment_properties": strings(
        "reel", "frame", "application_number", "filing_date", "patent_number", "patent_kind",
        "issue_date", "publication_number", "publication_kind", "publication_date", "pct_number",
        "registration_number", "international_publication_date", "title", "inventors",
        "property_number", sequence_number="int64",
    ),
}  # fmt: skip


def numbered(
    assignment: Row, assignors: Sequence[Row], assignees: Sequence[Row], properties: Sequence[Row]
) -> Parsed:
    """Return all rows by table, each with reel and frame and its place among its kind."""
    key = {name: assignment[name] for name in ("reel", "frame")}
    if None in key.values():
        raise RecordRejected("missing_field", "expected reel and frame", **key)
    parties: list[Row] = []
    for role, found in (("assignor", assignors), ("assignee", assignees)):
        for at, row in enumerate(found, start=1):
            parties.append({**key, "role": role, "sequence_number": at, **row})
    assignment["properties_listed_count"] = len(properties)
    return {
        "assignments": [assignment],
        "assignment_parties": parties,
        "assignment_properties": [
            {**key, "sequence_number": at, **row} for at, row in enumerate(properties, start=1)
        ],
    }

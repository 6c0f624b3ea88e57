"""Collecting: unknown fields are reported with their count and first place; records go on."""

from __future__ import annotations

from ingest.collect import Parsed, Record, collect, strings
from iplake import registry
from iplake.contract import Drift, report_leftovers
from iplake.errors import RecordRejected

SOURCE = registry.get("reference/ror")
SCHEMAS = {"organisations": strings("id")}


def parse(content: dict[str, str]) -> Parsed:
    row = {"id": content.pop("id")}
    report_leftovers(content, ignore={"file"}, within="top/")
    return {"organisations": [row]}


def records(*contents: dict[str, str] | RecordRejected) -> list[Record[dict[str, str]]]:
    return [Record(at, f"item {at}", each, b"raw") for at, each in enumerate(contents, 1)]


def test_unknown_fields_are_reported_and_their_records_go_on() -> None:
    given = records(
        {"id": "a", "file": "x"},
        {"id": "b", "colour": "red"},
        {"id": "c", "colour": "red", "size": "1"},
        {"colour": "red"},
        RecordRejected("truncated", "cut off"),
    )
    [batch] = collect(given, parse, SOURCE, SCHEMAS)
    assert (batch.records, batch.rows.num_rows, len(batch.rejections)) == (5, 3, 2)
    assert batch.rows["id"].to_pylist() == ["a", "b", "c"]
    assert [each.reason_code for each in batch.rejections] == ["missing_field", "truncated"]
    assert batch.drift == (
        Drift("organisations", "top/colour", 2, "item 2"),
        Drift("organisations", "top/size", 1, "item 3"),
    )


def test_fields_that_a_look_at_the_whole_record_finds_are_reported_too() -> None:
    found = collect(
        records({"id": "a"}, {"id": "b"}), parse, SOURCE, SCHEMAS, unknown=lambda _: ["names/lang"]
    )
    [batch] = found
    assert batch.rows.num_rows == 2
    assert batch.drift == (Drift("organisations", "names/lang", 2, "item 1"),)

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


def test_what_a_parser_stumbles_over_is_one_refused_record() -> None:
    def stumble(content: dict[str, str]) -> Parsed:
        return {"organisations": [{"id": str(int(content["id"]))}]}

    given = records({"id": "1"}, {"id": "x"}, {"id": "3"})
    [batch] = collect(given, stumble, SOURCE, SCHEMAS)
    assert (batch.records, batch.rows["id"].to_pylist()) == (3, ["1", "3"])
    [refused] = batch.rejections
    assert (refused.reason_code, refused.locator) == ("wrong_type", "item 2")
    assert "invalid literal for int() with base 10: 'x'" in refused.detail


def test_a_value_that_fits_no_column_is_one_refused_record_with_all_its_rows() -> None:
    schemas = {
        "organisations": strings("id", count="int64"),
        "organisation_names": strings("name"),
    }
    values: list[tuple[object, object]] = [
        (1, "a"), (2**70, "b"), ("3", "c"), (4, "\ud800"), (5, 5), (6, "f"),
    ]  # fmt: skip

    def parse_pair(pair: tuple[object, object]) -> Parsed:
        count, name = pair
        return {
            "organisations": [{"id": "x", "count": count}],
            "organisation_names": [{"name": "good"}, {"name": name}],
        }

    given = [Record(at, f"item {at}", each, b"raw") for at, each in enumerate(values, 1)]
    main, names = collect(given, parse_pair, SOURCE, schemas)
    assert (main.records, main.rows.num_rows, len(main.rejections)) == (6, 2, 4)
    assert main.rows["_record_number"].to_pylist() == [1, 6]
    assert (names.records, names.rows["name"].to_pylist()) == (4, ["good", "a", "good", "f"])
    assert {(each.reason_code, each.locator) for each in main.rejections} == {
        ("wrong_type", f"record {number}") for number in (2, 3, 4, 5)
    }
    assert "field=count, found=1180591620717411303424" in main.rejections[0].detail

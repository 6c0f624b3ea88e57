"""Every assignment of the real answers of both search interfaces."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from lxml import etree

from scripts.mirrors.patents.uspto_assignments import records
from warehouse import refresh

ADDRESS = "patents/uspto_assignments"
LOOKUP = "patent/uspto_assignment_xml"
CENTER = "patent/uspto_assignment_center_json"
_XML, _JSON = "TestAssignment.test", "uspto_assignments_test_client_py_TestSearchLive_test_search"

# As listed in each PROVENANCE.md. The last answer of the lookup has no match.
RECORDS = {
    f"{LOOKUP}/{_XML}_fetch_assignments_by_application__1_http200.xml": 8,
    f"{LOOKUP}/{_XML}_fetch_assignments_by_assignee__1_http200.xml": 8,
    f"{LOOKUP}/{_XML}_fetch_assignments_by_assignee__2_http200.xml": 1,
    f"{LOOKUP}/{_XML}_fetch_assignments_by_assignee__3_http200.xml": 8,
    f"{LOOKUP}/{_XML}_get_assignment__1_http200.xml": 1,
    f"{LOOKUP}/{_XML}_get_assignment__2_http200.xml": 1,
    f"{LOOKUP}/{_XML}_get_assignment_image__1_http200.xml": 1,
    f"{LOOKUP}/{_XML}_iterate_assignments__1_http200.xml": 22,
    f"{LOOKUP}/{_XML}_slice_assignments__1_http200.xml": 5,
    f"{LOOKUP}/{_XML}_slice_assignments__2_http200.xml": 5,
    f"{LOOKUP}/test_alookup__1_http200.xml": 0,
    f"{CENTER}/{_JSON}_by_application__1_http200.json": 3,
    f"{CENTER}/{_JSON}_by_assignee_contains__1_http200.json": 318,
    f"{CENTER}/{_JSON}_by_patent__1_http200.json": 1,
    f"{CENTER}/{_JSON}_by_reel_frame__1_http200.json": 1,
}


@pytest.mark.real
def test_no_file_of_the_folders_is_left_out(real: Path) -> None:
    found = {
        path.relative_to(real).as_posix()
        for folder in (LOOKUP, CENTER)
        for path in (real / folder).iterdir()
        if path.suffix in {".xml", ".json"}
    }
    assert found == set(RECORDS)


@pytest.mark.real
@pytest.mark.parametrize("name", RECORDS)
def test_every_assignment_of_a_file_is_staged(name: str, real: Path, tmp_path: Path) -> None:
    counts = refresh.stage_files(ADDRESS, [real / name], tmp_path, 1)
    assert records(real / name) == RECORDS[name]
    assert counts["assignments"].records == RECORDS[name]
    assert counts["assignments"].staged == RECORDS[name]
    assert [count.quarantined for count in counts.values()] == [0] * len(counts)


@pytest.mark.real
def test_what_the_answers_come_to(real: Path, tmp_path: Path) -> None:
    counts = refresh.stage_files(ADDRESS, [real / name for name in RECORDS], tmp_path, 1)
    parties = properties = 0
    for name in RECORDS:
        if name.endswith(".json"):
            answer = json.loads((real / name).read_bytes())["successResponse"]["data"]
            parties += sum(len(each["assignors"]) + len(each["assignees"]) for each in answer)
            properties += sum(len(each["properties"]) for each in answer)
        else:
            root = etree.parse(real / name).getroot()
            for field in ("patAssignorName", "patAssigneeName"):
                parties += len(root.findall(f".//doc/arr[@name='{field}']/str"))
            properties += len(root.findall(".//doc/arr[@name='applNum']/str"))
    assert {table: count.staged for table, count in counts.items()} == {
        "assignments": 383,
        "assignment_parties": parties,
        "assignment_properties": properties,
    }
    assert (parties, properties) == (1320, 1048)


@pytest.mark.real
def test_lists_that_are_shorter_than_told_are_seen(real: Path, tmp_path: Path) -> None:
    refresh.stage_files(ADDRESS, [real / name for name in RECORDS], tmp_path, 1)
    assignments = pl.read_parquet(tmp_path / "assignments.parquet")
    short = assignments.filter(pl.col("properties_listed_count") < pl.col("properties_count"))
    told = short.select("properties_count", "properties_listed_count").sort("properties_count")
    assert told.rows() == [(2, 1), (21, 1), (29, 1)]
    assert assignments["properties_count"].max() == 117
    assert set(assignments["conveyance_type"]) == {
        "assignment", "change_of_name", "corrective", "merger", "release",
        "security_interest"}  # fmt: skip
    assert assignments["reel_frame"].str.contains(r"^\d{6}/\d{4}$").all()


@pytest.mark.real
def test_days_in_three_spellings_and_no_day(real: Path, tmp_path: Path) -> None:
    refresh.stage_files(ADDRESS, [real / name for name in RECORDS], tmp_path, 1)
    parties = pl.read_parquet(tmp_path / "assignment_parties.parquet")
    assignors = parties.filter(pl.col("party_role") == "assignor")
    assert assignors["execution_date"].null_count() == 0
    assert assignors["acknowledged_date"].null_count() == assignors.height
    properties = pl.read_parquet(tmp_path / "assignment_properties.parquet")
    for column in ("filing_date", "grant_date", "publication_date"):
        assert properties.filter(pl.col(column) < date(1990, 1, 1)).is_empty()
    assert properties["application_number"].null_count() == 0
    # Assignment Center tells the last of the assignors' days as well.
    name = f"{CENTER}/{_JSON}_by_assignee_contains__1_http200.json"
    answer = json.loads((real / name).read_bytes())["successResponse"]["data"]
    for each in answer:
        days = [datetime.strptime(one["executionDate"], "%m/%d/%Y") for one in each["assignors"]]
        assert max(days) == datetime.strptime(each["assignorExecutionDate"], "%m/%d/%Y")

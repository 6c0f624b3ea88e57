"""USPTO assignments: three formats, what is listed, refused and reported, and capped answers."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import polars as pl
import pytest
from structlog.testing import capture_logs

from ingest.patents import uspto_assignments, uspto_assignments_center, uspto_assignments_lookup
from iplake import registry
from iplake.contract import RawFile
from iplake.errors import SourceChanged
from tests.conftest import ROOT, Pages, refused, staged
from warehouse import refresh

ADDRESS = "patents/uspto_assignments"
EXAMPLES = ROOT / "tests" / "examples" / ADDRESS
BULK = (EXAMPLES / "bulk_day" / "input.xml").read_bytes()
LOOKUP = (EXAMPLES / "lookup_answer" / "input.xml").read_bytes()
CENTER = (EXAMPLES / "center_answer" / "input.json").read_bytes()
PRODUCTS = "https://api.uspto.gov/api/v1/datasets/products"


def rows(folder: Path, table: str) -> pl.DataFrame:
    return pl.read_parquet(folder / "out" / f"{table}.parquet")


def test_days_and_years_are_listed_without_their_dtds() -> None:
    def listing(*names: str) -> object:
        files = [{"fileName": name, "fileDownloadURI": f"https://x/{name}"} for name in names]
        return {"bulkDataProductBag": [{"productFileBag": {"fileDataBag": files}}]}

    pages = Pages(
        {
            f"{PRODUCTS}/PASDL?includeFiles=true": listing("ad20240104.zip", "pad-v20.dtd"),
            f"{PRODUCTS}/PASYR?includeFiles=true": listing("ad19800101-20231231-01.zip"),
        }
    )
    found = list(uspto_assignments.discover(pages, registry.get(ADDRESS)))
    assert [each.name for each in found] == ["ad20240104.zip", "ad19800101-20231231-01.zip"]


def test_the_members_of_a_zip_are_numbered_on(tmp_path: Path) -> None:
    path = tmp_path / "ad20240105.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ad20240105.xml", BULK)
        archive.writestr("ad20240106.xml", BULK)
    counts = refresh.stage_files(ADDRESS, [path], tmp_path / "out", 1)
    assert (counts["assignments"].records, counts["assignments"].quarantined) == (6, 2)
    assert rows(tmp_path, "assignments")["_record_number"].to_list() == [1, 2, 4, 5]
    locators = [locator for _, locator in refused(tmp_path)]
    assert locators == ["ad20240105.xml patent-assignment 3", "ad20240106.xml patent-assignment 3"]


def test_there_are_no_shards() -> None:
    path = EXAMPLES / "bulk_day" / "input.xml"
    assert uspto_assignments.shards(RawFile(path, path.name, path.name, "s", None)) == []


def test_a_day_without_assignments_is_no_error(tmp_path: Path) -> None:
    start = BULK[: BULK.index(b"<patent-assignment>")]
    day = start + b"<data-available-code>N</data-available-code></patent-assignments>"
    counts = staged(ADDRESS, tmp_path, day + b"</us-patent-assignments>")
    assert counts["assignments"].records == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><body>Sign in</body></html>", "expected XML, found something else"),
        (b"", "expected XML"),
        (b'<?xml version="1.0"?><us-patent-grant/>', "another product's file"),
        (b'{"message": "Forbidden"}', "status Success"),
        (b'{"status": "Error", "statusCode": 500, "error": {}, "successResponse": null}',
         "status Success"),
        (LOOKUP.replace(b'name="status">0<', b'name="status">400<'), "an answer is an error"),
        (BULK.replace(b"</assignment-record>", b"</assignment-recor>", 1), "damaged in its middle"),
    ],
)  # fmt: skip
def test_another_file_is_a_changed_source(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(SourceChanged, match=said):
        staged(ADDRESS, tmp_path, content)


@pytest.mark.parametrize(
    ("content", "old", "new", "reason"),
    [
        (BULK, b"<reel-no>66001</reel-no><frame-no>5<", b"<frame-no>5<", "missing_field"),
        (BULK, b"<reel-no>66001</reel-no><frame-no>5<", b"<reel-no>A</reel-no><frame-no>5<",
         "wrong_type"),
        (BULK, b"<purge-indicator>N<", b"<purge-indicator>?<", "unknown_category"),
        (BULK, b"<doc-number>17437086</doc-number>", b"", "missing_field"),
        (BULK, b"<kind>A1</kind>", b"<kind>X0</kind>", "repeated_field"),
        (LOOKUP, b'<str name="reelNo">49519</str>', b"", "missing_field"),
        (LOOKUP, b'<str name="reelNo">49519</str>', b'<arr name="reelNo"><str>4</str></arr>',
         "wrong_type"),
        (LOOKUP, b"<str>9410410</str>", b"", "wrong_type"),
        (CENTER, b'"reelNumber": 58293,', b"", "missing_field"),
        (CENTER, b'"sequenceNumber": 18', b'"sequenceNumber": "18"', "wrong_type"),
        (CENTER, b'"executionDate": "06/01/2021"', b'"executed": ""', "missing_field"),
        (CENTER, b'"assignors": [{"assignorName": "LAMP, INC.", "executionDate": "06/01/2021"}, '
                 b'{"assignorName": "LIGHT, INC.", "executionDate": ""}]', b'"assignors": "many"',
         "wrong_type"),
    ],
)  # fmt: skip
def test_an_assignment_is_refused_with_its_reason(
    tmp_path: Path, content: bytes, old: bytes, new: bytes, reason: str
) -> None:
    assert old in content
    before = staged(ADDRESS, tmp_path, content)["assignments"]
    after = staged(ADDRESS, tmp_path, content.replace(old, new, 1))["assignments"]
    assert after.records == before.records
    assert after.quarantined == before.quarantined + 1
    assert reason in [found for found, _ in refused(tmp_path)]


@pytest.mark.parametrize("content", [BULK, LOOKUP, CENTER])
def test_a_cut_answer_keeps_what_is_whole(tmp_path: Path, content: bytes) -> None:
    counts = staged(ADDRESS, tmp_path, content[: int(len(content) * 0.7)])
    assert counts["assignments"].staged >= 1
    assert "truncated" in [reason for reason, _ in refused(tmp_path)]


def test_a_capped_answer_is_staged_with_a_warning(tmp_path: Path) -> None:
    with capture_logs() as logs:
        counts = staged(ADDRESS, tmp_path, CENTER)
    assert counts["assignments"].records == 3
    capped = [each for each in logs if each["event"].startswith("an answer is capped")]
    assert [(each["claimed"], each["held"]) for each in capped] == [(325, 3)]
    whole = CENTER.replace(b'"totalRows": 325', b'"totalRows": 3')
    with capture_logs() as logs:
        staged(ADDRESS, tmp_path, whole)
    assert not [each for each in logs if each["event"].startswith("an answer is capped")]


def test_null_as_a_word_and_the_first_year_are_nothing(tmp_path: Path) -> None:
    staged(ADDRESS, tmp_path, LOOKUP)
    second = rows(tmp_path, "assignment_properties").row(1, named=True)
    assert second["application_number_raw"] == "9413215"
    for empty in ("granted_number_raw", "grant_date", "published_number_raw"):
        assert second[empty] is None
    assert rows(tmp_path, "assignments")["docket_number"].to_list() == [None]
    assert rows(tmp_path, "assignment_parties")["acknowledged_date"].null_count() == 3


def test_one_assignment_may_cover_hundreds_of_properties(tmp_path: Path) -> None:
    answer = json.loads(CENTER)
    [assignment, *_] = answer["successResponse"]["data"]
    [one] = assignment["properties"]
    assignment["properties"] = [one | {"sequenceNumber": at + 1} for at in range(700)]
    assignment["noOfProperties"] = 700
    answer["successResponse"]["data"] = [assignment]
    counts = staged(ADDRESS, tmp_path, json.dumps(answer).encode())
    assert (counts["assignments"].staged, counts["assignment_properties"].staged) == (1, 700)
    found = rows(tmp_path, "assignments").row(0, named=True)
    assert (found["properties_count"], found["properties_listed_count"]) == (700, 700)


def test_what_nobody_knows_is_named() -> None:
    known = json.loads(CENTER)["successResponse"]["data"][1]
    assert uspto_assignments_center.unknown(known) == ["brightness"]
    assert not uspto_assignments_lookup.KNOWN & uspto_assignments_lookup.IGNORED

"""PTAB: windows of searches, what kind of answer a file is, damaged records, other answers."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from ingest.patents.uspto_ptab import discover
from iplake import registry
from iplake.errors import NotFound, SourceChanged
from tests.conftest import ROOT, land_and_stage, refused, staged
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "patents/uspto_ptab"
EXAMPLES = ROOT / "tests" / "examples" / ADDRESS


def example(case: str) -> dict[str, list[dict[str, object]]]:
    """Return an example's answer."""
    answer: dict[str, list[dict[str, object]]] = json.loads(
        (EXAMPLES / case / "input.json").read_bytes()
    )
    return answer


class Portal:
    """A fetcher for which appeals of one half-year match alone."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def json(self, url: str, body: str | None = None) -> object:
        self.asked.append(url)
        if "appeals" in url and "2024-07-01%3A2024-12-31" in url:
            return {"count": 26, "patentAppealDataBag": []}
        raise NotFound("no matching records", url=url)

    def text(self, url: str, body: str | None = None) -> str:
        raise AssertionError(url)


def test_each_declared_search_is_asked_window_by_window() -> None:
    portal = Portal()
    [found] = discover(portal, registry.get(ADDRESS))
    assert found.name == "appeals-decisions-2024-07-01.zip"
    assert str(found.published) == "2024-12-31"
    searched = {url.split("/search")[0].removeprefix("https://api.uspto.gov/api/v1/patent/")
                for url in portal.asked}  # fmt: skip
    assert searched == {
        "trials/proceedings", "trials/decisions", "appeals/decisions", "interferences/decisions",
    }  # fmt: skip
    assert len(portal.asked) == len(set(portal.asked)) > 100


def test_pages_of_lists_that_downloads_name_otherwise_go_on() -> None:
    [found] = discover(Portal(), registry.get(ADDRESS))
    assert found.pages is not None
    hits = {"count": 26, "patentTrialData": [{"appealNumber": "1"}] * 25}
    following = found.pages.following(found.request, json.dumps(hits).encode())
    assert following is not None
    assert following.url == found.url.replace("offset=0", "offset=25")


def test_a_proceeding_is_given_as_it_stood_last_whatever_the_order(tmp_path: Path) -> None:
    answer = example("trial_papers")
    answer["patentTrialDocumentDataBag"].reverse()
    counts = staged(ADDRESS, tmp_path, json.dumps(answer).encode())
    assert counts["documents"] == Count(records=2, staged=2, quarantined=0)
    assert counts["proceedings"] == Count(records=1, staged=1, quarantined=0)
    rows = pl.read_parquet(tmp_path / "out" / "proceedings.parquet")
    assert rows["status_name", "_record_number"].rows() == [("Final Written Decision", 2)]


def test_a_trial_of_an_unknown_type_is_refused_with_its_parties(tmp_path: Path) -> None:
    content = (EXAMPLES / "trial_proceedings" / "input.json").read_bytes()
    counts = staged(ADDRESS, tmp_path, content)
    assert counts["proceedings"] == Count(records=2, staged=1, quarantined=1)
    assert refused(tmp_path)[0][0] == "unknown_value"
    parties = pl.read_parquet(tmp_path / "out" / "proceeding_parties.parquet")
    assert parties["proceeding_number"].unique().to_list() == ["IPR2025-01319"]


@pytest.mark.parametrize(
    ("case", "bag", "table", "changed", "reason"),
    [
        ("trial_papers", "patentTrialDocumentDataBag", "documents", {"documentData": {}},
         "missing_field"),
        ("trial_papers", "patentTrialDocumentDataBag", "documents",
         {"trialDocumentCategory": "Rumour"}, "missing_required"),
        ("trial_papers", "patentTrialDocumentDataBag", "documents", {"trialNumber": 7},
         "wrong_type"),
        ("appeals_download", "patentTrialData", "decisions", {"decisionData": "Affirmed"},
         "wrong_type"),
        ("appeals_download", "patentTrialData", "decisions", {"appellantData": []}, "wrong_type"),
        ("trial_proceedings", "patentTrialProceedingDataBag", "proceedings",
         {"trialMetaData": {"trialTypeCode": 1}}, "wrong_type"),
    ],
)  # fmt: skip
def test_a_record_of_another_kind_is_refused(
    case: str, bag: str, table: str, changed: dict[str, object], reason: str, tmp_path: Path
) -> None:
    answer = example(case)
    kept = answer[bag][:1]
    answer[bag] = [*kept, {**kept[0], **changed}]
    counts = staged(ADDRESS, tmp_path, json.dumps(answer).encode())
    assert counts[table] == Count(records=2, staged=1, quarantined=1)
    assert refused(tmp_path)[0][0] == reason


def test_a_record_without_a_number_is_refused(tmp_path: Path) -> None:
    answer = example("appeals_download")
    del answer["patentTrialData"][1]["appealNumber"]
    counts = staged(ADDRESS, tmp_path, json.dumps(answer).encode())
    assert counts["decisions"] == Count(records=2, staged=1, quarantined=1)
    assert refused(tmp_path)[0][0] == "missing_field"


def test_unknown_fields_are_named_and_their_record_goes_on(tmp_path: Path) -> None:
    answer = example("trial_papers")
    answer["patentTrialDocumentDataBag"][0]["novelty"] = 1
    answer["patentTrialDocumentDataBag"][1]["documentData"]["pages"] = 3  # type: ignore[index]
    path = tmp_path / "input.json"
    path.write_text(json.dumps(answer), encoding="utf-8")
    drift = refresh.stage_with_drift(ADDRESS, [path], tmp_path / "out", jobs=1)
    assert [(each.table, each.field) for each in drift] == [
        ("documents", "novelty"),
        ("documents", "documentData/pages"),
    ]


def test_a_file_cut_off_keeps_what_stands_before(tmp_path: Path) -> None:
    whole = (EXAMPLES / "trial_papers" / "input.json").read_bytes()
    counts = staged(ADDRESS, tmp_path, whole[: whole.index(b"171095016")])
    assert counts["documents"] == Count(records=2, staged=1, quarantined=1)
    assert counts["proceedings"] == Count(records=1, staged=1, quarantined=0)
    assert refused(tmp_path) == [("truncated", "input item 2")]


def test_an_answer_without_hits_has_none(tmp_path: Path) -> None:
    counts = staged(ADDRESS, tmp_path, b'{"count": 0, "patentAppealDataBag": []}')
    assert {count.records for count in counts.values()} == {0}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        # The interface before November 2025.
        (b'{"aggregationData": {}, "results": [], "recordTotalQuantity": 1}',
         "found=aggregationData, results, recordTotalQuantity"),
        (b'{"code": 404, "message": "Not Found"}', "found=code, message"),
        (b"<html>Busy</html>", "expected JSON"),
        (b"", "expected JSON"),
    ],
)  # fmt: skip
def test_another_answer_is_refused_whole(content: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceChanged, match=said):
        staged(ADDRESS, tmp_path, content)


def test_the_sample_has_all_kinds_and_no_persons(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    folder = lake_home / "staging" / ADDRESS
    rows = pl.read_parquet(folder / "proceedings" / "*.parquet")
    assert rows.height == 39
    assert set(rows["proceeding_kind"]) == {"trial", "appeal", "interference"}
    assert pl.read_parquet(folder / "decisions" / "*.parquet").height == 28
    parties = pl.read_parquet(folder / "proceeding_parties" / "*.parquet")
    assert parties["inventor_name_raw"].null_count() == parties.height == 74
    assert "Samsung Electronics Co., Ltd." in parties["party_name"].to_list()

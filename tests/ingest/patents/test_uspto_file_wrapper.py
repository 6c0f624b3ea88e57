"""File wrappers: products and searches, drift of fields, damaged records, other answers."""

from __future__ import annotations

import copy
import json
import zipfile
from pathlib import Path

import polars as pl
import pytest

from ingest.patents.uspto_file_wrapper import discover
from ingest.patents.uspto_odp import read_search
from iplake import registry
from iplake.declaration import Source
from iplake.errors import ConfigError, NotFound, SourceBusy, SourceChanged
from iplake.settings import settings
from tests.conftest import ROOT, Answer, LoopbackServer, land_and_stage, refused, staged
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "patents/uspto_file_wrapper"
EXAMPLE = ROOT / "tests" / "examples" / ADDRESS / "application" / "input.json"
BAG = "patentFileWrapperDataBag"


def source_with(*queries: str) -> Source:
    """Return the declared source with other queries."""
    source = registry.get(ADDRESS)
    return source.model_copy(
        update={"endpoint": source.endpoint.model_copy(update={"queries": queries})}
    )


class Portal:
    """A fetcher that answers what it is told to, and else that nothing matches."""

    def __init__(self, answers: dict[str, object]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def json(self, url: str, body: str | None = None) -> object:
        self.asked.append(url)
        if url not in self.answers:
            raise NotFound("no such answer", url=url)
        return self.answers[url]

    def text(self, url: str, body: str | None = None) -> str:
        raise AssertionError(url)


def listing(product: str, *names: str) -> dict[str, object]:
    """Return the listing of a product."""
    files = [
        {"fileName": name, "fileDownloadURI": f"https://api.uspto.gov/{name}",
         "fileDataToDate": "2026-06-05"}
        for name in names
    ]  # fmt: skip
    bag = {"productIdentifier": product, "productFileBag": {"fileDataBag": files}}
    return {"count": 1, "bulkDataProductBag": [bag]}


def test_products_list_their_data_files() -> None:
    url = "https://api.uspto.gov/api/v1/datasets/products/PTFWPRD?includeFiles=true"
    portal = Portal({url: listing("PTFWPRD", "delta-20260605.zip", "schema.pdf", "part.json")})
    found = list(discover(portal, source_with("product:PTFWPRD")))
    assert [each.name for each in found] == ["delta-20260605.zip", "part.json"]
    assert {str(each.published) for each in found} == {"2026-06-05"}


def test_each_window_with_hits_is_a_harvest_and_a_404_is_none() -> None:
    start = "https://api.uspto.gov/api/v1/patent/applications/search?q=a%3Ab%20OR%20c&rangeFilters="
    url = (
        f"{start}applicationMetaData.filingDate%202024-01-01%3A2024-12-31"
        "&sort=applicationMetaData.filingDate%20asc&offset=0&limit=25"
    )
    portal = Portal({url: {"count": 1, BAG: [{}]}})
    query = "applications applicationMetaData.filingDate 2023 12 a:b OR c"
    [found] = discover(portal, source_with(query))
    assert (found.url, found.name) == (url, "applications-2024-01-01.zip")
    assert str(found.published) == "2024-12-31"
    assert len(portal.asked) >= 4
    assert all(asked.startswith(start) for asked in portal.asked)


@pytest.mark.parametrize("query", ["", "applications", "applications a.b soon 12", "a b 2020 0"])
def test_a_query_that_is_no_search_is_refused(query: str) -> None:
    with pytest.raises(ConfigError, match="expected a query"):
        read_search(query)


def page(number: int, hits: int, total: int) -> Answer:
    """Return a page with so many applications, numbered on from a first one."""
    bag = [{"applicationNumberText": f"{number + at:08}"} for at in range(hits)]
    return Answer(json.dumps({"count": total, BAG: bag}).encode())


def harvested(
    server: LoopbackServer, monkeypatch: pytest.MonkeyPatch, lake: Path, *pages: Answer
) -> list[str]:
    """Land and stage what a server answers page by page for the year 2026; return the snapshots."""
    source = source_with("applications f 2026 12")
    monkeypatch.setenv("IPLAKE_HOME", str(lake))
    monkeypatch.delenv("IPLAKE_MIRROR", raising=False)
    for name, value in {"BASE_URL": server.url, "API_KEY": "of-a-test"}.items():
        monkeypatch.setenv(f"IPLAKE_SOURCES__PATENTS__USPTO_FILE_WRAPPER__{name}", value)
    settings.cache_clear()
    monkeypatch.setattr(registry, "get", lambda address: source)
    path = (
        "/api/v1/patent/applications/search?rangeFilters=f%202026-01-01%3A2026-12-31&sort=f%20asc"
    )
    at = 0
    for each in pages:
        server.script(f"{path}&offset={at}&limit=25", each)
        at += 25
    return refresh.land(ADDRESS)


def test_pages_land_as_one_file_and_are_numbered_through(
    server: LoopbackServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pages = (page(1, 25, 52), page(26, 25, 52), page(51, 2, 52))
    [snapshot] = harvested(server, monkeypatch, tmp_path, *pages)
    receipt = refresh.stage(ADDRESS, snapshot)
    assert receipt.counts["file_wrappers"] == Count(records=52, staged=52, quarantined=0)
    rows = pl.read_parquet(tmp_path / "staging" / ADDRESS / "file_wrappers" / "*.parquet")
    assert rows["_record_number"].sort().to_list() == list(range(1, 53))
    assert rows["application_number"].n_unique() == 52
    assert {headers["X-API-Key"] for _, headers in server.requests} == {"of-a-test"}
    settings.cache_clear()


def test_a_count_that_changes_between_pages_is_worth_another_try(
    server: LoopbackServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(SourceBusy, match="the listing changed"):
        harvested(server, monkeypatch, tmp_path, page(1, 25, 52), page(26, 25, 53))
    settings.cache_clear()


def test_unknown_fields_are_named_and_their_record_goes_on(tmp_path: Path) -> None:
    whole = json.loads(EXAMPLE.read_bytes())
    whole = {"release": "4.0", **whole}
    whole[BAG][0]["applicationMetaData"]["novelty"] = 1
    whole[BAG][0]["eventDataBag"][1]["eventColour"] = "red"
    whole[BAG][0]["recordAttorney"]["firm"] = "ignored with all below"
    path = tmp_path / "input.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    drift = refresh.stage_with_drift(ADDRESS, [path], tmp_path / "out", jobs=1)
    assert pl.read_parquet(tmp_path / "out" / "file_wrappers.parquet").height == 2
    assert [(each.field, each.records) for each in drift] == [
        ("(envelope) release", 1),
        ("applicationMetaData/novelty", 1),
        ("eventDataBag/eventColour", 1),
    ]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("applicationNumberText", None, "missing_field"),
        ("applicationNumberText", 18693690, "wrong_type"),
        ("applicationNumberText", "D/1", "unreadable_number"),
        ("eventDataBag", {"eventCode": "X"}, "wrong_type"),
        ("applicationMetaData", [], "wrong_type"),
        ("applicationMetaData", {"applicationStatusCode": "thirty"}, "wrong_type"),
        ("applicationMetaData", {"nationalStageIndicator": "Y"}, "wrong_type"),
        ("applicationMetaData", {"cpcClassificationBag": [1]}, "wrong_type"),
        ("parentContinuityBag", [{"claimParentageTypeCode": "CON"}], "missing_field"),
    ],
)
def test_a_record_of_another_kind_is_refused_whole(
    field: str, value: object, reason: str, tmp_path: Path
) -> None:
    whole = json.loads(EXAMPLE.read_bytes())
    changed = copy.deepcopy(whole[BAG][0])
    if value is None:
        del changed[field]
    else:
        changed[field] = value
    whole[BAG].append(changed)
    counts = staged(ADDRESS, tmp_path, json.dumps(whole).encode())
    assert counts["file_wrappers"] == Count(records=3, staged=2, quarantined=1)
    assert refused(tmp_path)[0][0] == reason
    # What hangs on a refused application is not staged either.
    assert counts["wrapper_parties"].staged == 2


def test_a_file_cut_off_keeps_the_applications_before(tmp_path: Path) -> None:
    whole = EXAMPLE.read_bytes()
    counts = staged(ADDRESS, tmp_path, whole[: whole.index(b"CHANGE OF NAME")])
    assert counts["file_wrappers"] == Count(records=2, staged=1, quarantined=1)
    assert refused(tmp_path) == [("truncated", "input item 2")]


def test_members_of_an_archive_are_numbered_through(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "made.zip", "w") as archive:
        archive.write(EXAMPLE, "2025.json")
        archive.write(EXAMPLE, "2026.json")
    counts = staged(ADDRESS, tmp_path, (tmp_path / "made.zip").read_bytes())
    assert counts["file_wrappers"] == Count(records=4, staged=4, quarantined=0)
    rows = pl.read_parquet(tmp_path / "out" / "file_wrappers.parquet")
    assert rows["_record_number"].to_list() == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"count": 1, "patentBag": [{}]}', f"expected={BAG}, found=count, patentBag"),
        (b'{"code": 404, "message": "Not Found"}', "found=code, message"),
        (b'{"count": 3, "statusCodeBag": []}', "found=count, statusCodeBag"),
        (b"<html>Busy</html>", "expected JSON"),
        (b"", "expected JSON"),
    ],
)
def test_another_answer_is_refused_whole(content: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceChanged, match=said):
        staged(ADDRESS, tmp_path, content)


def test_the_sample_has_two_applications_again_after_a_change(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    rows = pl.read_parquet(lake_home / "staging" / ADDRESS / "file_wrappers" / "*.parquet")
    assert rows.height == 30
    assert rows["application_number"].n_unique() == 28
    again = rows.filter(application_number="14230558").sort("ingested_date")
    assert [str(day) for day in again["ingested_date"]] == ["2026-05-30", "2026-06-05"]
    # An applicant from Brazil is one with a place, too.
    parties = pl.read_parquet(lake_home / "staging" / ADDRESS / "wrapper_parties" / "*.parquet")
    assert {"CH", "BR", "ES", "GR"} <= set(parties["country_code"])
    assert set(parties["party_role"]) == {"applicant"}

"""OpenAlex: harvests by year, cursors to the last page, other entities refused; the sample."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import polars as pl
import pytest

from ingest.literature.openalex import discover
from iplake import registry
from iplake.contract import Request
from iplake.errors import SourceChanged
from iplake.settings import Settings
from tests.conftest import ROOT, Answer, LoopbackServer, Pages, land_and_stage, refused, staged
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "literature/openalex"
BASE = "https://api.openalex.org/"
PAGE = ROOT / "tests" / "examples" / ADDRESS / "page" / "input.json"
YEARS = "works?filter=authorships.institutions.ror:{}&group_by=publication_year"
RORS = ("0530pts50", "0064kty71", "02xe5ns62", "01kq0pv72")


def pages_of(years: object) -> Pages:
    """Return a fetcher that answers every query of works with the same years."""
    return Pages({BASE + YEARS.format(ror): years for ror in RORS})


def test_works_are_harvested_by_their_year_and_institutions_at_once() -> None:
    groups = [{"key": "2024", "count": 2}, {"key": "1986", "count": 1}]
    found = list(discover(pages_of({"group_by": groups}), registry.get(ADDRESS)))
    assert len(found) == 1 + 4 * 2
    assert found[0].url == f"{BASE}institutions?filter=country_code:cn&per_page=100&cursor=*"
    assert found[1].url == (
        f"{BASE}works?filter=authorships.institutions.ror:0530pts50,publication_year:1986"
        "&per_page=100&cursor=*"
    )
    assert [str(each.published) for each in found[:3]] == ["None", "1986-12-31", "2024-12-31"]
    assert len({each.name for each in found}) == len({each.url for each in found}) == 9


@pytest.mark.parametrize(
    "answer", [[], {}, {"error": "Invalid key"}, {"group_by": [{"key": "unknown"}]}]
)
def test_another_answer_in_place_of_years_is_refused(answer: object) -> None:
    with pytest.raises(SourceChanged, match="years"):
        list(discover(pages_of(answer), registry.get(ADDRESS)))


def test_pages_go_on_until_there_are_no_results() -> None:
    resource = next(iter(discover(pages_of({"group_by": []}), registry.get(ADDRESS))))
    assert resource.pages is not None
    following, total = resource.pages.following, resource.pages.total
    assert total is not None
    page = json.dumps({"meta": {"count": 3, "next_cursor": "Ils+=="}, "results": [{}]}).encode()
    after = following(resource.request, page)
    assert after == Request(resource.url.removesuffix("*") + "Ils%2B%3D%3D")
    assert total(page) == 3
    ends = ({"next_cursor": None}, [{}]), ({"next_cursor": "x"}, [])
    for meta, results in ends:
        page = json.dumps({"meta": meta, "results": results}).encode()
        assert following(resource.request, page) is None
    for wrong in (b'{"error": "Rate limit exceeded", "message": "wait"}', b"<html>", b"[]"):
        with pytest.raises(SourceChanged, match="page of results"):
            following(resource.request, wrong)


def test_a_harvest_is_landed_as_one_file_without_its_key(
    server: LoopbackServer, lake_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = "secret-key"
    override = {"base_url": server.url + "/", "api_key": key}
    local = Settings(
        home=lake_home, mirror=None, profile="live", sources={"literature": {"openalex": override}}
    )
    monkeypatch.setattr("warehouse.refresh.settings", lambda: local)
    works = {
        "meta": {"count": 1, "next_cursor": "c"},
        "results": json.loads(PAGE.read_text())["results"][:1],
    }
    empty = {"meta": {"count": 1, "next_cursor": None}, "results": []}
    for ror in RORS:
        groups = [{"key": "2024"}] if ror == RORS[0] else []
        address = f"/{YEARS.format(ror)}&api_key={key}"
        server.script(address, Answer(json.dumps({"group_by": groups}).encode()))
    of_year = f"/works?filter=authorships.institutions.ror:{RORS[0]},publication_year:2024"
    of_china = "/institutions?filter=country_code:cn"
    for start, page in ((of_year, works), (of_china, empty)):
        path = f"{start}&per_page=100&cursor=*&api_key={key}"
        server.script(path, Answer(json.dumps(page).encode()))
    server.script(
        f"{of_year}&per_page=100&cursor=c&api_key={key}", Answer(json.dumps(empty).encode())
    )
    landed = refresh.land(ADDRESS)
    assert len(landed) == 2
    manifests = [path.read_text() for path in (lake_home / "raw" / ADDRESS).glob("*/manifest.json")]
    assert len(manifests) == 2
    assert not [text for text in manifests if key in text]
    counts = [refresh.stage(ADDRESS, each).counts["works"] for each in landed]
    assert sum(each.staged for each in counts) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>Busy</html>",
        b"id,title\n",
        b'{"error": "Invalid query parameters error.", "message": "x is not a valid field"}',
        b'{"results": [{"id": "https://openalex.org/A5132448078"}]}',
        b'{"results": [{"id": "W1"}]}',
    ],
)
def test_another_answer_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match=r"expected|none of its lists"):
        staged(ADDRESS, tmp_path, content)


def test_a_page_cut_off_keeps_the_works_before(tmp_path: Path) -> None:
    whole = PAGE.read_bytes()
    counts = staged(ADDRESS, tmp_path, whole[: whole.index(b"No authors")])
    assert counts["works"] == Count(records=3, staged=2, quarantined=1)
    assert refused(tmp_path) == [("truncated", "input item 3")]


def test_unknown_fields_are_reported_and_the_work_goes_on() -> None:
    source = registry.get(ADDRESS)
    file = refresh.RawFile(PAGE, PAGE.name, PAGE.name, "0", None)
    batches = list(refresh.connector(source).read(file, source, None))
    drift = [each for batch in batches for each in batch.drift]
    assert [(each.table, each.field, each.records) for each in drift] == [("works", "smell", 1)]


def test_abstracts_are_staged_nowhere(tmp_path: Path) -> None:
    staged(ADDRESS, tmp_path, PAGE.read_bytes())
    tables = sorted((tmp_path / "out").glob("work*.parquet"))
    assert len(tables) == 6
    for path in tables:
        rows = pl.read_parquet(path)
        assert not [name for name in rows.columns if "abstract" in name]
        assert "Never" not in str(rows.to_dicts())


def test_pages_of_a_harvest_are_numbered_through(tmp_path: Path) -> None:
    path = tmp_path / "harvest.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in (1, 2):
            archive.writestr(f"page-0000{number}", PAGE.read_bytes())
        archive.writestr("page-00003", b'{"meta": {"count": 5}, "results": []}')
    counts = refresh.stage_files(ADDRESS, [path], tmp_path / "out", jobs=1)
    assert counts["works"] == Count(records=10, staged=4, quarantined=6)
    rows = pl.read_parquet(tmp_path / "out" / "works.parquet")
    assert rows["_record_number"].to_list() == [1, 2, 6, 7]


def test_the_sample_has_works_of_every_real_file_and_no_persons(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    folder = lake_home / "staging" / ADDRESS
    works = pl.read_parquet(folder / "works")
    assert works.height == 5
    assert sorted(works["publication_year"]) == [1986, 2003, 2015, 2020, 2021]
    assert pl.read_parquet(folder / "institutions").height == 3
    authors = pl.read_parquet(folder / "work_authorships")
    assert authors.height == 77
    for name in ("author_id", "author_name", "author_name_raw", "orcid"):
        assert authors[name].null_count() == authors.height
    affiliations = pl.read_parquet(folder / "work_affiliations")
    assert affiliations.height == 145
    assert not affiliations["affiliation_raw"].str.contains("@").any()

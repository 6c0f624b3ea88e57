"""NBS's portal: one POST an area, its challenge, and deliveries in its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.economy.china_nbs import discover
from ingest.economy.china_nbs_api import listed_in_queries, refuse_no_answer
from iplake import registry
from iplake.contract import Request
from iplake.declaration import Endpoint
from iplake.errors import ConfigError, NotFound, SourceBusy, SourceChanged
from iplake.settings import settings
from tests.conftest import Answer, LoopbackServer
from tests.ingest.economy.test_china_nbs import answer, figure
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "economy/china_nbs"
BASE = "https://data.stats.gov.cn/dg/website/"
API = f"{BASE}publicrelease/web/external/stream/esData"
SUMS = f"{'a' * 64}  20_Guangzhou_All.xls\n"
CHALLENGE = b"<!DOCTYPE html><script>challenge()</script>"


class Site:
    """A fetcher that knows some pages and answers 404 for all others."""

    def __init__(self, **pages: str) -> None:
        self.pages = {BASE + name.replace("_html", ".html"): text for name, text in pages.items()}

    def json(self, url: str, body: str | None = None) -> object:
        """Answer nothing."""
        raise NotFound("no such page", url=url)

    def text(self, url: str, body: str | None = None) -> str:
        """Return a page."""
        if url not in self.pages:
            raise NotFound("no such page", url=url)
        return self.pages[url]


def test_each_area_is_asked_for_by_itself() -> None:
    offered = list(discover(Site(page_html="<html>"), registry.get(ADDRESS)))
    assert len(offered) == 33
    assert {each.url for each in offered} == {API}
    assert len({each.body for each in offered}) == len({each.name for each in offered}) == 33
    guangdong = next(each for each in offered if each.name.startswith("6f8fbd41-440000000000"))
    assert json.loads(guangdong.body or "") == {
        "cid": "6f8fbd415cbc40ffa7ecb7fd917f2598",
        "indicatorIds": [
            "aff57de5ee994283974705914fbed246",
            "615ce248396a4a5fa52bca05f0633e95",
            "b8e109ec8d3f465fa39a0de909f730b3",
            "b6ede904e72c41bba796c98d185e62c5",
        ],
        "daCatalogId": "",
        "das": [{"text": "广东省", "value": "440000000000"}],
        "showType": "1",
        "dts": ["1992YY-2025YY"],
        "rootId": "c4d82af16c3d4f0cb4f09d4af7d5888e",
    }


def test_a_delivery_stands_in_where_there_is_no_portal() -> None:
    [file] = discover(Site(SHA256SUMS=SUMS), registry.get(ADDRESS))
    assert file.url == f"{BASE}20_Guangzhou_All.xls"
    assert file.checksum == f"sha256:{'a' * 64}"
    assert file.body is None


def test_a_mirror_may_hold_answers() -> None:
    assert len(list(discover(Site(), registry.get(ADDRESS)))) == 33


def test_a_query_of_another_form_is_named() -> None:
    source = registry.get(ADDRESS)
    odd = source.model_copy(update={"endpoint": Endpoint(base_url=BASE, queries=("广东 GDP",))})
    with pytest.raises(ConfigError, match="expected a query of root"):
        list(listed_in_queries(odd))


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (CHALLENGE, SourceBusy, "challenges scripts"),
        (b"\n<script>location.reload()</script>", SourceBusy, "challenges scripts"),
        (b'{"data": [], "state": 20000, "message": "ok"}', SourceBusy, "without figures"),
        (b'{"data": null, "state": 20000}', SourceBusy, "without figures"),
        (b'{"data": null, "state": 50000, "message": "error"}', SourceChanged, "another state"),
        (b'{"data": [', SourceChanged, "another state"),
    ],
)
def test_an_answer_is_looked_at_before_it_lands(
    content: bytes, error: type[SourceBusy | SourceChanged], said: str
) -> None:
    with pytest.raises(error, match=said):
        refuse_no_answer(Request(API, "{}"), content)
    assert refuse_no_answer(Request(API, "{}"), answer(("2024YY", [figure("1")]))) is None  # type: ignore[func-returns-value]


@pytest.fixture
def portal(
    lake_home: Path, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> LoopbackServer:
    """Make the loopback server the portal, with its page and one query of one area."""
    monkeypatch.delenv("IPLAKE_MIRROR")
    monkeypatch.setenv("IPLAKE_SOURCES__ECONOMY__CHINA_NBS__BASE_URL", f"{server.url}/")
    settings.cache_clear()
    query = f"{'1' * 32} {'2' * 32} {'3' * 32} 2023YY-2024YY 440000000000:广东省"
    source = registry.get(ADDRESS)
    endpoint = Endpoint(base_url=BASE, queries=(query,))
    one = source.model_copy(update={"endpoint": endpoint, "rate_limit": None})
    monkeypatch.setattr(registry, "get", lambda address: one)
    server.script("/page.html", Answer(b"<html>", headers={"Set-Cookie": "JSESSIONID=1; Path=/"}))
    return server


def test_figures_are_posted_for_with_the_pages_cookie(portal: LoopbackServer) -> None:
    content = answer(("2024YY", [figure("141633.8", da="440000000000")]))
    portal.script("/publicrelease/web/external/stream/esData", Answer(content))
    [snapshot] = refresh.land(ADDRESS)
    counts = refresh.stage(ADDRESS, snapshot).counts
    assert counts["observations"] == Count(records=1, staged=1, quarantined=0)
    first, second = portal.seen
    assert (first.method, first.path) == ("GET", "/page.html")
    assert second.method == "POST"
    assert second.headers["Content-Type"] == "application/json"
    assert second.headers["Cookie"] == "JSESSIONID=1"
    assert json.loads(second.body)["das"] == [{"text": "广东省", "value": "440000000000"}]


def test_a_challenge_lands_nothing(portal: LoopbackServer, lake_home: Path) -> None:
    portal.script("/publicrelease/web/external/stream/esData", Answer(CHALLENGE))
    with pytest.raises(SourceBusy, match="challenge"):
        refresh.land(ADDRESS)
    assert list((lake_home / "raw").rglob("manifest.json")) == []

"""EUIPO's interface: pages with totals, keys, errors that look like pages; marks and designs."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote, urlsplit

import polars as pl
import pytest

from ingest.web import mirrored
from iplake import registry
from iplake.contract import Paging, Request
from iplake.errors import SourceChanged
from iplake.settings import settings
from tests.conftest import Answer, LoopbackServer
from warehouse import refresh

MARKS, DESIGNS = "trademarks/euipo_trademarks", "trademarks/euipo_designs"
QUERY = "applicants.name==*Shenzhen*"
TOKEN = "https://euipo.europa.eu/cas-server-webapp/oidc/accessToken"


def address(source: str, page: int) -> str:
    field, key = {
        MARKS: ("trademarks", "applicationNumber"),
        DESIGNS: ("designs", "designNumber"),
    }[source]
    base = registry.get(source).endpoint.base_url
    return f"{base}{field}?query={quote(QUERY, safe='')}&sort={key}:asc&size=100&page={page}"


def mark(number: int) -> dict[str, object]:
    return {
        "applicationNumber": f"{number:09}",
        "applicationDate": "2023-01-05",
        "markFeature": "WORD",
        "markKind": "INDIVIDUAL",
        "niceClasses": [9],
        "status": "REGISTERED",
        "applicants": [{"office": "EM", "identifier": "7", "name": "Shenzhen Example Co., Ltd."}],
    }


def page_of(field: str, items: list[dict[str, object]], page: int, total: int) -> bytes:
    pages = -(-total // 100)
    answer = {field: items, "totalElements": total, "totalPages": pages, "size": 100, "page": page}
    return json.dumps(answer).encode()


@pytest.fixture
def interface(
    lake_home: Path, monkeypatch: pytest.MonkeyPatch, server: LoopbackServer
) -> LoopbackServer:
    """Give the test a server in the interface's place, which gets the client's keys."""
    monkeypatch.setenv("IPLAKE_MIRROR", server.url)
    monkeypatch.setenv("IPLAKE_MIRROR_KEYS", "true")
    monkeypatch.setenv("IPLAKE_BACKOFF_SECONDS", "0.01")
    for name in ("EUIPO_TRADEMARKS", "EUIPO_DESIGNS"):
        monkeypatch.setenv(f"IPLAKE_SOURCES__TRADEMARKS__{name}__CLIENT_ID", "me")
        monkeypatch.setenv(f"IPLAKE_SOURCES__TRADEMARKS__{name}__CLIENT_SECRET", "secret")
    settings.cache_clear()
    script(server, TOKEN, b'{"access_token": "one", "token_type": "Bearer", "expires_in": 7200}')
    return server


def script(server: LoopbackServer, url: str, *bodies: bytes) -> None:
    where = urlsplit(mirrored(url, server.url)).path
    server.script(where, *(Answer(body) for body in bodies))


def test_all_pages_of_a_query_are_one_snapshot(interface: LoopbackServer) -> None:
    for page, numbers in enumerate((range(100), range(100, 200), range(200, 230))):
        body = page_of("trademarks", [mark(number) for number in numbers], page, total=230)
        script(interface, address(MARKS, page), body)
    [snapshot] = refresh.land(MARKS)
    receipt = refresh.stage(MARKS, snapshot)
    assert receipt.counts["trademarks"].records == 230
    assert receipt.counts["trademarks"].staged == 230
    assert receipt.counts["trademark_classes"].staged == 230
    rows = pl.read_parquet(settings().home / "staging" / MARKS / "trademarks")
    assert rows["application_number"].to_list() == [f"{number:09}" for number in range(230)]
    assert rows["status"].unique().to_list() == ["Registered"]
    # The queries without an answer are no harm, and no delivery is asked for.
    assert not [each for each in interface.seen if "SHA256SUMS" in each.path]
    asked = [each for each in interface.seen if "%40query" in each.path]
    assert {each.headers["Authorization"] for each in asked} == {"Bearer one"}
    assert {each.headers["X-IBM-Client-Id"] for each in asked} == {"me"}
    [token] = [each for each in interface.seen if "accessToken" in each.path]
    assert b"scope=uid" in token.body


def test_designs_are_harvested_alike(interface: LoopbackServer) -> None:
    design: dict[str, object] = {
        "designNumber": "009000001-0001",
        "applicationNumber": "009000001",
        "locarnoClasses": ["26.05"],
        "applicationDate": "2023-03-01",
        "status": "REGISTERED",
    }
    script(interface, address(DESIGNS, 0), page_of("designs", [design], 0, total=1))
    [snapshot] = refresh.land(DESIGNS)
    assert refresh.stage(DESIGNS, snapshot).counts["designs"].staged == 1


def test_a_query_without_hits_is_not_landed(interface: LoopbackServer) -> None:
    script(interface, address(MARKS, 0), page_of("trademarks", [], 0, total=0))
    with pytest.raises(SourceChanged, match="offers no files"):
        refresh.land(MARKS)


def test_an_error_that_calls_itself_a_success_is_no_page(interface: LoopbackServer) -> None:
    problem = {"type": "/problems/general-error", "title": "General error", "status": 500}
    script(interface, address(MARKS, 0), json.dumps(problem).encode())
    with pytest.raises(SourceChanged, match="expected a page of trademarks"):
        refresh.land(MARKS)


def paging_of(interface: LoopbackServer) -> tuple[Request, Paging]:
    script(interface, address(MARKS, 0), page_of("trademarks", [mark(1)], 0, total=230))
    source = registry.get(MARKS)
    with refresh.Session(source, settings()) as session:
        [resource] = refresh.connector(source).discover(session, source)
    assert resource.pages is not None
    return resource.request, resource.pages


def test_pages_follow_each_other_up_to_the_last(interface: LoopbackServer) -> None:
    request, pages = paging_of(interface)
    full = [mark(number) for number in range(100)]
    assert pages.total is not None
    assert pages.total(page_of("trademarks", full, 0, total=230)) == 230
    following = pages.following(request, page_of("trademarks", full, 0, total=230))
    assert following == Request(address(MARKS, 1))
    last = page_of("trademarks", full[:30], 2, total=230)
    assert pages.following(Request(address(MARKS, 2)), last) is None


def test_a_short_page_or_another_one_is_refused(interface: LoopbackServer) -> None:
    request, pages = paging_of(interface)
    for body in (
        page_of("trademarks", [mark(1)], 0, total=230),
        page_of("trademarks", [mark(number) for number in range(100)], 1, total=230),
        b"<html>busy</html>",
    ):
        with pytest.raises(SourceChanged, match="expected"):
            pages.following(request, body)

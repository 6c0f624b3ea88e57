"""The session against a server that misbehaves: pages, keys, redirects, trickles."""

from __future__ import annotations

import gzip
import json
import logging
import traceback
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from ingest import session as session_module
from ingest.keys import Keys
from ingest.readers.json import text_of
from ingest.session import Session
from ingest.web import WebSession, mirrored
from iplake.contract import Paging, Request, Resource
from iplake.declaration import Endpoint, KeyInHeader, KeyInQuery, OAuth2, Source
from iplake.errors import ConfigError, NotFound, SourceBusy, SourceChanged, SourceDown
from iplake.settings import Settings, settings
from tests.conftest import Answer, LoopbackServer
from tests.ingest.test_landing import source as made_up

source = made_up
SECRET = "s3cr3t/key"
Open = Callable[..., Session]


@pytest.fixture
def open_session(
    source: Source, lake_home: Path, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    """Open sessions of the made-up source, at the loopback server as if that were its host."""
    monkeypatch.delenv("IPLAKE_MIRROR")
    opened: list[Session] = []

    def open_(auth: object = None, **given: object) -> Session:
        settings.cache_clear()
        own = source.model_copy(
            update={"auth": auth, "endpoint": Endpoint(base_url=server.url + "/")}
        )
        chosen = Settings(
            timeout_seconds=0.5,
            tries=2,
            backoff_seconds=0.01,
            sources={"reference": {"made_up": given}},
        )
        opened.append(Session(own, chosen))
        return opened[-1]

    yield open_
    for each in opened:
        each.close()


def following(request: Request, page: bytes) -> Request | None:
    url = json.loads(page).get("next")
    return Request(url) if url else None


def total(page: bytes) -> int | None:
    count = json.loads(page).get("total")
    return int(count) if count is not None else None


def pages(server: LoopbackServer, *contents: dict[str, object]) -> Resource:
    for number, content in enumerate(contents, 1):
        onward = {"next": f"{server.url}/list?page={number + 1}"} if number < len(contents) else {}
        server.script(f"/list?page={number}", Answer(json.dumps(content | onward).encode()))
    return Resource(f"{server.url}/list?page=1", "list.zip", pages=Paging(following, total))


def harvest(session: Session, resource: Resource, folder: Path) -> list[bytes]:
    session.download(resource, folder / "out", {})
    with zipfile.ZipFile(folder / "out") as archive:
        assert archive.namelist() == [
            f"page-{n:05d}" for n in range(1, len(archive.namelist()) + 1)
        ]
        return [archive.read(name) for name in archive.namelist()]


def test_all_pages_land_as_one_file_the_same_bytes_each_time(
    open_session: Open, server: LoopbackServer, tmp_path: Path
) -> None:
    resource = pages(server, {"items": [1]}, {"items": [2]}, {"items": [3]})
    found = harvest(open_session(), resource, tmp_path)
    assert [json.loads(page)["items"] for page in found] == [[1], [2], [3]]
    first = (tmp_path / "out").read_bytes()
    harvest(open_session(), resource, tmp_path)
    assert (tmp_path / "out").read_bytes() == first


def test_an_endless_cursor_ends(open_session: Open, server: LoopbackServer, tmp_path: Path) -> None:
    resource = pages(server, {"items": [1]}, {"items": [2]})
    server.script("/list?page=2", Answer(json.dumps({"next": resource.url}).encode()))
    with pytest.raises(SourceChanged, match="pages go on without end"):
        open_session().download(resource, tmp_path / "out", {})
    assert len(server.requests) == 2


def test_a_page_that_comes_twice_is_no_progress(
    open_session: Open, server: LoopbackServer, tmp_path: Path
) -> None:
    again = Answer(json.dumps({"next": f"{server.url}/list?page=3"}).encode())
    resource = pages(server, {"items": [1]}, {"items": [2]}, {"items": [3]})
    server.script("/list?page=2", again)
    server.script("/list?page=3", again)
    with pytest.raises(SourceChanged, match="two pages are the same"):
        open_session().download(resource, tmp_path / "out", {})


def test_a_listing_that_changes_on_the_way_is_read_again_later(
    open_session: Open, server: LoopbackServer, tmp_path: Path
) -> None:
    resource = pages(server, {"total": 3, "a": 1}, {"total": 4, "a": 2})
    with pytest.raises(SourceBusy, match="the listing changed") as caught:
        open_session().download(resource, tmp_path / "out", {})
    assert (caught.value.facts["hits_before"], caught.value.facts["hits_now"]) == (3, 4)


def test_a_question_goes_by_post(open_session: Open, server: LoopbackServer) -> None:
    url = server.script("/find", Answer(b"[1]"))
    assert open_session().json(url, '{"a": 1}') == [1]
    assert open_session().json(url, "a=1") == [1]
    assert [(r.method, r.headers["Content-Type"], r.body) for r in server.seen] == [
        ("POST", "application/json", b'{"a": 1}'),
        ("POST", "application/x-www-form-urlencoded", b"a=1"),
    ]


def test_no_match_can_be_told_from_other_errors(open_session: Open, server: LoopbackServer) -> None:
    with pytest.raises(NotFound):
        open_session().json(server.url + "/nothing")
    url = server.script("/forbidden", Answer(status=403))
    with pytest.raises(SourceChanged, match="a key is needed"):
        open_session().json(url)


HEADER = KeyInHeader(kind="header", name="X-API-Key")
QUERY = KeyInQuery(kind="query", name="api_key")


def test_a_key_goes_to_its_own_host_only(
    open_session: Open, server: LoopbackServer, capfd: pytest.CaptureFixture[str]
) -> None:
    session = open_session(HEADER, api_key=SECRET)
    elsewhere = server.url.replace("127.0.0.1", "localhost")
    server.script("/file", Answer(b"{}"))
    server.script("/moved", Answer(status=302, headers={"Location": f"{elsewhere}/file"}))
    session.json(server.url + "/file")
    session.json(elsewhere + "/file")
    session.json(server.url + "/moved")
    keys = [(path, headers.get("X-API-Key")) for path, headers in server.requests]
    assert keys == [("/file", SECRET), ("/file", None), ("/moved", SECRET), ("/file", None)]
    assert SECRET not in "".join(capfd.readouterr())


def test_a_key_in_the_query_is_never_told(
    open_session: Open, server: LoopbackServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    session = open_session(QUERY, api_key=SECRET)
    url = server.script("/works?a=1&api_key=s3cr3t%2Fkey", Answer(b"{}"))
    assert session.json(f"{server.url}/works?a=1") == {}
    server.script("/late?api_key=s3cr3t%2Fkey", Answer(b"{}", delay=2))
    with pytest.raises(SourceDown) as caught:
        session.json(f"{server.url}/late")
    assert "s3cr3t" in url
    assert "s3cr3t" not in "".join(traceback.format_exception(caught.value))
    assert "s3cr3t" not in session.address(f"{server.url}/works?a=1")
    # Neither by what the libraries below log of their tries.
    assert len(server.requests) == 3
    assert "s3cr3t" not in caplog.text


def test_a_key_in_the_query_stays_with_its_host(open_session: Open, server: LoopbackServer) -> None:
    moved = server.url.replace("127.0.0.1", "localhost") + "/works?a=1&api_key=s3cr3t%2Fkey"
    server.script(
        "/works?a=1&api_key=s3cr3t%2Fkey", Answer(status=302, headers={"Location": moved})
    )
    server.script("/works?a=1", Answer(b"{}"))
    open_session(QUERY, api_key=SECRET).json(f"{server.url}/works?a=1")
    assert [path for path, _ in server.requests][1:] == ["/works?a=1"]


def test_a_key_stays_with_scheme_and_port(source: Source) -> None:
    own = source.model_copy(update={"auth": HEADER})
    given = Settings(sources={"reference": {"made_up": {"api_key": SECRET}}})
    keys = Keys(own, given, lambda url, form: "")
    for host, expected in (
        ("https://made-up.example", {"X-API-Key": SECRET}),
        ("http://made-up.example", {}),
        ("https://made-up.example:8443", {}),
    ):
        assert keys.attach(f"{host}/x", f"{host}/x") == (f"{host}/x", expected)


def test_a_form_with_a_secret_is_not_sent_on(open_session: Open, server: LoopbackServer) -> None:
    elsewhere = server.url.replace("127.0.0.1", "localhost")
    moved = Answer(status=307, headers={"Location": f"{elsewhere}/token"})
    declared = OAuth2(
        kind="oauth2", grant="client_credentials", token_url=server.script("/moved", moved)
    )
    with pytest.raises(SourceChanged, match="the endpoint of tokens leads elsewhere"):
        open_session(declared, client_id="me", client_secret=SECRET).json(server.url + "/x")
    assert [each.path for each in server.seen] == ["/moved"]


@pytest.mark.parametrize(
    "answer",
    [
        b"[]",
        b"<html>",
        b'{"access_token": null}',
        b'{"access_token": "a\\r\\nX: y"}',
        b'{"access_token": "a", "expires_in": "soon"}',
    ],
)
def test_an_answer_without_a_token_is_a_refusal(
    open_session: Open, server: LoopbackServer, answer: bytes
) -> None:
    token_url = server.script("/token", Answer(answer))
    declared = OAuth2(kind="oauth2", grant="client_credentials", token_url=token_url)
    with pytest.raises(ConfigError, match="no token for these credentials"):
        open_session(declared, client_id="me", client_secret=SECRET).json(server.url + "/x")


@pytest.mark.parametrize(
    "url",
    ["file:///etc/hostname", "ftp://example.org/x", "https://example.org/../x", "/etc/hostname"],
)
def test_an_address_off_the_web_is_not_fetched(
    open_session: Open, tmp_path: Path, url: str
) -> None:
    with pytest.raises(SourceChanged, match="expected an address of the web"):
        open_session().download(Resource(url, "x"), tmp_path / "out", {})


def test_a_source_cannot_lead_into_our_own_network(
    source: Source, lake_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("IPLAKE_MIRROR")
    with Session(source, Settings(tries=1)) as session:
        for host in ("169.254.169.254", "127.0.0.1:8080", "[::1]", "localhost", "2130706433"):
            with pytest.raises(SourceChanged, match="expected an address of the web"):
                session.json(f"http://{host}/latest")
        answer = requests.Response()
        answer.status_code, answer.url = 302, "https://made-up.example/list"
        answer.headers["Location"] = "http://169.254.169.254/latest"
        with pytest.raises(SourceChanged, match="a redirect leads away from the web"):
            WebSession().get_redirect_target(answer)


def test_a_short_answer_that_unpacks_to_a_long_one_is_refused(
    open_session: Open, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "MAX_ANSWER_BYTES", 1 << 16)
    packed = Answer(gzip.compress(b"0" * (1 << 20)), headers={"Content-Encoding": "gzip"})
    with pytest.raises(SourceChanged, match="longer than its bound"):
        open_session().json(server.script("/list", packed))


@pytest.mark.parametrize("page", [b"1", b"[1]", b"{}", b'{"next": 1}', b"{" * 100_000])
def test_a_page_of_another_form_is_a_change(
    open_session: Open, server: LoopbackServer, tmp_path: Path, page: bytes
) -> None:
    def following(request: Request, page: bytes) -> Request | None:
        return Request(text_of(json.loads(page)["next"]))

    resource = Resource(server.script("/list", Answer(page)), "x.zip", pages=Paging(following))
    with pytest.raises(SourceChanged, match="not of the form that it used to be"):
        open_session().download(resource, tmp_path / "out", {})


def test_a_mirror_gets_no_key_unless_it_is_trusted(
    source: Source, server: LoopbackServer, lake_home: Path
) -> None:
    own = source.model_copy(update={"auth": HEADER})
    server.script("/made-up.example/list", Answer(b"{}"))
    for mirror_keys in (False, True):
        chosen = Settings(
            mirror=server.url,
            mirror_keys=mirror_keys,
            sources={"reference": {"made_up": {"api_key": SECRET}}},
        )
        with Session(own, chosen) as session:
            session.json("https://made-up.example/list")
    assert [headers.get("X-API-Key") for _, headers in server.requests] == [None, SECRET]


def token_answer(token: str) -> Answer:
    return Answer(json.dumps({"access_token": token, "token_type": "Bearer"}).encode())


def test_a_token_is_fetched_once_and_renewed_when_it_has_ended(
    open_session: Open, server: LoopbackServer
) -> None:
    token_url = server.script("/token", token_answer("one"), token_answer("two"))
    declared = OAuth2(
        kind="oauth2",
        grant="client_credentials",
        token_url=token_url,
        client_id_header="X-IBM-Client-Id",
    )
    session = open_session(declared, client_id="me", client_secret=SECRET)
    url = server.script("/marks", Answer(b"1"), Answer(b"2"), Answer(status=401), Answer(b"3"))
    assert [session.json(url) for _ in range(3)] == [1, 2, 3]
    asked = [(path, headers.get("Authorization")) for path, headers in server.requests]
    assert asked == [
        ("/token", None),
        ("/marks", "Bearer one"),
        ("/marks", "Bearer one"),
        ("/marks", "Bearer one"),
        ("/token", None),
        ("/marks", "Bearer two"),
    ]
    assert (
        server.seen[0].body
        == b"grant_type=client_credentials&client_id=me&client_secret=s3cr3t%2Fkey"
    )
    assert server.requests[1][1]["X-IBM-Client-Id"] == "me"


def test_a_password_is_given_for_a_scope_and_by_a_client_if_there_is_one(
    open_session: Open, server: LoopbackServer
) -> None:
    token_url = server.script("/token", token_answer("one"))
    declared = OAuth2(kind="oauth2", grant="password", token_url=token_url, scope="openid")
    url = server.script("/marks", Answer(b"1"))
    open_session(declared, username="me", password=SECRET).json(url)
    open_session(declared, username="me", password=SECRET, client_id="site").json(url)
    asked = [each.body for each in server.seen if each.body]
    form = b"grant_type=password&username=me&password=s3cr3t%2Fkey&scope=openid"
    assert sorted(asked[0].split(b"&")) == sorted(form.split(b"&"))
    assert sorted(asked[1].split(b"&")) == sorted([*form.split(b"&"), b"client_id=site"])


def test_credentials_that_are_refused_or_missing_are_named(
    open_session: Open, server: LoopbackServer
) -> None:
    token_url = server.script("/token", Answer(b'{"error": "invalid_client"}', status=401))
    declared = OAuth2(kind="oauth2", grant="password", token_url=token_url)
    with pytest.raises(ConfigError, match="no token for these credentials"):
        open_session(declared, username="me", password=SECRET).json(server.url + "/x")
    with pytest.raises(ConfigError, match="IPLAKE_SOURCES__REFERENCE__MADE_UP__PASSWORD"):
        open_session(declared, username="me").json(server.url + "/x")


def test_a_redirect_off_the_web_is_not_followed(open_session: Open, server: LoopbackServer) -> None:
    url = server.script("/moved", Answer(status=302, headers={"Location": "file:///etc/hostname"}))
    with pytest.raises(SourceChanged, match="a redirect leads away from the web"):
        open_session().json(url)


def test_redirects_in_a_circle_end(open_session: Open, server: LoopbackServer) -> None:
    url = server.script("/moved", Answer(status=302, headers={"Location": "/moved"}))
    with pytest.raises(SourceChanged, match="in a circle"):
        open_session().json(url)


def test_a_trickle_is_given_up(open_session: Open, server: LoopbackServer, tmp_path: Path) -> None:
    url = server.script("/slow", Answer(b"x" * 100, pause=0.1))
    with pytest.raises(SourceDown, match="only trickles"):
        open_session().download(Resource(url, "slow"), tmp_path / "out", {})


def test_a_rest_of_another_file_is_not_taken(
    open_session: Open, server: LoopbackServer, tmp_path: Path
) -> None:
    one, two = {"ETag": '"one"'}, {"ETag": '"two"'}
    url = server.script(
        "/file",
        Answer(b"a" * 1000, headers=one, cut=500),
        Answer(b"b" * 500, status=206, headers=two | {"Content-Range": "bytes 500-999/1000"}),
        Answer(b"b" * 1000, headers=two),
    )
    session = open_session()
    with pytest.raises(SourceDown, match="changed while it was fetched"):
        session.download(Resource(url, "file"), tmp_path / "out", {})
    session.download(Resource(url, "file"), tmp_path / "out", {})
    assert (tmp_path / "out").read_bytes() == b"b" * 1000


def test_a_page_with_others_below_it_is_kept_as_an_index(tmp_path: Path) -> None:
    url = "https://example.org/products/32"
    assert mirrored(url, str(tmp_path)) == (tmp_path / "example.org/products/32").as_uri()
    (tmp_path / "example.org/products/32/delivery").mkdir(parents=True)
    kept = tmp_path / "example.org/products/32/index.html"
    assert mirrored(url, str(tmp_path)) == kept.as_uri()

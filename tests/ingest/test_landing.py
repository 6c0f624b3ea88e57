"""Landing: what the raw store keeps, and what it refuses to take for data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import landing, session
from ingest.session import Session
from iplake import lake
from iplake.contract import Resource
from iplake.declaration import Column, Endpoint, Licence, Range, Source, Table, Text
from iplake.errors import SourceBusy, SourceChanged, SourceDown
from iplake.manifest import Manifest, snapshots
from iplake.settings import Settings, settings
from tests.conftest import Answer, LoopbackServer

BODY = b"name;value\n" + b"".join(b"row %d;1\n" % number for number in range(20_000))


@pytest.fixture
def source() -> Source:
    return Source(
        domain="reference",
        name="made_up",
        title=Text(en="Made up", zh="虚构"),
        publisher="Nobody",
        licence=Licence(name="CC0", republish="yes"),
        citation="Nobody",
        terms="none",
        cadence="daily",
        revision="replaces",
        endpoint=Endpoint(base_url="https://made-up.example/"),
        tables={
            "things": Table(
                grain="one row per thing",
                grain_zh="每物一行",
                key=("_record_number",),
                columns={"name": Column(type="string", doc="Name.", doc_zh="名称")},
                rows={"sample": Range(), "real": Range(), "live": Range()},
            )
        },
    )


@pytest.fixture
def http(
    source: Source, server: LoopbackServer, lake_home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Session]:
    monkeypatch.delenv("IPLAKE_MIRROR")
    settings.cache_clear()
    own = source.model_copy(update={"endpoint": Endpoint(base_url=server.url + "/")})
    with Session(own, Settings(timeout_seconds=5, tries=2, backoff_seconds=0.01)) as opened:
        yield opened


def land(http: Session, source: Source, resource: Resource) -> Manifest:
    newest = {manifest.request: manifest for manifest in snapshots(source)}
    return landing.land(http, source, resource, newest.get(resource.request))


def landed_files(source: Source) -> list[str]:
    return sorted(path.name for path in lake.raw(source).glob("*/*"))


def test_lands_bytes_as_received_with_a_manifest(
    http: Session, source: Source, server: LoopbackServer
) -> None:
    url = server.script("/things.csv", Answer(BODY, headers={"ETag": '"one"'}))
    manifest = land(http, source, Resource(url, "things.csv"))
    file = landing.raw_file(source, manifest.snapshot_id)
    assert file.path.read_bytes() == BODY
    assert manifest.sha256 == hashlib.sha256(BODY).hexdigest()
    assert (manifest.size, manifest.status, manifest.licence) == (len(BODY), 200, "CC0")
    assert landed_files(source) == ["manifest.json", "things.csv"]
    assert not list(lake.scratch().iterdir())


def test_unchanged_file_is_not_fetched_again(
    http: Session, source: Source, server: LoopbackServer
) -> None:
    url = server.script("/things.csv", Answer(BODY, headers={"ETag": '"one"'}), Answer(status=304))
    first = land(http, source, Resource(url, "things.csv"))
    second = land(http, source, Resource(url, "things.csv"))
    assert first == second
    assert [headers.get("If-None-Match") for _, headers in server.requests] == [None, '"one"']


def test_other_bytes_make_a_new_snapshot_and_the_older_one_stays(
    http: Session, source: Source, server: LoopbackServer
) -> None:
    url = server.script("/things.csv", Answer(BODY), Answer(BODY + b"one more;1\n"))
    ids = {land(http, source, Resource(url, "things.csv")).snapshot_id for _ in range(3)}
    assert len(ids) == 2
    assert {path.name for path in lake.raw(source).iterdir()} == ids


def test_broken_transfer_resumes_where_it_stopped(
    http: Session, source: Source, server: LoopbackServer
) -> None:
    tag = {"ETag": '"one"'}
    cut = 2 * session.CHUNK + 9
    span = {"Content-Range": f"bytes {cut}-{len(BODY) - 1}/{len(BODY)}"}
    rest = Answer(BODY[cut:], status=206, headers=tag | span)
    url = server.script("/things.csv", Answer(BODY, headers=tag, cut=cut), rest)
    manifest = land(http, source, Resource(url, "things.csv"))
    assert manifest.sha256 == hashlib.sha256(BODY).hexdigest()
    asked = [headers.get("Range") for _, headers in server.requests]
    assert asked == [None, f"bytes={cut}-"]
    assert server.requests[1][1]["If-Range"] == '"one"'


def test_transfer_that_stays_broken_leaves_nothing(
    http: Session, source: Source, server: LoopbackServer
) -> None:
    url = server.script("/things.csv", Answer(BODY, cut=10))
    with pytest.raises(SourceDown, match=r"broke off|not whole"):
        land(http, source, Resource(url, "things.csv"))
    assert landed_files(source) == []


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b""),
        Answer(BODY, status=203),
        Answer(status=204),
        Answer(status=304),
        Answer(BODY[:9], status=206),
        Answer(BODY[:9], status=206, headers={"Content-Range": f"bytes 0-8/{len(BODY)}"}),
        Answer(BODY, headers={"Content-Length": "1005"}),
    ],
    ids=["empty", "203", "204", "304 unasked", "206 unasked", "206 with span", "cut in a line"],
)
def test_what_is_no_whole_file_is_not_landed(
    http: Session, source: Source, server: LoopbackServer, answer: Answer
) -> None:
    url = server.script("/things.csv", answer)
    with pytest.raises(SourceChanged, match=r"expected a whole file|is damaged or cut off"):
        land(http, source, Resource(url, "things.csv"))
    assert landed_files(source) == []


def test_a_last_line_without_end_is_vouched_for_by_a_checksum(
    http: Session, source: Source, server: LoopbackServer
) -> None:
    url = server.script("/things.csv", Answer(BODY[:-1]))
    checksum = f"sha256:{hashlib.sha256(BODY[:-1]).hexdigest()}"
    manifest = land(http, source, Resource(url, "things.csv", checksum))
    assert manifest.size == len(BODY) - 1


def test_an_answer_that_is_still_being_made_is_asked_for_again(
    http: Session, source: Source, server: LoopbackServer
) -> None:
    url = server.script("/things.csv", Answer(b"wait", status=202))
    with pytest.raises(SourceBusy, match="still being made"):
        land(http, source, Resource(url, "things.csv"))


def test_a_rest_that_is_not_the_whole_rest_is_not_taken(
    http: Session, source: Source, server: LoopbackServer
) -> None:
    tag = {"ETag": '"one"'}
    cut = 2 * session.CHUNK
    span = {"Content-Range": f"bytes {cut}-{cut + 999}/{len(BODY)}"}
    part = Answer(BODY[cut : cut + 1000], status=206, headers=tag | span)
    url = server.script("/things.csv", Answer(BODY, headers=tag, cut=cut), part)
    with pytest.raises(SourceDown, match="changed while it was fetched"):
        land(http, source, Resource(url, "things.csv"))
    assert landed_files(source) == []


def test_a_source_that_goes_back_to_an_older_file_has_that_as_its_newest(
    http: Session, source: Source, server: LoopbackServer
) -> None:
    contents = [b"a\n", b"b\n", b"a\n", b"a\n", b"b\n"]
    url = server.script("/things.csv", *map(Answer, contents))
    ids: list[str] = []
    for content in contents:
        ids.append(land(http, source, Resource(url, "things.csv")).snapshot_id)
        newest = snapshots(source)[-1]
        assert newest.sha256 == hashlib.sha256(content).hexdigest()
        assert newest.snapshot_id == ids[-1]
    # The third is the first again, under an id of its own; the fourth is what lies there.
    assert len(set(ids)) == 4
    assert ids[2] == ids[3]


@pytest.mark.parametrize("page", [b"<!DOCTYPE html><p>Sorry", b"\xef\xbb\xbf \n<HTML><body>no"])
def test_html_page_with_status_200_is_no_data(
    http: Session, source: Source, server: LoopbackServer, page: bytes
) -> None:
    url = server.script("/things.csv", Answer(page))
    with pytest.raises(SourceChanged, match="found an HTML page; open the address") as caught:
        land(http, source, Resource(url, "things.csv"))
    assert caught.value.facts["url"] == url
    assert landed_files(source) == []


def test_file_that_differs_from_its_checksum_is_refused(
    http: Session, source: Source, server: LoopbackServer
) -> None:
    url = server.script("/things.csv", Answer(BODY))
    resource = Resource(url, "things.csv", f"md5:{hashlib.md5(b'other').hexdigest()}")
    with pytest.raises(SourceChanged, match="not what its publisher's checksum says"):
        land(http, source, resource)
    right = Resource(url, "things.csv", f"md5:{hashlib.md5(BODY).hexdigest()}")
    assert land(http, source, right).size == len(BODY)


def test_landed_file_that_was_touched_is_refused(
    http: Session, source: Source, server: LoopbackServer
) -> None:
    url = server.script("/things.csv", Answer(BODY))
    manifest = land(http, source, Resource(url, "things.csv"))
    (lake.raw(source) / manifest.snapshot_id / "things.csv").write_bytes(BODY[:-1])
    with pytest.raises(SourceChanged, match="remove the snapshot and land it again") as caught:
        landing.raw_file(source, manifest.snapshot_id)
    assert caught.value.facts["expected_sha256"] == manifest.sha256


def test_busy_source_is_asked_again_after_retry_after(
    http: Session, source: Source, server: LoopbackServer
) -> None:
    busy = Answer(status=429, headers={"Retry-After": "0"})
    url = server.script("/things.csv", busy, Answer(BODY))
    assert land(http, source, Resource(url, "things.csv")).size == len(BODY)
    assert len(server.requests) == 2


def test_source_that_stays_busy_is_retryable(
    http: Session, source: Source, server: LoopbackServer
) -> None:
    url = server.script("/things.csv", Answer(status=429, headers={"Retry-After": "0"}))
    with pytest.raises(SourceBusy, match="asked to slow down") as caught:
        land(http, source, Resource(url, "things.csv"))
    assert caught.value.facts["status"] == 429


def test_missing_file_needs_a_person(http: Session, source: Source, server: LoopbackServer) -> None:
    with pytest.raises(SourceChanged, match="look whether the address moved"):
        land(http, source, Resource(server.url + "/gone.csv", "gone.csv"))


def test_challenge_page_instead_of_json_is_busy(http: Session, server: LoopbackServer) -> None:
    url = server.script("/list", Answer(b"<html>prove that you are human</html>"))
    with pytest.raises(SourceBusy, match="expected JSON"):
        http.json(url)


@pytest.mark.parametrize("name", ["../evil", "a/b", "", "..", "manifest.json", "a\\b"])
def test_names_that_leave_the_folder_are_refused(name: str) -> None:
    with pytest.raises(SourceChanged, match="expected a plain file name"):
        landing.safe_name(name)

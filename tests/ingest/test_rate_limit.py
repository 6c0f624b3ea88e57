"""The rate limit of a declaration holds towards a server, and not towards a folder."""

from __future__ import annotations

import time
from pathlib import Path

from ingest.session import Session
from iplake import registry
from iplake.declaration import Endpoint, RateLimit, Source
from iplake.settings import Settings
from tests.conftest import Answer, LoopbackServer


def limited(requests: int, per: str, base_url: str = "https://office.example/") -> Source:
    """Return a declared source with another rate limit, and another host."""
    limit = RateLimit.model_validate({"requests": requests, "per": per})
    changed = {"rate_limit": limit, "endpoint": Endpoint(base_url=base_url)}
    return registry.get("reference/gleif").model_copy(update=changed)


def test_requests_to_a_server_are_held_back(server: LoopbackServer, lake_home: Path) -> None:
    url = server.script("/list", Answer(b"listing"))
    started = time.monotonic()
    with Session(
        limited(3, "second", server.url), Settings(mirror=None, timeout_seconds=5)
    ) as session:
        answers = [session.text(url) for _ in range(4)]
    assert answers == ["listing"] * 4
    assert time.monotonic() - started >= 0.9


def test_requests_of_a_minute_are_spread_over_it(server: LoopbackServer, lake_home: Path) -> None:
    url = server.script("/list", Answer(b"listing"))
    started = time.monotonic()
    with Session(
        limited(40, "minute", server.url), Settings(mirror=None, timeout_seconds=5)
    ) as session:
        answers = [session.text(url) for _ in range(3)]
    assert answers == ["listing"] * 3
    # Two in three seconds, so that the third has to wait.
    assert time.monotonic() - started >= 2.5


def test_a_folder_needs_no_sparing(lake_home: Path, tmp_path: Path) -> None:
    (tmp_path / "office.example").mkdir()
    (tmp_path / "office.example" / "list").write_text("listing", encoding="utf-8")
    started = time.monotonic()
    with Session(limited(1, "hour"), Settings(mirror=str(tmp_path))) as session:
        answers = [session.text("https://office.example/list") for _ in range(3)]
    assert answers == ["listing"] * 3
    assert time.monotonic() - started < 5

"""Landing through the lake: drop folders, terms, and files that fail beside files that land."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from iplake import lake, registry
from iplake.declaration import Access, Source
from iplake.errors import ConfigError, NotFound, SourceChanged
from iplake.manifest import snapshots
from iplake.settings import settings
from tests.conftest import Answer, LoopbackServer, use_samples
from warehouse import refresh

GAZETTE = registry.get("patents/cnipa_gazette")
GRANTS = registry.get("patents/uspto_grants")
RENEWALS = registry.get("copyrights/nypl_renewals")


@pytest.fixture
def live(lake_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a lake without a mirror."""
    monkeypatch.delenv("IPLAKE_MIRROR")
    settings.cache_clear()
    return lake_home


def test_a_drop_folder_is_what_its_source_offers(live: Path) -> None:
    folder = lake.ensure(lake.inbox(GAZETTE))
    for name in ("one.csv", "two.csv"):
        (folder / name).write_text(f"made up {name}", encoding="utf-8")
    assert len(refresh.land(GAZETTE.address)) == 2
    assert [manifest.url for manifest in sorted(snapshots(GAZETTE), key=lambda m: m.url)] == [
        "inbox://patents/cnipa_gazette/one.csv",
        "inbox://patents/cnipa_gazette/two.csv",
    ]
    (folder / "two.csv").write_text("made up again", encoding="utf-8")
    assert len(refresh.land(GAZETTE.address)) == 2
    assert len(snapshots(GAZETTE)) == 3


def test_a_delivery_is_checked_against_its_checksums(live: Path) -> None:
    folder = lake.ensure(lake.inbox(GAZETTE))
    (folder / "one.csv").write_text("made up", encoding="utf-8")
    sum_ = hashlib.sha256(b"other").hexdigest()
    (folder / "SHA256SUMS").write_text(f"{sum_}  one.csv\n", encoding="utf-8")
    with pytest.raises(SourceChanged, match="not what its publisher's checksum says"):
        refresh.land(GAZETTE.address)
    assert snapshots(GAZETTE) == []


def test_an_empty_drop_folder_says_what_to_put_where(live: Path) -> None:
    with pytest.raises(
        ConfigError, match="its drop folder is empty; put its files there"
    ) as caught:
        refresh.land(GAZETTE.address)
    assert caught.value.facts["folder"] == lake.inbox(GAZETTE)
    assert GAZETTE.access
    assert caught.value.facts["reason"] == GAZETTE.access.reason


def test_terms_that_forbid_programs_are_kept(live: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forbidden = RENEWALS.model_copy(
        update={"access": Access(automated=False, reason="the terms say so")}
    )
    monkeypatch.setattr(registry, "get", lambda address: forbidden)
    with pytest.raises(ConfigError, match="do not let a program fetch") as caught:
        refresh.land(RENEWALS.address)
    assert caught.value.facts["reason"] == "the terms say so"


def test_a_file_that_is_gone_does_not_keep_back_the_others(
    lake_home: Path, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = "/epub.cnipa.gov.cn/delivery"
    sums = "".join(
        f"{hashlib.sha256(name.encode()).hexdigest()}  {name}.csv\n" for name in ("a", "b", "c")
    )
    server.script(f"{base}/SHA256SUMS", Answer(sums.encode()))
    for name in ("a", "c"):
        server.script(f"{base}/{name}.csv", Answer(name.encode()))
    monkeypatch.setenv("IPLAKE_MIRROR", server.url)
    settings.cache_clear()
    with pytest.raises(NotFound) as caught:
        refresh.land(GAZETTE.address)
    assert str(caught.value.facts["url"]).endswith("/b.csv")
    assert sorted(manifest.name for manifest in snapshots(GAZETTE)) == ["a.csv", "c.csv"]


def test_what_landed_is_staged_though_another_file_is_gone(
    lake_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh.land(RENEWALS.address)

    def land(address: str) -> list[str]:
        raise NotFound("a file is gone", url="https://x.example/gone")

    monkeypatch.setattr(refresh, "land", land)
    with pytest.raises(NotFound, match="a file is gone"):
        refresh.refresh_source(RENEWALS.address, lambda what: None)
    assert refresh.counts(RENEWALS)["renewals"].staged > 600
    assert lake.failure(RENEWALS).exists()


ALL = (None, None)
LATER = (date(2010, 1, 1), None)
EARLIER = (None, date(2009, 12, 31))
ONE_YEAR = (date(2005, 1, 1), date(2005, 12, 31))


@pytest.mark.parametrize(
    "windows",
    [[LATER, EARLIER], [EARLIER, LATER], [ONE_YEAR, ALL, ONE_YEAR], [ALL, ALL, LATER]],
    ids=["later first", "earlier first", "overlapping", "again"],
)
def test_a_backfill_gives_the_same_raw_store_whatever_the_order_or_the_tries(
    windows: list[tuple[date | None, date | None]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use_samples(monkeypatch, tmp_path / "at once")
    refresh.land(GRANTS.address)
    at_once = raw_store(GRANTS)
    assert len(at_once) >= 10
    use_samples(monkeypatch, tmp_path / "by windows")
    for since, until in windows:
        refresh.land(GRANTS.address, since, until)
    assert raw_store(GRANTS) == at_once
    settings.cache_clear()


def raw_store(source: Source) -> dict[str, tuple[str, dict[str, object]]]:
    """Return file digest and manifest of each snapshot, but for when it was fetched."""
    store = {}
    for manifest in snapshots(source):
        folder = lake.raw(source) / manifest.snapshot_id
        facts = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        # A copied file's day is not the office's.
        del facts["fetched_at"], facts["headers"]
        found = hashlib.sha256((folder / manifest.name).read_bytes()).hexdigest()
        store[manifest.snapshot_id] = (found, facts)
    return store


def test_a_window_lands_only_the_files_of_its_days(lake_home: Path) -> None:
    refresh.land(GRANTS.address, *ONE_YEAR)
    names = [manifest.name for manifest in snapshots(GRANTS)]
    assert names
    assert all(name.startswith("ipg05") for name in names)

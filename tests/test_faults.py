"""Every connector against every fault: the right error or a complete landing, within bounds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from ingest import session
from iplake import lake, registry
from iplake.contract import Paging, Request
from iplake.errors import LakeError, SourceBusy, SourceChanged, SourceDown
from iplake.manifest import Manifest, snapshots
from iplake.settings import settings
from tests.conftest import ROOT
from tests.hostile import TOKEN, Fault, hostile_mirror
from warehouse import refresh

ADDRESSES = list(registry.sources())
SAMPLES = ROOT / "samples"
TRIES = 2
MOST_SECONDS = 20
MOST_REQUESTS_EACH = TRIES * TRIES + 30
"""For each address asked: its tries, or the thirty redirects after which a circle is seen."""

KEYS = {
    name: f"s3cr3t-{name}"
    for name in ("api_key", "client_id", "client_secret", "username", "password")
}
SECRETS = (*KEYS.values(), TOKEN)

Outcome = str | type[LakeError]
COMPLETE = "complete"
EXPECTED: dict[Fault, tuple[Outcome, ...]] = {
    Fault.NONE: (COMPLETE,),
    Fault.BUSY: (SourceBusy,),
    Fault.BUSY_ONCE_RETRY_AFTER: (COMPLETE,),
    Fault.UNAVAILABLE: (SourceBusy,),
    Fault.SLOW_FIRST_BYTE: (SourceDown,),
    Fault.SLOW_TRICKLE: (SourceDown,),
    Fault.CUT_ONCE: (COMPLETE,),
    Fault.CUT: (SourceDown,),
    Fault.WRONG_LENGTH: (SourceDown,),
    Fault.CHANGED_TAG: (COMPLETE, SourceDown),
    Fault.TRUNCATED_GZIP: (SourceDown, SourceChanged),
    Fault.HTML_PAGE: (SourceBusy, SourceChanged),
    Fault.EXPIRED_TOKEN: (SourceChanged,),
    Fault.REDIRECT_LOOP: (SourceChanged,),
    Fault.OTHER_HOST: (COMPLETE,),
    Fault.MISSING_FILE: (SourceChanged,),
    Fault.CHANGING_LIST: (SourceBusy,),
    Fault.DUPLICATE_PAGE: (SourceChanged,),
    Fault.ENDLESS_CURSOR: (SourceChanged,),
    Fault.WRONG_CHARSET: (COMPLETE,),
}
SLOW = {Fault.SLOW_FIRST_BYTE, Fault.SLOW_TRICKLE}
NEEDS_MORE_THAN_ONE_FILE = {Fault.MISSING_FILE}
NEEDS_PAGES = {Fault.CHANGING_LIST, Fault.DUPLICATE_PAGE, Fault.ENDLESS_CURSOR}
"""A source that is not harvested in pages does not meet these, and lands whole."""


@pytest.fixture(autouse=True)
def _quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give each cell a lake of its own, short waits, and trust in the mirror."""
    monkeypatch.setenv("IPLAKE_HOME", str(tmp_path / "lake"))
    monkeypatch.setenv("IPLAKE_PROFILE", "sample")
    # A busy machine is not a slow source.
    monkeypatch.setenv("IPLAKE_TIMEOUT_SECONDS", "10")
    monkeypatch.setenv("IPLAKE_TRIES", str(TRIES))
    monkeypatch.setenv("IPLAKE_BACKOFF_SECONDS", "0.01")
    monkeypatch.setenv("IPLAKE_MIRROR_KEYS", "true")
    # A loopback server needs no sparing.
    monkeypatch.setattr(session, "limited_session", lambda limit: session.WebSession())
    yield
    settings.cache_clear()


def land(address: str, mirror: str, patch: pytest.MonkeyPatch) -> None:
    """Land a source from a mirror, with keys of every kind in the settings."""
    domain, _, name = address.upper().partition("/")
    for key, value in KEYS.items():
        patch.setenv(f"IPLAKE_SOURCES__{domain}__{name}__{key.upper()}", value)
    patch.setenv("IPLAKE_MIRROR", mirror)
    settings.cache_clear()
    refresh.land(address)


def fingerprints(landed: list[Manifest]) -> set[tuple[str, str | None, str]]:
    return {(each.url, each.body, each.sha256) for each in landed}


@dataclass(frozen=True)
class Whole:
    """What a source lands where nothing goes wrong: files, first pages, and how many pages more."""

    landed: frozenset[tuple[str, str | None, str]]
    paged: frozenset[str]
    later_pages: int


@cache
def whole_of(address: str, home: Path) -> Whole:
    """Land a source from the folder of samples itself."""
    asked: list[str] = []
    firsts: list[str] = []
    harvest, answer = session.Session._harvest, session.Session._answer

    def place(own: session.Session, request: Request) -> str:
        path = unquote(urlsplit(own.address(request.url, request.body)).path)
        return Path(path).relative_to(SAMPLES.resolve()).as_posix()

    def harvesting(own: session.Session, first: Request, pages: Paging, target: Path) -> None:
        before = len(asked)
        harvest(own, first, pages, target)
        firsts.append(asked[before])
        del asked[before]

    def answering(own: session.Session, request: Request) -> bytes:
        asked.append(place(own, request))
        return answer(own, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session.Session, "_harvest", harvesting)
        patch.setattr(session.Session, "_answer", answering)
        patch.setenv("IPLAKE_HOME", str(home / "whole"))
        land(address, str(SAMPLES), patch)
        found = frozenset(fingerprints(snapshots(registry.get(address))))
    assert found
    kinds = {each.partition("@")[0] for each in firsts}
    later = [each for each in asked if each.partition("@")[0] in kinds]
    return Whole(found, frozenset(firsts), len(later))


def expected(fault: Fault, whole: Whole) -> tuple[Outcome, ...]:
    """Return what may come of a fault at a source; what it does not meet, it lands through."""
    if fault in NEEDS_PAGES and not whole.later_pages:
        return (COMPLETE,)
    if fault in NEEDS_MORE_THAN_ONE_FILE and len(whole.landed) == 1:
        return (COMPLETE, *EXPECTED[fault])
    return EXPECTED[fault]


def cells() -> Iterator[object]:
    """Yield every source against every fault; each fourth diagonal is quick, the others wait."""
    for row, address in enumerate(ADDRESSES):
        for column, fault in enumerate(Fault):
            marks = () if (row + column) % 4 == 0 else pytest.mark.slow
            yield pytest.param(
                address, fault, marks=marks, id=f"{address}-{fault}".replace(" ", "-")
            )


@pytest.mark.parametrize(("address", "fault"), cells())
def test_a_cell(
    address: str,
    fault: Fault,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    whole = whole_of(address, tmp_path_factory.getbasetemp() / address)
    if fault in SLOW:
        monkeypatch.setenv("IPLAKE_TIMEOUT_SECONDS", "0.3")
    outcome: Outcome = COMPLETE
    told = ""
    began = time.monotonic()
    with hostile_mirror(SAMPLES, fault, whole.paged) as mirror:
        try:
            land(address, mirror.url, monkeypatch)
        except LakeError as error:
            outcome, told = type(error), str(error)
    seconds = time.monotonic() - began
    landed = snapshots(registry.get(address))
    classes = outcome.__mro__ if isinstance(outcome, type) else (outcome,)
    assert set(classes) & set(expected(fault, whole)), f"{outcome}: {told}"
    # No file counts as landed that is not whole, and nothing is left lying about.
    assert fingerprints(landed) <= whole.landed
    if outcome == COMPLETE:
        assert fingerprints(landed) == whole.landed
    assert list(lake.scratch().iterdir()) == []
    # Bounds of time and requests.
    assert seconds < MOST_SECONDS
    questions = {path for _, path, _ in mirror.seen}
    assert 0 < len(mirror.seen) <= len(questions) * MOST_REQUESTS_EACH
    # Keys stay with their host, and are told to nobody.
    told += "".join(capfd.readouterr()) + str(landed)
    assert [secret for secret in SECRETS if secret in told] == []
    elsewhere = [headers for host, _, headers in mirror.seen if host not in mirror.url]
    assert (fault is Fault.OTHER_HOST) == bool(elsewhere)
    for headers in elsewhere:
        values = " ".join(headers.values())
        assert [secret for secret in SECRETS if secret in values] == []


def test_the_page_faults_are_met_by_someone(tmp_path_factory: pytest.TempPathFactory) -> None:
    base = tmp_path_factory.getbasetemp()
    paged = [each for each in ADDRESSES if whole_of(each, base / each).later_pages]
    assert len(paged) >= LEAST_PAGED


LEAST_PAGED = 4

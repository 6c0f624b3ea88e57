"""Every connector against every fault: the right error or a complete landing, within bounds."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from ingest import session
from ingest.web import WebSession
from iplake import lake, registry
from iplake.contract import Paging, Request
from iplake.errors import LakeError, SourceBusy, SourceChanged, SourceDown
from iplake.manifest import Manifest, snapshots
from iplake.settings import settings
from tests.conftest import ROOT
from tests.hostile import TOKEN, Fault, hostile_mirror
from tests.longer_listings import with_longer_listings
from warehouse import refresh

ADDRESSES = list(registry.sources())
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
    Fault.SHORT_LENGTH: (SourceBusy, SourceChanged),
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
    monkeypatch.setattr(session, "limited_session", lambda limit: WebSession())
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


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of the bundled samples, in which whoever pages has pages."""
    return with_longer_listings(ROOT / "samples", tmp_path_factory.mktemp("mirror") / "samples")


@cache
def whole_of(address: str, samples: Path, home: Path) -> Whole:
    """Land a source from the folder of samples itself."""
    asked: list[str] = []
    firsts: list[str] = []
    later: list[str] = []
    harvest, answer = session.Session._harvest, session.Session._answer

    def place(own: session.Session, request: Request) -> str:
        path = unquote(urlsplit(own.address(request.url, request.body)).path)
        return Path(path).relative_to(samples).as_posix()

    def harvesting(own: session.Session, first: Request, pages: Paging, target: Path) -> None:
        before = len(asked)
        harvest(own, first, pages, target)
        firsts.append(asked[before])
        later.extend(asked[before + 1 :])

    def answering(own: session.Session, request: Request) -> bytes:
        asked.append(place(own, request))
        return answer(own, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session.Session, "_harvest", harvesting)
        patch.setattr(session.Session, "_answer", answering)
        patch.setenv("IPLAKE_HOME", str(home / "whole"))
        land(address, str(samples), patch)
        found = frozenset(fingerprints(snapshots(registry.get(address))))
    assert found
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


@pytest.mark.parametrize(("address", "fault"), list(cells()))
def test_a_cell(
    address: str,
    fault: Fault,
    samples: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    whole = whole_of(address, samples, tmp_path_factory.getbasetemp() / address)
    if fault in SLOW:
        monkeypatch.setenv("IPLAKE_TIMEOUT_SECONDS", "0.3")
    outcome: Outcome = COMPLETE
    told = ""
    began = time.monotonic()
    with hostile_mirror(samples, fault, whole.paged) as mirror:
        try:
            land(address, mirror.url, monkeypatch)
        except LakeError as error:
            outcome, told = type(error), "".join(traceback.format_exception(error))
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
    questions = {each.path for each in mirror.seen}
    assert 0 < len(mirror.seen) <= len(questions) * MOST_REQUESTS_EACH
    # Keys stay with their host, and are told to nobody.
    told += "".join(capfd.readouterr()) + caplog.text + str(landed)
    assert [secret for secret in SECRETS if secret in told] == []
    elsewhere = [each for each in mirror.seen if each.host not in mirror.url]
    assert (fault is Fault.OTHER_HOST) == bool(elsewhere)
    for each in elsewhere:
        whole_request = " ".join((each.query, *each.headers.values(), each.body))
        assert [secret for secret in SECRETS if secret in whole_request] == []
    # And that they were kept back means that there were some.
    if registry.get(address).auth:
        assert [each for each in mirror.seen if set(SECRETS) & set(each.spoken())]


def test_whoever_pages_meets_the_faults_of_pages(
    samples: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    base = tmp_path_factory.getbasetemp()
    met = {each for each in ADDRESSES if whole_of(each, samples, base / each).later_pages}
    assert met >= {
        "economy/worldbank",
        "literature/arxiv",
        "literature/crossref",
        "literature/openalex",
        "patents/uspto_file_wrapper",
        "patents/uspto_ptab",
        "standards/china_standards",
        "trademarks/euipo_designs",
        "trademarks/euipo_trademarks",
    }

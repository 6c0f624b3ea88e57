"""What tests share: a lake of their own, the real files if they are there, a loopback server."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import polars as pl
import pytest

from iplake import registry
from iplake.settings import settings
from warehouse import refresh
from warehouse.staging import Count

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "real"
# Run by an interpreter of its own, that has Spark.
collect_ignore = ["spark/build_on_spark.py", "spark/score_on_spark.py"]


def staged(address: str, folder: Path, content: bytes) -> dict[str, Count]:
    """Stage one file of the given bytes into `<folder>/out`; return the counts by table."""
    path = folder / "input"
    path.write_bytes(content)
    return refresh.stage_files(address, [path], folder / "out", jobs=1)


def refused(folder: Path) -> list[tuple[str, str]]:
    """Return reason and locator of what `staged` refused, in their order."""
    rows = pl.read_parquet(folder / "out" / "quarantine.parquet")
    return rows.select("reason_code", "locator").rows()


@dataclass
class Pages:
    """A fetcher of scripted answers, by their URL, and `@` their body if they have one."""

    answers: dict[str, object]

    def json(self, url: str, body: str | None = None) -> object:
        """Return the answer as a decoded JSON value."""
        return self.answers[url if body is None else f"{url}@{body}"]

    def text(self, url: str, body: str | None = None) -> str:
        """Return the answer as text."""
        return str(self.json(url, body))


def land_and_stage(address: str) -> None:
    """Land all files of a source from the mirror in the settings, and stage them."""
    for snapshot in refresh.land(address):
        refresh.stage(address, snapshot)


@pytest.fixture(scope="session")
def real() -> Path:
    """Return the folder with real files of the offices; skip, with the reason, without it."""
    if not REAL.is_dir():
        pytest.skip(f"no real files: {REAL.relative_to(ROOT.parent)} is absent beside the project")
    return REAL


@pytest.fixture
def lake_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the test an empty lake of its own, fed from the bundled samples."""
    use_samples(monkeypatch, tmp_path / "lake")
    yield tmp_path / "lake"
    settings.cache_clear()


@pytest.fixture
def staged_samples(lake_home: Path) -> Path:
    """Give the test a lake in which all samples are staged, and nothing is built."""
    for address in registry.sources():
        land_and_stage(address)
    return lake_home


def use_samples(patch: pytest.MonkeyPatch, home: Path) -> None:
    """Make a folder the lake, fed from the bundled samples."""
    patch.setenv("IPLAKE_HOME", str(home))
    patch.setenv("IPLAKE_MIRROR", str(ROOT / "samples"))
    patch.setenv("IPLAKE_PROFILE", "sample")
    settings.cache_clear()


@dataclass
class Answer:
    """One scripted answer of the loopback server; `cut` sends only so many bytes of the body.

    `delay` are the seconds before the first byte, `pause` those between single bytes.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    delay: float = 0
    pause: float = 0


@dataclass(frozen=True)
class Seen:
    """One request that the loopback server saw."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class LoopbackServer:
    """A real HTTP server whose answers a test scripts, path by path, and whose requests it sees."""

    url: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)

    @property
    def requests(self) -> list[tuple[str, dict[str, str]]]:
        """Path and headers of each request, in order."""
        return [(each.path, each.headers) for each in self.seen]

    def script(self, path: str, *answers: Answer) -> str:
        """Queue answers for a path, the last of them for good; return its URL."""
        self.answers[path] = list(answers)
        return self.url + path


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    """Run a scripted server on a free loopback port; it ends with the test."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            served.seen.append(Seen(self.command, self.path, dict(self.headers), body))
            queue = served.answers.get(self.path, [Answer(status=404)])
            answer = queue.pop(0) if len(queue) > 1 else queue[0]
            time.sleep(answer.delay)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in answer.headers:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            with suppress(ConnectionError):  # the client may give up first
                if answer.pause:
                    for byte in answer.body:
                        self.wfile.write(bytes([byte]))
                        time.sleep(answer.pause)
                else:
                    self.wfile.write(answer.body[: answer.cut])
            self.close_connection = answer.cut is not None

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test output quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        served = LoopbackServer(f"http://127.0.0.1:{http.server_address[1]}")
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        yield served
        http.shutdown()
        thread.join()

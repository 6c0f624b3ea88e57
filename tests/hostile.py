"""A mirror on loopback that misbehaves on demand: a real server, sockets and threads."""

from __future__ import annotations

import gzip
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, unquote

SLOW_SECONDS = 0.6
"""Longer than the time-out that tests give a session."""

TOTAL = re.compile(
    rb'("(?:total\w*|count|numFound|total-results)"\s*:\s*"?|completeListSize=")(\d+)',
    re.IGNORECASE,
)
TOKEN = "made-up-token"
HTML = b"<!DOCTYPE html><html><body>Something went wrong. Please try again later.</body></html>"


class Fault(StrEnum):
    """How the mirror misbehaves. `once` faults are over after the first request of a file."""

    NONE = "none"
    BUSY = "429"
    BUSY_ONCE_RETRY_AFTER = "429 once, with Retry-After"
    UNAVAILABLE = "503"
    SLOW_FIRST_BYTE = "slow first byte"
    SLOW_TRICKLE = "slow trickle"
    CUT_ONCE = "connection cut mid-body once"
    CUT = "connection cut mid-body"
    WRONG_LENGTH = "wrong Content-Length"
    SHORT_LENGTH = "Content-Length too small"
    CHANGED_TAG = "changed ETag between ranges"
    TRUNCATED_GZIP = "truncated gzip"
    HTML_PAGE = "HTML error page with 200"
    EXPIRED_TOKEN = "expired token"
    REDIRECT_LOOP = "redirect loop"
    OTHER_HOST = "redirect to another host"
    MISSING_FILE = "404 on a listed file"
    CHANGING_LIST = "listing that changes while paging"
    DUPLICATE_PAGE = "duplicate page"
    ENDLESS_CURSOR = "endless cursor"
    WRONG_CHARSET = "wrong charset"


@dataclass(frozen=True)
class Question:
    """One request as it came in."""

    host: str
    path: str
    query: str
    headers: dict[str, str]
    body: str

    def spoken(self) -> list[str]:
        """Return the values of its headers, and of what it asks in query and body."""
        asked = parse_qsl(self.query) + parse_qsl(self.body)
        values = [*self.headers.values(), *(value for _, value in asked)]
        return [value.removeprefix("Bearer ") for value in values]


@dataclass
class HostileMirror:
    """Serves a folder as a mirror, with a fault; remembers who asked for what.

    `paged` are the files that are first pages: what begins as they do is a page of theirs.
    """

    folder: Path
    fault: Fault
    paged: frozenset[str] = frozenset()
    url: str = ""
    other_url: str = ""
    seen: list[Question] = field(default_factory=list)

    def asked_before(self, path: str) -> int:
        """Return how often a path was asked for before its last request."""
        return sum(each.path == path for each in self.seen) - 1

    def page_number(self, path: str) -> int:
        """Return which page of its listing a path is, from 0; 0 for what is no page."""
        return self._pages(path).index(path) if self._is_page(path) else 0

    def first_page(self, path: str) -> bytes:
        """Return the first page of a path's listing; the file itself if it is no page."""
        return self.file(self._pages(path)[0] if self._is_page(path) else path).read_bytes()

    def file(self, path: str) -> Path:
        """Return the file behind a path; of a folder its index, as web servers do."""
        file = self.folder / path
        return file / "index.html" if file.is_dir() else file

    def _is_page(self, path: str) -> bool:
        return path.partition("@")[0] in {each.partition("@")[0] for each in self.paged}

    def _pages(self, path: str) -> list[str]:
        kind = path.partition("@")[0]
        paths = (each.path for each in self.seen)
        asked = dict.fromkeys(path for path in paths if path.partition("@")[0] == kind)
        # A source may harvest several listings at one address: each begins anew.
        firsts = [at for at, each in enumerate(asked) if each in self.paged]
        begun = max((at for at in firsts if at <= list(asked).index(path)), default=0)
        return list(asked)[begun:]


class Handler(BaseHTTPRequestHandler):
    """Answers one request, well or badly."""

    protocol_version = "HTTP/1.1"
    mirror: HostileMirror

    def do_GET(self) -> None:
        """Answer a request."""
        mirror = self.mirror
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        asked, _, query = self.path.partition("?")
        path = unquote(asked).lstrip("/")
        host = str(self.headers["Host"])
        mirror.seen.append(Question(host, path, query, dict(self.headers), body))
        if path.partition("@")[0].casefold().endswith("token"):
            answer = {"access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600}
            self._send(200, json.dumps(answer).encode(), {})
        elif mirror.fault is Fault.OTHER_HOST and host in mirror.url:
            self._send(302, b"", {"Location": mirror.other_url + self.path})
        elif not (file := mirror.file(path)).is_file():
            self._send(404, b"no such file", {})
        else:
            self._misbehave(path, file.read_bytes())

    do_POST = do_GET

    def _misbehave(self, path: str, body: bytes) -> None:
        mirror = self.mirror
        is_first = mirror.asked_before(path) == 0
        tag = {"ETag": '"one"'}
        match mirror.fault:
            case Fault.BUSY:
                self._send(429, b"", {})
            case Fault.BUSY_ONCE_RETRY_AFTER if is_first:
                self._send(429, b"", {"Retry-After": "0"})
            case Fault.UNAVAILABLE:
                self._send(503, b"", {})
            case Fault.SLOW_FIRST_BYTE:
                time.sleep(SLOW_SECONDS)
                self._send(200, body, tag)
            case Fault.SLOW_TRICKLE:
                self._send(200, body, tag, pause=SLOW_SECONDS / 6)
            case Fault.CUT_ONCE if is_first:
                self._send(200, body, tag, cut=len(body) // 2)
            case Fault.CUT:
                self._send(200, body, {}, cut=len(body) // 2)
            case Fault.WRONG_LENGTH:
                self._send(200, body, tag | {"Content-Length": str(len(body) + 10)}, cut=len(body))
            case Fault.SHORT_LENGTH:
                self._send(200, body, {"Content-Length": str(max(1, len(body) - 5))}, cut=len(body))
            case Fault.CHANGED_TAG if is_first:
                self._send(200, body, tag, cut=len(body) // 2)
            case Fault.CHANGED_TAG if "Range" in self.headers:
                begin = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
                span = {"Content-Range": f"bytes {begin}-{len(body) - 1}/{len(body)}"}
                self._send(206, b"?" * (len(body) - begin), {"ETag": '"two"'} | span)
            case Fault.TRUNCATED_GZIP:
                packed = gzip.compress(body, 1, mtime=0)
                self._send(200, packed[: len(packed) // 2], {"Content-Encoding": "gzip"})
            case Fault.HTML_PAGE:
                self._send(200, HTML, {"Content-Type": "text/html"})
            case Fault.EXPIRED_TOKEN:
                self._send(401, b'{"error": "invalid_token"}', {})
            case Fault.REDIRECT_LOOP:
                self._send(302, b"", {"Location": self.path})
            case Fault.MISSING_FILE if len({each.path for each in mirror.seen}) > 1:
                self._send(404, b"gone", {})
            case Fault.CHANGING_LIST if page := mirror.page_number(path):
                grown = TOTAL.sub(lambda m: m[1] + str(int(m[2]) + page).encode(), body)
                self._send(200, grown, {})
            case Fault.DUPLICATE_PAGE:
                self._send(200, mirror.first_page(path), {})
            case Fault.ENDLESS_CURSOR:
                blanks = b"\n" * mirror.page_number(path)
                self._send(200, mirror.first_page(path) + blanks, {})
            case Fault.WRONG_CHARSET:
                self._send(200, body, {"Content-Type": "text/plain; charset=utf-16"})
            case _:
                self._send(200, body, tag)

    def _send(
        self,
        status: int,
        body: bytes,
        headers: dict[str, str],
        *,
        cut: int | None = None,
        pause: float = 0,
    ) -> None:
        with suppress(ConnectionError):  # the client may have had enough
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            if pause:
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    time.sleep(pause)
            else:
                self.wfile.write(body[:cut])
            self.close_connection = cut is not None

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test output quiet."""


@contextmanager
def hostile_mirror(
    folder: Path, fault: Fault, paged: frozenset[str] = frozenset()
) -> Iterator[HostileMirror]:
    """Run a hostile mirror on a free loopback port; it ends with the block."""
    mirror = HostileMirror(folder, fault, paged)
    handler = type("Handler", (Handler,), {"mirror": mirror})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        http.daemon_threads = True
        port = http.server_address[1]
        mirror.url, mirror.other_url = f"http://127.0.0.1:{port}", f"http://localhost:{port}"
        thread = threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield mirror
        finally:
            http.shutdown()
            thread.join()

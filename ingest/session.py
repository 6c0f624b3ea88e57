"""The one HTTP session: user agent, timeouts, rate limit, backoff and mirrors."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests_file import FileAdapter
from requests_ratelimiter import LimiterMixin
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter
from urllib3.util.retry import Retry

from iplake.contract import Resource
from iplake.declaration import RateLimit, Source
from iplake.errors import SourceBusy, SourceChanged, SourceDown
from iplake.log import get_logger
from iplake.settings import Settings

log = get_logger(__name__)

TRIES = 4
CHUNK = 1 << 16
BUSY = {429, 503}
DOWN = {500, 502, 504}


class LimitedSession(LimiterMixin, requests.Session):
    """A requests session that keeps to a source's rate limit."""


def limited_session(limit: RateLimit) -> LimitedSession:
    """Return a session that sends each host no more than the limit's requests in its period."""
    return LimitedSession(
        per_second=limit.requests if limit.per == "second" else 0,
        per_minute=limit.requests if limit.per == "minute" else 0,
        per_hour=limit.requests if limit.per == "hour" else 0,
        per_day=limit.requests if limit.per == "day" else 0,
    )


@dataclass(frozen=True, slots=True)
class Download:
    """What a finished transfer says about itself; `unchanged` if the source sent a 304."""

    unchanged: bool
    status: int
    headers: dict[str, str]
    fetched_from: str


def mirrored(url: str, mirror: str) -> str:
    """Return where a mirror keeps a URL: host and path as folders, the query after an `@`.

    >>> mirrored("https://example.org/topic/14?format=csv", "https://mirror.test/x")
    'https://mirror.test/x/example.org/topic/14%40format%3Dcsv'
    >>> mirrored("https://example.org/files/", "https://mirror.test/x")
    'https://mirror.test/x/example.org/files/index.html'
    """
    parts = urlsplit(url)
    path = f"{parts.netloc}{parts.path}" + (f"@{parts.query}" if parts.query else "")
    if path.endswith("/"):
        path += "index.html"
    if urlsplit(mirror).scheme in {"http", "https"}:
        return f"{mirror.rstrip('/')}/{quote(path)}"
    return Path(mirror).resolve().joinpath(path.lstrip("/")).as_uri()


class Session:
    """Fetches for one source. Speaks in the source's own URLs; mirrors are its own affair."""

    def __init__(self, source: Source, settings: Settings) -> None:
        self._source = source
        self._settings = settings
        overrides = settings.for_source(source.domain, source.name)
        self._base_url = overrides.base_url
        limit = source.rate_limit
        # A folder on this machine needs no sparing.
        from_folder = settings.mirror and urlsplit(settings.mirror).scheme not in {"http", "https"}
        self._http = limited_session(limit) if limit and not from_folder else requests.Session()
        self._http.headers["User-Agent"] = settings.user_agent
        if source.auth and overrides.api_key:
            self._http.headers[source.auth.header] = overrides.api_key.get_secret_value()
        backoff = Retry(
            total=TRIES,
            backoff_factor=1,
            backoff_jitter=0.5,
            status_forcelist=BUSY | DOWN,
            respect_retry_after_header=True,
            raise_on_status=False,
        )
        self._http.mount("https://", HTTPAdapter(max_retries=backoff))
        self._http.mount("http://", HTTPAdapter(max_retries=backoff))
        self._http.mount("file://", FileAdapter())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def address(self, url: str) -> str:
        """Return where a source's URL is really fetched from, given overrides and mirror."""
        declared = self._source.endpoint.base_url
        if self._base_url and url.startswith(declared):
            return self._base_url.rstrip("/") + "/" + url[len(declared) :].lstrip("/")
        if self._settings.mirror:
            return mirrored(url, self._settings.mirror)
        return url

    def json(self, url: str) -> object:
        """Return a decoded JSON answer; SourceBusy if a challenge page came instead."""
        with self._open(url, {}) as response:
            try:
                return response.json()
            except requests.exceptions.JSONDecodeError as error:
                raise SourceBusy(
                    "expected JSON, found something else: a challenge or error page?",
                    url=url,
                    found=response.text[:80],
                ) from error

    def text(self, url: str) -> str:
        """Return an answer as text."""
        with self._open(url, {}) as response:
            response.encoding = response.encoding or "utf-8"
            return response.text

    def download(self, resource: Resource, target: Path, known: dict[str, str]) -> Download:
        """Fetch a resource into `target`; resume by Range if the transfer breaks off.

        `known` are the headers of the last landed snapshot: where its ETag or Last-Modified
        still stands, nothing is fetched. A broken transfer is tried again a few times, then
        raises SourceDown and leaves no file that could be taken for a whole one.
        """
        tries = Retrying(
            retry=retry_if_exception_type(SourceDown),
            stop=stop_after_attempt(TRIES),
            wait=wait_exponential_jitter(multiplier=0.5, max=30),
            reraise=True,
        )
        target.unlink(missing_ok=True)
        return tries(self._transfer, resource.url, target, known)

    def _transfer(self, url: str, target: Path, known: dict[str, str]) -> Download:
        done = target.stat().st_size if target.exists() else 0
        etag_path = target.with_name(target.name + ".etag")
        headers = {"Accept-Encoding": "identity"}
        if done and etag_path.exists():
            # If-Range: the source sends the rest only if it is the rest of the same file.
            headers |= {
                "Range": f"bytes={done}-",
                "If-Range": etag_path.read_text(encoding="utf-8"),
            }
        else:
            if "ETag" in known:
                headers["If-None-Match"] = known["ETag"]
            if "Last-Modified" in known:
                headers["If-Modified-Since"] = known["Last-Modified"]
        with self._open(url, headers) as response:
            kept = {
                name: response.headers[name]
                for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length")
                if name in response.headers
            }
            if response.status_code == 304:
                return Download(True, 304, known, self.address(url))
            strong = kept.get("ETag", "")
            if strong and not strong.startswith("W/"):
                etag_path.write_text(strong, encoding="utf-8")
            mode = "ab" if response.status_code == 206 else "wb"
            try:
                with target.open(mode) as out:
                    for chunk in response.iter_content(CHUNK):
                        out.write(chunk)
            except requests.RequestException as error:
                raise SourceDown("the transfer broke off", url=url, said=str(error)) from error
            expected = self._expected_size(response, done if mode == "ab" else 0)
            found = target.stat().st_size
            if expected is not None and found != expected:
                raise SourceDown(
                    "the transfer is not whole", url=url, expected_bytes=expected, found=found
                )
            etag_path.unlink(missing_ok=True)
            return Download(False, response.status_code, kept, self.address(url))

    @staticmethod
    def _expected_size(response: requests.Response, before: int) -> int | None:
        # A decoded body is longer than its Content-Length says.
        if "Content-Encoding" in response.headers or "Content-Length" not in response.headers:
            return None
        return before + int(response.headers["Content-Length"])

    @contextmanager
    def _open(self, url: str, headers: dict[str, str]) -> Iterator[requests.Response]:
        where = self.address(url)
        try:
            response = self._http.get(
                where, headers=headers, stream=True, timeout=self._settings.timeout_seconds
            )
        except requests.exceptions.TooManyRedirects as error:
            raise SourceChanged("redirects go in a circle", url=url) from error
        except requests.RequestException as error:
            raise SourceDown("no answer", url=url, said=str(error)) from error
        with response:
            status = response.status_code
            if status in BUSY:
                wait = response.headers.get("Retry-After")
                raise SourceBusy("asked to slow down", url=url, status=status, retry_after=wait)
            if status in DOWN:
                raise SourceDown("the source is in trouble", url=url, status=status)
            if status >= 400:
                raise SourceChanged(
                    "expected a file here; look whether the address moved or a key is needed",
                    url=url,
                    fetched_from=where,
                    status=status,
                )
            yield response


def digest(path: Path, algorithm: str) -> str:
    """Return a file's checksum in hex, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest()

"""The one HTTP session: user agent, timeouts, rate limit, backoff, keys and mirrors."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import logging
import time
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests_file import FileAdapter
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter
from urllib3.util.retry import Retry

from ingest.keys import Keys
from ingest.web import (
    BrokenTransfer,
    WebSession,
    body_type,
    continues,
    is_near,
    is_web,
    limited_session,
    mirrored,
)
from iplake import lake
from iplake.contract import Paging, Request, Resource
from iplake.declaration import Source
from iplake.errors import (
    UNREADABLE,
    NotFound,
    RecordRejected,
    SourceBusy,
    SourceChanged,
    SourceDown,
)
from iplake.log import get_logger
from iplake.settings import Settings

log = get_logger(__name__)
# What it logs of its tries has whole URLs, and so the keys in them.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)

CHUNK = 1 << 16
BUSY = {429, 503}
DOWN = {500, 502, 504}
MAX_ANSWER_BYTES = 256 << 20
"""Listings and pages are held in memory; files are not."""

MAX_PAGES = 100_000
HTML_STARTS = (b"<!doctype html", b"<html")
INBOX = "inbox"
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
CONDITIONS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
"""How to ask whether what a header said still stands."""

KEPT_HEADERS = ("ETag", "Last-Modified", "Content-Type", "Content-Length")


@dataclass(frozen=True, slots=True)
class Download:
    """What a finished transfer says about itself; `unchanged` if the source sent a 304."""

    unchanged: bool
    status: int
    headers: dict[str, str]
    fetched_from: str


class Session:
    """Fetches for one source. Speaks in the source's own URLs; mirrors are its own affair."""

    def __init__(self, source: Source, settings: Settings) -> None:
        self._source = source
        self._settings = settings
        self._base_url = settings.for_source(source.domain, source.name).base_url
        # A folder on this machine needs no sparing.
        is_local = settings.mirror is not None and not is_web(settings.mirror)
        limit = None if is_local else source.rate_limit
        self._http = limited_session(limit) if limit else WebSession()
        self._http.headers["User-Agent"] = settings.user_agent
        self._keys = Keys(source, settings, self._token)
        self._http.secret_headers = self._keys.header_names
        self._http.secret_parts = self._keys.query_names
        backoff = Retry(
            total=settings.tries - 1,
            backoff_factor=settings.backoff_seconds,
            backoff_jitter=settings.backoff_seconds / 2,
            status_forcelist=BUSY | DOWN,
            # A POST of ours only asks.
            allowed_methods={"GET", "POST"},
            respect_retry_after_header=True,
            retry_after_max=settings.retry_after_max_seconds,
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
        self.close()

    def close(self) -> None:
        """End all connections."""
        self._http.close()

    def address(self, url: str, body: str | None = None) -> str:
        """Return where a source's URL is really fetched from, given overrides and mirror."""
        if urlsplit(url).scheme == INBOX:
            return (lake.inbox(self._source) / url.rpartition("/")[2]).as_uri()
        declared = self._source.endpoint.base_url
        # A listing names what it likes.
        is_sound = is_web(url) and ".." not in PurePosixPath(urlsplit(url).path).parts
        if not is_sound or (is_near(url) and not is_near(declared)):
            raise SourceChanged("expected an address of the web", found=url)
        if self._base_url and url.startswith(declared):
            return self._base_url.rstrip("/") + "/" + url[len(declared) :].lstrip("/")
        if self._settings.mirror:
            return mirrored(url, self._settings.mirror, body)
        return url

    def json(self, url: str, body: str | None = None) -> object:
        """Return a decoded JSON answer; SourceBusy if a challenge page came instead."""
        answer = self._answer(Request(url, body))
        try:
            return json.loads(answer)
        except ValueError as error:
            raise SourceBusy(
                "expected JSON, found something else: a challenge or error page?",
                url=url,
                found=answer[:80].decode("utf-8", "replace"),
            ) from error

    def text(self, url: str, body: str | None = None) -> str:
        """Return an answer as text, in UTF-8 unless it says otherwise."""
        answer = self._answer(Request(url, body))
        try:
            return answer.decode("utf-8")
        except UnicodeDecodeError as error:
            raise SourceChanged("expected text in UTF-8", url=url, said=str(error)) from error

    def download(self, resource: Resource, target: Path, known: dict[str, str]) -> Download:
        """Fetch a resource into `target`; resume by Range if the transfer breaks off.

        `known` are the headers of the last landed snapshot: where its ETag or Last-Modified
        still stands, nothing is fetched. A broken transfer is tried again a few times, then
        raises SourceDown and leaves no file that could be taken for a whole one.
        """
        target.unlink(missing_ok=True)
        if resource.pages:
            self._harvest(resource.request, resource.pages, target)
            return Download(False, 200, {}, self.address(resource.url, resource.body))
        return self._tries()(self._transfer, resource.request, target, known)

    def _tries(self) -> Retrying:
        return Retrying(
            retry=retry_if_exception_type(BrokenTransfer),
            stop=stop_after_attempt(self._settings.tries),
            wait=wait_exponential_jitter(
                multiplier=self._settings.backoff_seconds / 2,
                max=30,
                jitter=self._settings.backoff_seconds / 2,
            ),
            reraise=True,
        )

    def _answer(self, request: Request) -> bytes:
        """Return a small answer whole; tried again if it breaks off."""
        return self._tries()(self._read, request)

    def _read(self, request: Request) -> bytes:
        answer = bytearray()
        with self._open(request, {"Accept-Encoding": "gzip"}) as response:
            for chunk in self._chunks(request.url, response):
                answer += chunk
                if len(answer) > MAX_ANSWER_BYTES:
                    raise _too_long(request)
            if response.headers.get("Content-Encoding") != "gzip":
                return bytes(answer)
        try:
            # A short answer may unpack to a long one.
            with gzip.open(io.BytesIO(answer)) as unpacked:
                whole = unpacked.read(MAX_ANSWER_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise BrokenTransfer("the answer is cut off", url=request.url) from error
        if len(whole) > MAX_ANSWER_BYTES:
            raise _too_long(request)
        return whole

    def _harvest(self, first: Request, pages: Paging, target: Path) -> None:
        """Write all pages of an answer into a zip; SourceChanged if they go round in circles."""
        asked: set[Request] = set()
        seen: dict[bytes, Request] = {}
        hits: int | None = None
        following: Request | None = first
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            while following is not None:
                request = following
                if request in asked or len(asked) >= MAX_PAGES:
                    raise SourceChanged(
                        "pages go on without end", url=request.url, pages=len(asked)
                    )
                asked.add(request)
                page = self._answer(request)
                is_html = page[:512].lstrip().lower().startswith(HTML_STARTS)
                if is_html and not pages.is_html:
                    raise SourceBusy(
                        "expected a page of data, found one of HTML: a challenge?",
                        url=request.url,
                        found=page[:80].decode("utf-8", "replace"),
                    )
                # Blanks do not tell pages apart.
                digest_ = hashlib.sha256(b"".join(page.split())).digest()
                same = seen.setdefault(digest_, request)
                if same is not request:
                    raise SourceChanged(
                        "two pages are the same", url=request.url, other=same.url, page=len(asked)
                    )
                claimed, following = _read_page(pages, request, page)
                if hits is not None and claimed is not None and claimed != hits:
                    raise SourceBusy(
                        "the listing changed while it was paged through; try again",
                        url=request.url,
                        hits_before=hits,
                        hits_now=claimed,
                    )
                hits = claimed if hits is None else hits
                archive.writestr(zipfile.ZipInfo(f"page-{len(asked):05d}", ZIP_EPOCH), page)

    def _transfer(self, request: Request, target: Path, known: dict[str, str]) -> Download:
        done = target.stat().st_size if target.exists() else 0
        tag_path = target.with_name(target.name + ".etag")
        tag = tag_path.read_text(encoding="utf-8") if done and tag_path.exists() else None
        headers = {"Accept-Encoding": "identity"}
        good = [200]
        if tag:
            # If-Range: the source sends the rest only if it is the rest of the same file.
            headers |= {"Range": f"bytes={done}-", "If-Range": tag}
            good += [206]
        elif known.keys() & CONDITIONS.keys():
            headers |= {CONDITIONS[name]: known[name] for name in CONDITIONS if name in known}
            good += [304]
        with self._open(request, headers, good) as response:
            kept = {
                name: response.headers[name] for name in KEPT_HEADERS if name in response.headers
            }
            fetched_from = self.address(request.url, request.body)
            if response.status_code == 304:
                return Download(True, 304, known, fetched_from)
            is_rest = response.status_code == 206
            if is_rest and not continues(response, done, tag):
                target.unlink()
                raise BrokenTransfer("the file changed while it was fetched", url=request.url)
            found_tag = kept.get("ETag", "")
            if found_tag and not found_tag.startswith("W/"):
                tag_path.write_text(found_tag, encoding="utf-8")
            with target.open("ab" if is_rest else "wb") as out:
                for chunk in self._chunks(request.url, response):
                    out.write(chunk)
            tag_path.unlink(missing_ok=True)
            return Download(False, response.status_code, kept, fetched_from)

    def _chunks(self, url: str, response: requests.Response) -> Iterator[bytes]:
        """Yield a body as it comes in; BrokenTransfer if it breaks off or only trickles."""
        raw = response.raw
        if not isinstance(raw, urllib3.HTTPResponse):
            yield from response.iter_content(CHUNK)
            return
        began, received = time.monotonic(), 0
        try:
            while chunk := raw.read1(CHUNK, decode_content=False):
                yield chunk
                received += len(chunk)
                seconds = time.monotonic() - began
                least = self._settings.least_bytes_per_second * seconds
                if seconds > self._settings.timeout_seconds and received < least:
                    raise BrokenTransfer(
                        "the answer only trickles", url=url, bytes=received, seconds=round(seconds)
                    )
            expected = response.headers.get("Content-Length", "")
            if expected.isdecimal() and received != int(expected):
                raise BrokenTransfer(
                    "the transfer is not whole", url=url, expected_bytes=expected, found=received
                )
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise BrokenTransfer("the transfer broke off", url=url, said=str(error)) from error

    @contextmanager
    def _open(
        self, request: Request, headers: dict[str, str], good: Collection[int] = (200,)
    ) -> Iterator[requests.Response]:
        url = request.url
        response = self._send(request, headers)
        if response.status_code == 401 and self._keys.renew():
            response.close()
            response = self._send(request, headers)
        with response:
            status = response.status_code
            if status in BUSY:
                wait = response.headers.get("Retry-After")
                raise SourceBusy("asked to slow down", url=url, status=status, retry_after=wait)
            if status in DOWN:
                raise SourceDown("the source is in trouble", url=url, status=status)
            if status == 202:
                raise SourceBusy("the answer is still being made; try again", url=url)
            if status >= 400:
                error = NotFound if status == 404 else SourceChanged
                raise error(
                    "expected a file here; look whether the address moved or a key is needed",
                    url=url,
                    fetched_from=self.address(url, request.body),
                    status=status,
                )
            if status not in good:
                raise SourceChanged("expected a whole file", url=url, status=status, wanted=good)
            yield response

    def _send(self, request: Request, headers: dict[str, str]) -> requests.Response:
        where = self.address(request.url, request.body)
        target, secrets = self._keys.attach(request.url, where)
        # A mirror keeps the answer to a body under a name of its own.
        posted = request.body if where == request.url or self._is_override(request.url) else None
        try:
            return self._http.request(
                "GET" if posted is None else "POST",
                target,
                data=None if posted is None else posted.encode(),
                headers={**body_type(posted), **headers, **secrets},
                stream=True,
                timeout=self._settings.timeout_seconds,
            )
        except requests.exceptions.TooManyRedirects as error:
            raise SourceChanged("redirects go in a circle", url=request.url) from error
        except requests.RequestException as error:
            said = self._keys.without_secrets(str(error))
            # Not from the error itself: it has the whole URL, and so a key that is in it.
            raise SourceDown("no answer", url=request.url, said=said) from None

    def _is_override(self, url: str) -> bool:
        return bool(self._base_url) and url.startswith(self._source.endpoint.base_url)

    def _token(self, url: str, form: str) -> str:
        """Return the answer of a token endpoint to a form, as the keys' owner asks for it."""
        where = self.address(url) if self._settings.mirror else url
        try:
            response = self._http.request(
                "GET" if self._settings.mirror else "POST",
                where,
                data=form,
                headers=body_type(form),
                timeout=self._settings.timeout_seconds,
                # The form has the secret itself.
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise SourceDown("no answer to a request for a token", url=url) from error
        if response.is_redirect:
            raise SourceChanged("the endpoint of tokens leads elsewhere; did it move?", url=url)
        if response.status_code in BUSY | DOWN:
            raise SourceDown("no token to be had now", url=url, status=response.status_code)
        return response.text


def _read_page(pages: Paging, request: Request, page: bytes) -> tuple[int | None, Request | None]:
    """Return how many hits a page claims and what follows; SourceChanged if it is no such page."""
    try:
        return pages.total(page) if pages.total else None, pages.following(request, page)
    except (RecordRejected, *UNREADABLE) as error:
        raise SourceChanged(
            "a page is not of the form that it used to be",
            url=request.url,
            said=f"{type(error).__name__}: {error}"[:200],
            found=page[:80].decode("utf-8", "replace"),
        ) from error


def _too_long(request: Request) -> SourceChanged:
    return SourceChanged(
        "an answer is longer than its bound", url=request.url, bound=MAX_ANSWER_BYTES
    )

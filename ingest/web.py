"""Addresses of the web and of mirrors, and sessions that stay on the web and within a rate."""

from __future__ import annotations

import hashlib
import ipaddress
import re
import socket
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

import requests
from requests_ratelimiter import LimiterMixin

from iplake.declaration import RateLimit
from iplake.errors import SourceChanged, SourceDown

LONGEST_NAME = 200
"""Bytes; file systems allow 255, and a file may need an ending."""


class BrokenTransfer(SourceDown):
    """A transfer broke off, and may be taken up again where it stopped."""


class WebSession(requests.Session):
    """A requests session that stays on the web when it is redirected, and keeps its keys."""

    secret_headers: frozenset[str] = frozenset()
    secret_parts: frozenset[str] = frozenset()
    """Names of headers, and of parts of a query, that carry keys."""

    def rebuild_auth(
        self, prepared_request: requests.PreparedRequest, response: requests.Response
    ) -> None:
        """Leave all keys behind where a redirect leads to another host."""
        target, origin = str(prepared_request.url), str(response.request.url)
        if self.should_strip_auth(origin, target):  # type: ignore[no-untyped-call]
            for name in self.secret_headers:
                prepared_request.headers.pop(name, None)
        super().rebuild_auth(prepared_request, response)  # type: ignore[no-untyped-call]

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Return where an answer leads; SourceChanged if that is no address of the web.

        To another host it leads without the keys, should they stand in its query.
        """
        target = super().get_redirect_target(resp)
        if not target:
            return target
        origin, whole = str(resp.url), urljoin(str(resp.url), target)
        if not is_web(whole) or (is_near(whole) and not is_near(origin)):
            shown = self._without_keys(origin)
            raise SourceChanged("a redirect leads away from the web", url=shown, target=target)
        if self.should_strip_auth(origin, whole):  # type: ignore[no-untyped-call]
            return self._without_keys(whole)
        return target

    def _without_keys(self, url: str) -> str:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        kept = [(name, value) for name, value in pairs if name not in self.secret_parts]
        return url if kept == pairs else parts._replace(query=urlencode(kept)).geturl()


class LimitedSession(LimiterMixin, WebSession):
    """A web session that keeps to a source's rate limit."""


def limited_session(limit: RateLimit) -> LimitedSession:
    """Return a session that sends each host no more than the limit's requests in its period.

    Those of a minute are spread over it: 20 a minute are one in three seconds, not 20 at once.
    """
    per_second = {"second": limit.requests, "minute": limit.requests / 60}
    return LimitedSession(
        per_second=per_second.get(limit.per, 0),
        per_hour=limit.requests if limit.per == "hour" else 0,
        per_day=limit.requests if limit.per == "day" else 0,
        # What a source answers when it is busy is the affair of the retries.
        limit_statuses=(),
    )


def mirrored(url: str, mirror: str, body: str | None = None) -> str:
    """Return where a mirror keeps an answer: host and path as folders, `@` query, `@` body.

    A name that file systems find too long ends in a digest of itself.

    >>> mirrored("https://example.org/topic/14?format=csv", "https://mirror.test/x")
    'https://mirror.test/x/example.org/topic/14%40format%3Dcsv'
    >>> mirrored("https://example.org/files/", "https://mirror.test/x")
    'https://mirror.test/x/example.org/files/index.html'
    >>> mirrored("https://example.org/find", "https://mirror.test/x", "page=1")
    'https://mirror.test/x/example.org/find%40%40page%3D1'
    """
    parts = urlsplit(url)
    folder, _, name = f"{parts.netloc}{parts.path}".rpartition("/")
    if parts.query or body is not None:
        name += "@" + parts.query.replace("/", "%2F")
    if body is not None:
        name += "@" + body.replace("/", "%2F")
    name = name or "index.html"
    if len(name.encode()) > LONGEST_NAME:
        sum_ = hashlib.sha256(name.encode()).hexdigest()[:16]
        name = name.encode()[: LONGEST_NAME - len(sum_) - 1].decode("utf-8", "ignore") + "~" + sum_
    path = f"{folder}/{name}"
    if is_web(mirror):
        return f"{mirror.rstrip('/')}/{quote(path)}"
    kept = Path(mirror).resolve().joinpath(path.lstrip("/"))
    # A page that has others below it is kept as their folder's index, as web servers do.
    return (kept / "index.html" if kept.is_dir() else kept).as_uri()


def is_web(address: str) -> bool:
    """Return whether an address is of the web, and not a folder on this machine."""
    return urlsplit(address).scheme in {"http", "https"}


def is_near(address: str) -> bool:
    """Return whether an address names this machine or its own network, where no source is.

    Names are not looked up: only what an address itself says counts.

    >>> [is_near(f"http://{host}/") for host in ("169.254.169.254", "0x7f.1", "[::1]", "x.org")]
    [True, True, True, False]
    """
    host = urlsplit(address).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    try:
        return not ipaddress.ip_address(socket.inet_aton(host)).is_global
    except OSError:
        return host == "localhost" or host.endswith(".localhost")


def body_type(body: str | None) -> dict[str, str]:
    """Return the header that says what is posted: JSON or a form; none where nothing is."""
    if body is None:
        return {}
    is_json = body.lstrip().startswith(("{", "["))
    kind = "application/json" if is_json else "application/x-www-form-urlencoded"
    return {"Content-Type": kind}


def continues(response: requests.Response, done: int, tag: str | None) -> bool:
    """Return whether a partial answer is the whole rest of what was fetched so far."""
    span = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+|\*)", response.headers.get("Content-Range", ""))
    if span is None or int(span[1]) != done or response.headers.get("ETag", tag) != tag:
        return False
    return span[3] in {"*", str(int(span[2]) + 1)}

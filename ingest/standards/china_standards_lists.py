"""How lists of China's standards platforms go on from page to page, each page checked whole."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlencode, urlsplit

from ingest.readers.json import Object, list_of, object_of
from ingest.standards.china_standards_html import form_of, hits, list_rows, parse_page
from iplake.contract import Paging, Request
from iplake.errors import RecordRejected, SourceBusy, SourceChanged

PAGE_SIZE = 50
REGISTRIES = {
    "samr": "https://std.samr.gov.cn/gb/search/gbAdvancedSearchPage",
    "hbba": "https://hbba.sacinfo.org.cn/stdQueryList",
    "dbba": "https://dbba.sacinfo.org.cn/stdQueryList",
    "openstd": "https://openstd.samr.gov.cn/bzgk/std/std_list",
}


def first_request(registry: str, parameters: str) -> tuple[Request, Paging]:
    """Return what a query asks first, and how its answer goes on."""
    url = REGISTRIES[registry]
    asked = dict(parse_qsl(parameters, keep_blank_values=True))
    if registry == "samr":
        # 2 are national standards, and 1 their projects.
        window = urlencode({"tid": 2, **asked, "limit": PAGE_SIZE, "offset": 0})
        return Request(f"{url}?{window}"), Paging(_next_by_offset, _total)
    if registry == "openstd":
        window = urlencode({**asked, "page": 1, "pageSize": PAGE_SIZE})
        return Request(f"{url}?{window}"), Paging(_next_openstd, _total, is_html=True)
    body = urlencode({"current": 1, "size": PAGE_SIZE, **asked})
    return Request(url, body), Paging(_next_sacinfo, _total)


def _total(answer: bytes) -> int | None:
    return _counted(answer)[0]


def _counted(answer: bytes) -> tuple[int, int]:
    """Return how many records a list claims in all, and how many are on this page."""
    if answer.lstrip().startswith(b"{"):
        page = decoded_page(answer)
        total = page.get("total")
        if not isinstance(total, int):
            raise SourceChanged("expected a total", found=answer[:80].decode("utf-8", "replace"))
        return total, len(list_of(page["rows"] if "rows" in page else page["records"]))
    page_root = parse_page(answer, "page")
    rows = list(list_rows(page_root, "page"))
    return hits(page_root) or 0, len(rows)


def decoded_page(answer: bytes) -> Object:
    """Return a page in JSON; SourceBusy if it is something else."""
    try:
        return object_of(json.loads(answer))
    except (ValueError, RecordRejected) as error:
        raise SourceBusy("expected JSON: a challenge or error page?", said=str(error)) from error


def _has_more(answer: bytes, before: int, size: int) -> bool:
    """Return whether pages follow; SourceBusy if this one has not what it should."""
    total, rows = _counted(answer)
    if rows != min(size, max(0, total - before)):
        raise SourceBusy("a page has not all of its rows", total=total, before=before, rows=rows)
    return before + rows < total


def last_page(request: Request, answer: bytes) -> None:
    """Refuse an answer that is no detail of a standard; nothing follows it."""
    if form_of(parse_page(answer, request.url), request.url) == "openstd_list":
        raise SourceChanged("expected a detail of a standard, found a list", url=request.url)


def _next_by_offset(request: Request, answer: bytes) -> Request | None:
    base, asked = _asked(request.url)
    before, size = int(asked["offset"]), int(asked["limit"])
    if not _has_more(answer, before, size):
        return None
    return Request(f"{base}?{urlencode(asked | {'offset': str(before + size)})}")


def _next_openstd(request: Request, answer: bytes) -> Request | None:
    base, asked = _asked(request.url)
    page, size = int(asked["page"]), int(asked["pageSize"])
    if not _has_more(answer, (page - 1) * size, size):
        return None
    return Request(f"{base}?{urlencode(asked | {'page': str(page + 1)})}")


def _next_sacinfo(request: Request, answer: bytes) -> Request | None:
    asked = dict(parse_qsl(request.body, keep_blank_values=True))
    page, size = int(asked["current"]), int(asked["size"])
    if not _has_more(answer, (page - 1) * size, size):
        return None
    return Request(request.url, urlencode(asked | {"current": str(page + 1)}))


def _asked(url: str) -> tuple[str, dict[str, str]]:
    parts = urlsplit(url)
    base = f"{parts.scheme}://{parts.netloc}{parts.path}"
    return base, dict(parse_qsl(parts.query, keep_blank_values=True))

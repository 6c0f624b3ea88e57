"""The samples with second pages for sources whose samples fit on one: made up, for faults."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import quote, urljoin

from ingest.discover import paged_by_offset
from ingest.patents import uspto_file_wrapper
from ingest.patents.uspto_odp import read_search, search_url, windows
from ingest.standards.china_standards_lists import PAGE_SIZE, first_request
from iplake import registry
from iplake.contract import Request
from scripts.mirrors.places import place_answer

Page = dict[str, object]


def with_longer_listings(samples: Path, folder: Path) -> Path:
    """Copy the samples into a folder, and add listings of two pages; return the folder."""
    shutil.copytree(samples, folder)
    _of_file_wrappers(folder)
    _of_standards(folder)
    for address, field, key in (
        ("trademarks/euipo_trademarks", "trademarks", "applicationNumber"),
        ("trademarks/euipo_designs", "designs", "designNumber"),
    ):
        _of_euipo(folder, address, field, key)
    return folder


def _of_file_wrappers(folder: Path) -> None:
    source = registry.get("patents/uspto_file_wrapper")
    [query] = [each for each in source.endpoint.queries if not each.startswith("product:")]
    search = read_search(query)
    window = next(windows(search.first_year, search.window_months, date(search.first_year, 1, 1)))
    url = search_url(source.endpoint.base_url, search, window)
    [bag] = uspto_file_wrapper.BAGS
    pages = [{"count": 2, bag: [{"applicationNumberText": str(number)}]} for number in (1, 2)]
    request = Request(url)
    place_answer(folder, request).write_text(json.dumps(pages[0]), encoding="utf-8")
    following = paged_by_offset([bag], "count").following(request, json.dumps(pages[0]).encode())
    assert following
    place_answer(folder, following).write_text(json.dumps(pages[1]), encoding="utf-8")


def _of_standards(folder: Path) -> None:
    """Add a national list by GET, and a local one by POST."""
    for query in registry.get("standards/china_standards").endpoint.queries:
        name, _, parameters = query.partition(" ")
        if name not in {"samr", "dbba"}:
            continue
        request, paging = first_request(name, parameters)
        rows: list[Page] = [{"id": str(at), "pk": str(at)} for at in range(PAGE_SIZE + 1)]
        field = "rows" if name == "samr" else "records"
        for items in (rows[:PAGE_SIZE], rows[PAGE_SIZE:]):
            content = json.dumps({"total": len(rows), field: items})
            place_answer(folder, request).write_text(content, encoding="utf-8")
            request = paging.following(request, content.encode()) or request


def _of_euipo(folder: Path, address: str, field: str, key: str) -> None:
    source = registry.get(address)
    asked = f"query={quote(source.endpoint.queries[0], safe='')}&sort={key}:asc&size=100&page="
    for number in (0, 1):
        page = {
            field: [{key: str(number)}],
            "totalElements": 2,
            "totalPages": 2,
            "size": 1,
            "page": number,
        }
        url = urljoin(source.endpoint.base_url, f"{field}?{asked}{number}")
        place_answer(folder, Request(url)).write_text(json.dumps(page), encoding="utf-8")

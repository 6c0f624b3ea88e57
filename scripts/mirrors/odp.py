"""The USPTO Open Data Portal: products of dated files with listings, and answers of searches."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from ingest.discover import paged_by_offset
from ingest.patents.uspto_odp import Search, search_url
from iplake.contract import Request
from scripts.mirrors.places import place_answer

API = "https://api.uspto.gov/api/v1/datasets/products"
BASE_URL = "https://api.uspto.gov/"
HITS = 8
"""On a page: fewer than are asked for, as the portal does it too where answers grow long."""


def zipped(name: str, text: str) -> bytes:
    """Return a zip of one file, the same bytes whenever it is made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        info = zipfile.ZipInfo(name, (2024, 9, 30, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, text.encode("ascii"), compresslevel=9)
    return out.getvalue()


def place(out: Path, product: str, name: str) -> Path:
    """Return where a mirror keeps a file of a product; its folder is made if absent."""
    parts = urlsplit(f"{API}/files/{product}/{name}")
    path = out / parts.netloc / parts.path.lstrip("/")
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def write_listing(
    out: Path, product: str, names: Iterable[tuple[str, str]], frequency: str
) -> None:
    """Write a product's listing, newest first, of file names with their days as `yyyymmdd`."""
    bag = [
        {
            "fileName": Path(name).name,
            "fileDataFromDate": f"{day[:4]}-{day[4:6]}-{day[6:]}",
            "fileDataToDate": f"{day[:4]}-{day[4:6]}-{day[6:]}",
            "fileTypeText": "Data",
            "fileDownloadURI": f"{API}/files/{product}/{name}",
        }
        for name, day in sorted(names, key=lambda each: each[1], reverse=True)
    ]
    answer = {
        "count": 1,
        "bulkDataProductBag": [
            {
                "productIdentifier": product,
                "productFrequencyText": frequency,
                "productFileTotalQuantity": len(bag),
                "productFileBag": {"count": len(bag), "fileDataBag": bag},
            }
        ],
    }
    parts = urlsplit(API)
    listing = out / parts.netloc / parts.path.lstrip("/") / f"{product}@includeFiles=true"
    listing.parent.mkdir(parents=True, exist_ok=True)
    listing.write_text(json.dumps(answer, indent=1) + "\n", encoding="utf-8")


def write_answers(
    out: Path, search: Search, window: tuple[date, date], bag: str, hits: Sequence[object]
) -> None:
    """Write the pages that a search answers for one of its windows."""
    paging = paged_by_offset([bag], "count")
    request: Request | None = Request(search_url(BASE_URL, search, window))
    for at in range(0, len(hits), HITS):
        assert request is not None
        page = {"count": len(hits), bag: hits[at : at + HITS]}
        text = json.dumps(page, sort_keys=True, ensure_ascii=False) + "\n"
        path = place_answer(out, request)
        path.write_text(text, encoding="utf-8")
        request = paging.following(request, text.encode())

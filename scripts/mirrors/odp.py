"""Products of the USPTO Open Data Portal: dated files, and the listing that the portal answers."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

API = "https://api.uspto.gov/api/v1/datasets/products"


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

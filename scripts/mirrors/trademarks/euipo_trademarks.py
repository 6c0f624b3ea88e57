"""Mirrors of EU trade marks. The sample: marks with their dates, classes and keys of parties.

Re-rendered from facts; the texts of goods and services are left out. Parties are numbers in the
dumps; in a page of the interface, which lies beside them as it was saved, they have names, and
the mark of a person is left out. One mark comes a second time on its own, as a daily difference.
The interface itself is not mirrored: a page of 10 out of 235,459 is no harvest.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

from scripts.mirrors.delivery import folder_of, link_delivery, write_delivery

ADDRESS = "trademarks/euipo_trademarks"
FOLDER = "trademark/euipo_em_trademark_xml"
PAGE = "trademark/euipo_api_json/tm_list_size10.json"
OF_A_PERSON = "000274977"
SHARE = 3
GOODS = re.compile(rb"(<GoodsServicesDescription [^>]*>)[^<]*(</GoodsServicesDescription>)")


def sample(real: Path, out: Path) -> None:
    """Write every third mark into one archive, and the last of them beside it."""
    paths = _marks(real)[::SHARE]
    marks = {
        path.relative_to(real / FOLDER).as_posix(): GOODS.sub(rb"\1\2", path.read_bytes())
        for path in paths
    }
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, content in marks.items():
            # The same bytes whenever it is written.
            info = zipfile.ZipInfo(name, (2020, 9, 21, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, content, compresslevel=9)
    *_, (name, content) = marks.items()
    update = content.replace(b'operationCode="Insert"', b'operationCode="Update"')
    write_delivery(
        folder_of(ADDRESS, out),
        {
            "EUTMS_20200921.zip": archive.getvalue(),
            Path(name).name: update,
            "trademarks-page.json": _page(real / PAGE),
        },
    )


def real(real: Path, out: Path) -> None:
    """Link the 192 real files, and the page of the interface."""
    link_delivery(folder_of(ADDRESS, out), [*_marks(real), real / PAGE])


def records(path: Path) -> int | None:
    """Count the marks that a file begins."""
    content = path.read_bytes()
    return content.count(b"<TradeMark ") or content.count(b'"markFeature"') or None


def _marks(real: Path) -> list[Path]:
    return sorted((real / FOLDER).glob("*/*.xml"))


def _page(path: Path) -> bytes:
    page = json.loads(path.read_bytes())
    page["trademarks"] = [
        each for each in page["trademarks"] if each["applicationNumber"] != OF_A_PERSON
    ]
    return (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode()

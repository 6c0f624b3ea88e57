"""Mirrors of EU designs. The sample: all designs of the dump, and a page of the interface.

Re-rendered from facts; of the names of products the English ones are kept. Parties are numbers.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

from scripts.mirrors.delivery import folder_of, link_delivery, write_delivery

ADDRESS = "trademarks/euipo_designs"
FOLDER = "trademark/euipo_design_xml"
PAGE = "trademark/euipo_api_json/design_list_size10.json"
FOREIGN = re.compile(rb'\s*<IndicationProduct languageCode="(?!en")[^<]*</IndicationProduct>')


def sample(real: Path, out: Path) -> None:
    """Write the designs into one archive, and the page beside it."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for path in _designs(real):
            info = zipfile.ZipInfo(
                path.relative_to(real / FOLDER).as_posix(), (2019, 8, 17, 0, 0, 0)
            )
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, FOREIGN.sub(b"", path.read_bytes()), compresslevel=9)
    page = json.dumps(json.loads((real / PAGE).read_bytes()), indent=1) + "\n"
    write_delivery(
        folder_of(ADDRESS, out),
        {"RCDS_20190817.zip": archive.getvalue(), "designs-page.json": page.encode()},
    )


def real(real: Path, out: Path) -> None:
    """Link the 32 real files, and the page of the interface."""
    link_delivery(folder_of(ADDRESS, out), [*_designs(real), real / PAGE])


def records(path: Path) -> int | None:
    """Count the designs that a file begins."""
    content = path.read_bytes()
    return content.count(b"<Design ") or content.count(b'"designNumber"') or None


def _designs(real: Path) -> list[Path]:
    return sorted((real / FOLDER).glob("*/*.xml"))

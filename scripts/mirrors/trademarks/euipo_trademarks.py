"""Mirrors of EU trade marks. The sample: marks with their dates, classes and keys of parties.

Re-rendered from facts; the texts of goods and services are left out. Parties are numbers in the
source itself. One mark comes a second time on its own, as a daily difference.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from scripts.mirrors.delivery import folder_of, link_delivery, write_delivery

ADDRESS = "trademarks/euipo_trademarks"
FOLDER = "trademark/euipo_em_trademark_xml"
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
        {"EUTMS_20200921.zip": archive.getvalue(), Path(name).name: update},
    )


def real(real: Path, out: Path) -> None:
    """Link the 192 real files."""
    link_delivery(folder_of(ADDRESS, out), _marks(real))


def _marks(real: Path) -> list[Path]:
    return sorted((real / FOLDER).glob("*/*.xml"))

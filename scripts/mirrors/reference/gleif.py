"""Mirrors of GLEIF. The sample: companies of China and those that meet them, no persons."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterable
from pathlib import Path

from scripts.mirrors.delivery import folder_of

ADDRESS = "reference/gleif"
FOLDER = "reference/gleif"
FULL, DELTA = "latest.csv", "latest.csv@delta=LastDay"
CHINA = "gleif_cn_hk_mo_tw_excerpt.csv"
WORLD = "gleif_world_sample_30000.csv.gz"

WRONG_CHECK_DIGITS = {"39120001GBUWIUYPA441", "39120001MKQBYG8CJY58"}

COMPANY = re.compile(
    r"\b(?:CO|COMPANY|CORP|CORPORATION|LIMITED|LTD|INC|LLC|GMBH|AG|SE|SA|S\.A|NV|B\.?V|PLC|AB|OY"
    r"|ETF|BANK|EXCHANGE|UNIVERSITY)\b\.?|公司",
    re.IGNORECASE,
)
# Trusts, estates and pension plans are often named after persons.
PRIVATE = re.compile(
    r"\b(?:TRUST|TRUSTEE|SETTLEMENT|ESTATE|FAMILY|WILL|PENSION|PENSIOEN|DECEASED|MRS?|SIPP|CHILDREN)\b",
    re.IGNORECASE,
)
GUANGDONG = re.compile(
    r"\b(?:GUANGDONG|GUANGZHOU|SHENZHEN|ZHUHAI|FOSHAN|DONGGUAN|HUIZHOU|HUAWEI|ZTE|TENCENT|BYD|TCL"
    r"|SKYWORTH|MIDEA|GREE|PING AN|EVERGRANDE|FOXCONN|LENOVO|SAMSUNG|HONEYWELL|SIEMENS|SONY|PHILIPS"
    r"|QUALCOMM|ERICSSON|NOKIA|PANASONIC|TOYOTA|IBM|INTEL|GOOGLE|APPLE|NAMIBIAN?)\b",
    re.IGNORECASE,
)


def sample(real: Path, out: Path) -> None:
    """Write a golden copy of entities of China, and a delta of some of the world."""
    folder = folder_of(ADDRESS, out)
    header, *china = _rows(real / FOLDER / CHINA)
    _, *world = _rows(real / FOLDER / WORLD)
    of_china = [row for row in china if _is_company(row)]
    near = [row for row in of_china if row[2] == "CN" or GUANGDONG.search(row[1])]
    others = [row for row in of_china if row not in near]
    (folder / FULL).write_bytes(_rendered(header, [*near, *others]).encode())
    companies = [row for row in world if _is_company(row)]
    known = [row for row in companies if GUANGDONG.search(row[1])]
    spoilt = [row for row in companies if row[0] in WRONG_CHECK_DIGITS]
    # Excerpts that were saved with pandas have lost NA, the code of Namibia.
    rows = [
        [*row[:2], row[2] or "NA", *row[3:]] for row in _once([*known, *spoilt, *companies[::5]])
    ]
    delta = gzip.compress(_rendered(header, rows).encode(), mtime=0)
    (folder / DELTA).write_bytes(delta)


def real(real: Path, out: Path) -> None:
    """Link the excerpt as the golden copy, and the world's sample as the delta."""
    folder = folder_of(ADDRESS, out)
    for name, target in ((FULL, CHINA), (DELTA, WORLD)):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to((real / FOLDER / target).resolve())


def records(path: Path) -> int | None:
    """Count the legal entities of a real file: lines, or LEIs in an answer."""
    if path.suffix == ".json":
        return path.read_bytes().count(b'"type":"lei-records"') or path.read_bytes().count(
            b'"type": "lei-records"'
        )
    return None if path.name.startswith("elf") else len(_rows(path)) - 1


def _once(rows: list[list[str]]) -> list[list[str]]:
    return list({row[0]: row for row in rows}.values())


def _rows(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
    return list(csv.reader(io.StringIO(text, newline="")))


def _is_company(row: list[str]) -> bool:
    return (
        row[3] in {"GENERAL", "BRANCH", "RESIDENT_GOVERNMENT_ENTITY"}
        and COMPANY.search(row[1]) is not None
        and PRIVATE.search(row[1]) is None
    )


def _rendered(header: list[str], rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    # GLEIF quotes every cell.
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([header, *sorted(rows)])
    return out.getvalue()

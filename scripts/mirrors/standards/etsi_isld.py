"""Mirrors of ETSI's export. The sample: declarations of companies, in the source's own dialect.

The real files were saved again by others, with commas, -1 for empty cells and 1 or 0 for
flags; the sample undoes that. It has numbers, dates, titles of patents and designators only.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

ADDRESS = "standards/etsi_isld"
FOLDER = "standard/etsi_isld"
EXPORT = "docbox.etsi.org/IPR/Open/ISLD-export.zip"
OF_OPPO = ["01_oppo_50.csv", "03_oppo_jp_50.csv"]
OF_DOCOMO = [
    "ntt_01_NTT_100.csv",
    "ntt_02_TARGET_IPRD_REFERENCE__ISLD-201608-010__ALL.csv",
    "ntt_03_TARGET_DIPG_ID__43483__ALL.csv",
    "ntt_05_TARGET_DIPG_PATF_ID__20438__ALL.csv",
    "ntt_09_NTT_BASIS_PATENT_100.csv",
]
FLAGS = {
    "DECL_IS_PROP_FLAG", "LICD_DEC_PREP_TO_GRANT_FLAG", "LICD_REC_CONDI_FLAG", "Ess_To_Standard",
    "Ess_To_Project", "Explicitely_Disclosed", "Normalized_Patent",
}  # fmt: skip
DATES = {"IPRD_SIGNATURE_DATE", "Reflected_Date", "PBPA_APP_DATE"}
CLAUSE = re.compile(r"(?:Section|Clause|Annex)? ?[\d.A-Za-z, ]{1,12}")


def sample(real: Path, out: Path) -> None:
    """Write OPPO's declarations whole, and every fourth line of NTT DOCOMO's."""
    lines: list[dict[str, str]] = []
    for name in OF_OPPO:
        lines += _lines(real / FOLDER / name)
    for name in OF_DOCOMO:
        lines += _lines(real / FOLDER / name)[::4]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(lines[0])
    # One company has several spellings, and the export repeats lines.
    writer.writerows(_cells(line, at) for at, line in enumerate(lines))
    writer.writerow(_cells(lines[0], 0))
    _write_zip(out, {"ISLD-export.csv": text.getvalue().encode()})


def real(real: Path, out: Path) -> None:
    """Pack the seven real files, as they are, into one export."""
    names = [*OF_OPPO, *OF_DOCOMO]
    _write_zip(out, {name: (real / FOLDER / name).read_bytes() for name in names})


def records(path: Path) -> int | None:
    """Count the lines of a copy of the export, as the csv module divides them."""
    return len(_lines(path)) if path.name.startswith(("0", "ntt_")) else None


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _cells(line: dict[str, str], at: int) -> list[str]:
    return [_cell(name, value, at) for name, value in line.items()]


def _cell(name: str, value: str, at: int) -> str:
    if name in FLAGS:
        return {"1": "Yes", "0": "No", "-1": "Error" if name == "Normalized_Patent" else ""}[value]
    if value == "-1":
        return ""
    if name in DATES:
        return f"{value} 00:00:00"
    if name == "COMP_LEGAL_NAME":
        written = value.replace(" Corp Ltd", " Corp., Ltd.").replace("DOCOMO INC", "DOCOMO, INC.")
        return written.upper() if at % 40 == 7 else written
    if name == "Illustrative_Part":
        return value if CLAUSE.fullmatch(value) else ""
    return value


def _write_zip(out: Path, files: dict[str, bytes]) -> None:
    target = out / EXPORT
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            # The same bytes whenever it is written.
            info = zipfile.ZipInfo(name, date_time=(2026, 9, 14, 5, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)

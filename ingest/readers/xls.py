"""Reads the sheets of small spreadsheet files, `.xls` and `.xlsx` alike."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from iplake.errors import SourceChanged

MAX_BYTES = 64 << 20

Cells = list[list[object]]


def read_sheets(path: Path) -> Iterator[tuple[str, Cells]]:
    """Yield name and cells of each sheet; a file that is no spreadsheet raises SourceChanged."""
    if max(path.stat().st_size, _unpacked(path)) > MAX_BYTES:
        raise SourceChanged("a spreadsheet is longer than its bound", file=path.name)
    try:
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            rows: Cells = workbook.get_sheet_by_name(name).to_python()  # type: ignore[assignment]
            yield name, rows
    except CalamineError as error:
        raise SourceChanged(
            "expected a spreadsheet; open the file and see what it is",
            file=path.name,
            said=str(error),
        ) from error


def _unpacked(path: Path) -> int:
    """Return how long the sheets of an .xlsx, a zip, are said to be; no reader takes more."""
    if not zipfile.is_zipfile(path):
        return 0
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise SourceChanged(
            "a spreadsheet is damaged or cut off; land it again", file=path.name, said=str(error)
        ) from error

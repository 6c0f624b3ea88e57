"""Mirrors of the OECD's patent quality indicators. The sample: some years and fields."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from scripts.mirrors.delivery import folder_of, link_delivery, write_delivery

ADDRESS = "patents/oecd_quality"
FOLDER = "patent/oecd_patent_quality"
FILE = "201902_OECD_PATENT_QUALITY_EPO_INDIC_COHORT.txt"
YEARS = {"1978", "1988", "2010", "2017"}
"""The first and the last cohorts, one with a negative grant lag, and one of many patents."""

FIELDS = {str(number) for number in (1, 3, 4, 8, 14, 16, 21, 24, 30, 35)}


def sample(real: Path, out: Path) -> None:
    """Write some years and fields, in the source's own dialect."""
    with (real / FOLDER / FILE).open(encoding="ascii", newline="") as file:
        header, *lines = csv.reader(file, delimiter="|")
    kept = [cells for cells in lines if cells[0] in YEARS and cells[1] in FIELDS]
    text = io.StringIO()
    text.write("|".join(header) + "\r\n")
    for cells in kept:
        # Of all cells the indicator alone is quoted.
        text.write("|".join([*cells[:2], f'"{cells[2]}"', *cells[3:]]) + "\r\n")
    write_delivery(folder_of(ADDRESS, out), {FILE: text.getvalue().encode("ascii")})


def real(real: Path, out: Path) -> None:
    """Link the real file."""
    link_delivery(folder_of(ADDRESS, out), [real / FOLDER / FILE])


def records(path: Path) -> int | None:
    """Return how many lines follow the header."""
    return path.read_bytes().count(b"\n") - 1

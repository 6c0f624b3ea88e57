"""Mirrors of classifications of industries. The lists are facts: codes, names and pairs of codes.

The sample has GB/T 4754 whole, and of the others manufacture of electronics, telecommunication,
software and research; explanatory notes are left out.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from scripts.mirrors.delivery import folder_of, link_delivery, write_delivery

ADDRESS = "reference/industries"
GBT, OTHERS = "economic/gbt4754/gbt4754_2017.csv", "economic/classifications_eu_un"
LISTS = ("ISIC4.csv", "NACE.csv", "NAICS2022.csv")
CONCORDANCES = ("ISIC4_CPC21.csv", "NACE_CPA21.csv", "NAICS2017_NACE.csv")
CHOSEN = {
    "ISIC4.csv": ("26", "27", "61", "62", "63", "72"),
    "NACE.csv": ("26", "27", "61", "62", "63", "72"),
    "NAICS2022.csv": ("334", "335", "517", "518", "5417"),
    "ISIC4_CPC21.csv": ("26", "62", "72"),
    "NACE_CPA21.csv": ("26", "62", "72"),
    "NAICS2017_NACE.csv": ("334", "517", "5417"),
}
NOTES = {"Include", "IncludeAlso", "Exclude", "Notes"}


def sample(real: Path, out: Path) -> None:
    """Write the sample delivery."""
    gbt = list(csv.reader((real / GBT).read_text(encoding="utf-8").splitlines()))
    files = {"gbt4754.csv": _written(gbt)}
    for name in (*LISTS, *CONCORDANCES):
        files[name] = _chosen(real / OTHERS / name)
    write_delivery(folder_of(ADDRESS, out), files)


def real(real: Path, out: Path) -> None:
    """Link the real lists and concordances."""
    files = [real / GBT, *sorted((real / OTHERS).glob("*.csv"))]
    link_delivery(folder_of(ADDRESS, out), files)


def records(path: Path) -> int | None:
    """Return how many codes a real list has, counted from its lines alone."""
    if path.suffix != ".csv" or path.name in {*CONCORDANCES, "CPA21_CPC21.csv"}:
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def _chosen(path: Path) -> bytes:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *lines = csv.reader(file)
    kept = [line for line in lines if _is_above(line[0], CHOSEN[path.name]) or line[0].isalpha()]
    notes = [at for at, name in enumerate(header) if name in NOTES]
    blank = [["" if at in notes else cell for at, cell in enumerate(line)] for line in kept]
    return _written([header, *blank])


def _is_above(code: str, chosen: tuple[str, ...]) -> bool:
    """Return whether a code is one of the chosen, below one, or above one."""
    parts = range(int(code[:2]), int(code[3:]) + 1) if "-" in code else ()
    return any(
        code.startswith(each) or each.startswith(code) or int(each[:2]) in parts for each in chosen
    )


def _written(lines: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue().encode()

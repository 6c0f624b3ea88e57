"""NYPL's renewals: all 15,630 real lines of six files, against counts made apart from us."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "copyrights/nypl_renewals"


def test_every_line_is_staged(real: Path, tmp_path: Path) -> None:
    paths = sorted((real / "copyright" / "nypl_cce_renewals").glob("*.tsv"))
    assert len(paths) == 6
    lines = claimants = 0
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file, delimiter="\t"):
                lines += 1
                # Three bars stand within one claimant, two between two of them.
                named = (line["claimants"] or "").replace("|||", "|").split("||")
                claimants += sum(1 for name in named if name.strip())
    assert lines == 15_630
    counts = refresh.stage_files(ADDRESS, paths, tmp_path, jobs=2)
    assert counts["renewals"] == Count(15_630, 15_630, 0)
    assert counts["renewal_claimants"] == Count(claimants, claimants, 0)


def test_headers_of_both_vocabularies_fill_the_same_columns(real: Path, tmp_path: Path) -> None:
    for name in ("1951-1A.tsv", "1978-from-db.tsv"):
        path = real / "copyright" / "nypl_cce_renewals" / name
        refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
        rows = pl.read_parquet(tmp_path / "renewals.parquet")
        assert rows.height > 1000
        for column in ("title", "renewal_number", "renewal_date", "registration_number"):
            assert rows[column].null_count() / rows.height < 0.1, column

"""ETSI's export: all 727 real lines, against counts made apart from us."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "standards/etsi_isld"


def test_every_line_is_staged(real: Path, tmp_path: Path) -> None:
    folder = real / "standard" / "etsi_isld"
    paths = sorted([*folder.glob("0*.csv"), *folder.glob("ntt_*.csv")])
    assert len(paths) == 7
    counts = refresh.stage_files(ADDRESS, paths, tmp_path, jobs=2)
    assert counts["declarations"] == Count(727, 727, 0)
    assert counts["declared_publications"] == Count(1098, 1098, 0)
    rows = pl.read_parquet(tmp_path / "declarations.parquet")
    oppo = rows.filter(pl.col("declarant_name").str.to_lowercase().str.contains("oppo"))
    assert oppo.height == 100
    # Each year-coded American application is an eight-digit serial number in truth.
    assert rows.filter(office_code="US")["application_number"].drop_nulls().len() > 0
    numbers = pl.read_parquet(tmp_path / "declared_publications.parquet")
    assert numbers["publication_number"].str.contains(r"^[A-Z]{2}[A-Z0-9]+$").all()


def test_a_report_on_the_export_is_refused_whole(real: Path, tmp_path: Path) -> None:
    path = real / "standard" / "etsi_isld" / "isld_null_report_full_export.csv"
    with pytest.raises(SourceChanged, match="column is missing"):
        refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)

"""OECD cohorts: the real file, against counts made apart from us."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from scripts.mirrors.patents.oecd_quality import FILE, FOLDER, records
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "patents/oecd_quality"


def test_every_line_is_staged(real: Path, tmp_path: Path) -> None:
    path = real / FOLDER / FILE
    assert [each.name for each in (real / FOLDER).glob("*.txt")] == [FILE]
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    assert counts["cohorts"] == Count(records=23340, staged=23340, quarantined=0)
    assert records(path) == 23340
    assert refresh.stage_with_drift(ADDRESS, [path], tmp_path / "again", jobs=1) == ()
    rows = pl.read_parquet(tmp_path / "cohorts.parquet")
    # Year, field and indicator name a cohort.
    assert rows.select("filing_year", "field_number", "indicator_code").is_unique().all()
    assert (rows["filing_year"].min(), rows["filing_year"].max()) == (1978, 2017)
    assert rows["field_number"].n_unique() == 35
    assert rows["indicator_code"].n_unique() == 17


def test_fractions_without_a_leading_zero_are_fractions(real: Path, tmp_path: Path) -> None:
    path = real / FOLDER / FILE
    refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    rows = pl.read_parquet(tmp_path / "cohorts.parquet")
    cells = [line.split("|") for line in path.read_text(encoding="ascii").splitlines()[1:]]
    # Means and skewnesses that begin with a point, counted in the text.
    assert rows.filter(pl.col("mean_value") < 1, pl.col("mean_value") > 0).height == sum(
        line[4].startswith(".") for line in cells
    ) == 12307  # fmt: skip
    small = rows.filter(pl.col("skewness").abs() < 1)
    assert small.filter(pl.col("skewness") < 0).height >= 1880
    assert rows["standard_deviation"].null_count() == 80
    assert rows["kurtosis"].null_count() == rows["skewness"].null_count() == 129
    assert rows.filter(pl.col("minimum_value") < 0)["minimum_value"].to_list() == [-1743.0]

"""All cells of NBS's real files, against counts made apart from us."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "economy/china_nbs"
# Lines, cells and empty cells, counted straight from the sheets.
TABLES = {"20_Guangzhou_All.xls": (4, 80, 30), "20_Major_GDP.xls": (36, 720, 102)}


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_of_a_table_is_accounted_for(real: Path, tmp_path: Path, name: str) -> None:
    lines, cells, empty = TABLES[name]
    path = real / "economic" / "china_nbs" / name
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    filled = cells - empty
    assert counts["observations"] == Count(records=filled, staged=filled, quarantined=0)
    assert counts["series"] == Count(records=lines, staged=lines, quarantined=0)
    series = pl.read_parquet(tmp_path / "series.parquet")
    assert (series["cell_count"].sum(), series["empty_count"].sum()) == (cells, empty)


def test_figures_of_guangzhou_are_the_published_ones(real: Path, tmp_path: Path) -> None:
    path = real / "economic" / "china_nbs" / "20_Guangzhou_All.xls"
    refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    rows = pl.read_parquet(tmp_path / "observations.parquet")
    whole = rows.filter(indicator_name="国内生产总值")
    by_year = dict(whole.select("observation_year", "observation_value").iter_rows())
    assert (by_year[2017], by_year[2016]) == (21_503.15, 19_547.44)
    assert 2018 not in by_year
    # The three sectors do not always add up to the whole; nothing is put right.
    sectors = rows.filter(pl.col("indicator_name").str.ends_with("产业增加值"))
    assert sectors["indicator_name"].n_unique() == 3
    sums = sectors.group_by("observation_year").agg(pl.col("observation_value").sum())
    short = {year: round(by_year[year] - value, 2) for year, value in sums.iter_rows()}
    assert (short[2017], short[2013], short[2009]) == (0.0, -0.01, -0.21)


def test_the_answers_that_a_probe_kept_are_staged(real: Path, tmp_path: Path) -> None:
    path = real / "economic" / "china_nbs" / "nbs_uuid_probe_2026-09-14.json"
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    assert counts["observations"] == Count(records=5, staged=5, quarantined=0)
    rows = pl.read_parquet(tmp_path / "observations.parquet")
    assert rows["period_code"].unique().to_list() == ["2024YY"]
    found = dict(rows.select("area_name", "observation_value").iter_rows())
    assert found == {
        "北京市": 49_670.2,
        "河北省": 47_448.1,
        "上海市": 53_759.5,
        "浙江省": 90_007.0,
        "安徽省": 50_646.7,
    }


def test_a_table_made_by_hand_is_refused(real: Path, tmp_path: Path) -> None:
    # It names neither year nor unit, so that none of its figures could be told.
    path = real / "economic" / "china_nbs" / "17_Economic.csv"
    with pytest.raises(SourceChanged, match="expected JSON"):
        refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)

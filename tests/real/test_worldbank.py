"""All cells of the World Bank's real files, against counts made apart from us."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "economy/worldbank"
TOPIC_14 = "API_14_DS2_en_csv_v2_3054360_science-and-technology.csv"
# By PROVENANCE.md: lines, all cells right of the codes, and the empty ones of these. The empty
# cell behind the last comma of each line is among both; it is no cell of a year.
LINES, CELLS, EMPTY = 3_458, 214_396, 157_546


def test_all_cells_of_topic_14_are_accounted_for(real: Path, tmp_path: Path) -> None:
    path = real / "economic" / "worldbank_wdi_bulk" / TOPIC_14
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    filled = CELLS - EMPTY
    assert counts["observations"] == Count(records=filled, staged=filled, quarantined=0)
    assert counts["series"] == Count(records=LINES, staged=LINES, quarantined=0)
    series = pl.read_parquet(tmp_path / "series.parquet")
    assert series["cell_count"].sum() + LINES == CELLS
    assert series["empty_count"].sum() + LINES == EMPTY
    assert pl.read_parquet(tmp_path / "quarantine.parquet").height == 0


def test_figures_are_those_that_wipo_published(real: Path, tmp_path: Path) -> None:
    path = real / "economic" / "worldbank_wdi_bulk" / TOPIC_14
    refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    rows = pl.read_parquet(tmp_path / "observations.parquet")
    china = rows.filter(area_code="CHN", indicator_code="IP.PAT.RESD")
    by_year = dict(china.select("observation_year", "observation_value").iter_rows())
    assert by_year[2018] == 1_393_815
    assert by_year[2019] == 1_243_568
    assert rows["source_updated_date"].unique().to_list()[0].isoformat() == "2021-09-15"
    key = ["area_code", "indicator_code", "observation_year"]
    assert rows.height == rows.select(key).unique().height


def test_every_area_is_a_country_of_iso_or_the_banks_own(real: Path, tmp_path: Path) -> None:
    name = "Metadata_Country_API_14_DS2_en_csv_v2_3054360.csv"
    path = real / "economic" / "worldbank_wdi_bulk" / name
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    assert counts["areas"] == Count(records=265, staged=265, quarantined=0)
    areas = pl.read_parquet(tmp_path / "areas.parquet")
    assert areas["is_aggregate"].sum() == 48
    own = areas.filter(~pl.col("is_aggregate"), area_scheme="WORLDBANK")
    assert sorted(own["area_code"]) == ["CHI", "XKX"]
    assert areas.filter("is_aggregate")["country_code"].is_null().all()


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("Metadata_Indicator_API_14_DS2_en_csv_v2_3054360.csv", 13),
        ("Metadata_Indicator_API_3_DS2_en_csv_v2_3060949.csv", 254),
    ],
)
def test_every_indicator_is_staged(real: Path, tmp_path: Path, name: str, count: int) -> None:
    path = real / "economic" / "worldbank_wdi_bulk" / name
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    assert counts["indicators"] == Count(records=count, staged=count, quarantined=0)


def test_the_long_form_of_gdp_is_staged_whole(real: Path, tmp_path: Path) -> None:
    path = real / "economic" / "worldbank_gdp_long" / "gdp.csv"
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    assert counts["observations"] == Count(records=13_979, staged=13_979, quarantined=0)
    rows = pl.read_parquet(tmp_path / "observations.parquet")
    assert rows["indicator_code"].unique().to_list() == ["NY.GDP.MKTP.CD"]
    assert rows["unit_name"].unique().to_list() == ["current US$"]


def test_what_describes_a_package_is_no_figures(real: Path, tmp_path: Path) -> None:
    path = real / "economic" / "worldbank_gdp_long" / "datapackage.json"
    with pytest.raises(SourceChanged, match="expected a list of a head and figures"):
        refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)

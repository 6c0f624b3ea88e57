"""China's standards platforms: every recorded page, and lists against their details."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from scripts.mirrors.standards.china_standards import records
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "standards/china_standards"
FILES = {
    "gb_t_1_1__02_http200.html": 3,
    "gb_t_1_1__07_http200.html": 1,
    "gb_t_1_1__10_http200.html": 1,
    "gb_t_1_1__11_http200.html": 1,
    "gb_t_20223_2006__02_http200.html": 1,
    "gb_t_20223_2006__05_http200.html": 1,
    "jb_t_13368_2018__01_http200.json": 1,
    "jb_t_13368_2018__02_http200.html": 1,
}


@pytest.mark.parametrize("name", FILES)
def test_every_standard_is_staged(real: Path, tmp_path: Path, name: str) -> None:
    path = real / "standard" / "china_gb" / name
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    assert records(path) == FILES[name]
    assert counts["standards"] == Count(FILES[name], FILES[name], 0)
    assert refresh.stage_with_drift(ADDRESS, [path], tmp_path / "again", 1) == ()


def test_lists_and_details_agree_to_the_day(real: Path, tmp_path: Path) -> None:
    paths = [real / "standard" / "china_gb" / name for name in FILES]
    refresh.stage_files(ADDRESS, paths, tmp_path, jobs=1)
    rows = pl.read_parquet(tmp_path / "standards.parquet")
    is_list = pl.col("interface").is_in(["openstd_list", "sacinfo"])
    both = rows.filter(is_list).join(rows.filter(~is_list), on="record_id", suffix="_detail")
    assert both.height == 5
    for column in ("designator", "title", "status", "issue_date", "implementation_date"):
        assert both[column].to_list() == both[f"{column}_detail"].to_list(), column
    [sector] = both.filter(designator="JB/T 13368-2018").to_dicts()
    # In UTC all three would be a day early.
    days = [str(sector[name]) for name in ("issue_date", "implementation_date", "record_date")]
    assert days == ["2018-02-09", "2018-10-01", "2018-02-26"]
    assert sector["record_date"] == sector["record_date_detail"]


def test_the_list_of_requests_is_no_answer(real: Path, tmp_path: Path) -> None:
    path = real / "standard" / "china_gb" / "requests.json"
    assert len(json.loads(path.read_bytes())) == 3
    with pytest.raises(SourceChanged, match="expected a list of standards"):
        refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)

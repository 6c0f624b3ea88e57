"""NBS: tables of the old portal and answers of the new one, and pages in place of them."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceBusy, SourceChanged
from scripts.mirrors.spreadsheet import Cell, sheet_bytes
from warehouse import refresh
from warehouse.staging import Count, add_up

ADDRESS = "economy/china_nbs"
SHEET = "主要城市年度数据"
TITLES: list[list[Cell]] = [[f"数据库：{SHEET}"], ["地区：广州"], ["时间：最近2年"]]
HEADER: list[Cell] = ["指标", "2018年", "2017年"]
GDP: list[Cell] = ["国内生产总值(亿元)", None, 21503.15]
FOOTER: list[Cell] = ["数据来源：国家统计局"]


def staged(tmp_path: Path, content: bytes) -> dict[str, Count]:
    """Stage one file of the given bytes into `<tmp_path>/out`; return the counts."""
    path = tmp_path / "input"
    path.write_bytes(content)
    return refresh.stage_files(ADDRESS, [path], tmp_path / "out", jobs=1)


def table(tmp_path: Path, name: str) -> pl.DataFrame:
    """Return a table that `staged` wrote."""
    return pl.read_parquet(tmp_path / "out" / f"{name}.parquet")


def figure(value: object, code: str = "a" * 32, da: str = "440100000000") -> dict[str, object]:
    """Return one figure as the portal gives it, the blank behind its name included."""
    name = "地区生产总值 (亿元) "
    return {"i_showname": name, "_id": code, "du_name": "亿元", "value": value, "da": da}


def answer(*blocks: tuple[str, list[dict[str, object]]]) -> bytes:
    """Return an answer of the portal with the figures of some periods."""
    data = [{"code": code, "name": code, "values": values} for code, values in blocks]
    return json.dumps({"data": data, "state": 20000, "message": "成功"}).encode()


def test_empty_cells_of_a_table_are_counted(tmp_path: Path) -> None:
    counts = staged(tmp_path, sheet_bytes(SHEET, [*TITLES, HEADER, GDP, FOOTER]))
    assert counts["observations"] == Count(records=1, staged=1, quarantined=0)
    series = table(tmp_path, "series").row(0, named=True)
    assert (series["cell_count"], series["empty_count"]) == (2, 1)


def test_a_period_of_another_kind_is_refused(tmp_path: Path) -> None:
    header: list[Cell] = ["指标", "2018年", "最近一年"]
    counts = staged(tmp_path, sheet_bytes(SHEET, [*TITLES, header, GDP, FOOTER]))
    assert counts["observations"] == Count(records=1, staged=0, quarantined=1)
    assert table(tmp_path, "quarantine")["reason_code"].to_list() == ["unknown_period"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([*TITLES, HEADER, GDP], "breaks off before its last line"),
        ([*TITLES, HEADER], "breaks off before its last line"),
        ([["City", "2017"], ["Guangzhou", 1]], "expected titles"),
        ([*TITLES, ["年份", "2018年"], GDP, FOOTER], "expected titles"),
        ([], "expected titles"),
    ],
)
def test_another_table_is_refused_whole(tmp_path: Path, rows: list[list[Cell]], said: str) -> None:
    with pytest.raises(SourceChanged, match=said):
        staged(tmp_path, sheet_bytes(SHEET, rows))


@pytest.mark.parametrize("page", [b"<!DOCTYPE html><html>", b"\n <script>challenge()</script>"])
def test_a_page_in_place_of_data_is_worth_another_try(tmp_path: Path, page: bytes) -> None:
    with pytest.raises(SourceBusy, match="challenges scripts") as raised:
        staged(tmp_path, page)
    assert raised.value.exit_code == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "expected JSON"),
        (b"%PDF-1.7\n", "expected JSON"),
        ("地区,年末总人口\n广州,897.87\n".encode("gbk"), "expected JSON"),
        (b"\xd0\xcf\x11\xe0 and then nothing", "expected a spreadsheet"),
        (b'{"data": null, "state": 50000, "message": "error"}', "look what the portal says"),
        (b'{"data": [], "state": 20000}', "look what the portal says"),
    ],
)
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(SourceChanged, match=said):
        staged(tmp_path, content)


def test_a_series_cut_at_its_new_base_has_empty_figures_outside_its_window(
    tmp_path: Path,
) -> None:
    before, after = "b" * 32, "c" * 32
    content = answer(
        ("202512MM", [figure("100.8", before), figure("", after)]),
        ("202601MM", [figure("", before), figure("100.2", after)]),
    )
    counts = staged(tmp_path, content)
    assert counts["observations"] == Count(records=2, staged=2, quarantined=0)
    rows = table(tmp_path, "observations")
    assert rows["indicator_code"].to_list() == [before, after]
    assert rows["observation_value"].to_list() == [100.8, 100.2]
    series = table(tmp_path, "series")
    assert series["cell_count"].to_list() == [2, 2]
    assert series["empty_count"].to_list() == [1, 1]


def test_a_region_of_twelve_digits_has_a_code_of_six(tmp_path: Path) -> None:
    staged(tmp_path, answer(("2024YY", [figure("1"), figure("2", da="000000000000")])))
    rows = table(tmp_path, "observations")
    assert rows["area_code"].to_list() == ["440100", "000000"]
    assert rows["indicator_name"].to_list() == ["地区生产总值"] * 2
    assert rows["unit_name"].to_list() == ["亿元"] * 2


def test_a_damaged_figure_costs_itself_alone(tmp_path: Path) -> None:
    nameless = {name: value for name, value in figure("3").items() if name != "i_showname"}
    nowhere = {name: value for name, value in figure("3").items() if name != "da"}
    figures = [figure("1"), nameless, nowhere, figure(4.5, da="110000000000"), figure("…")]
    counts = staged(tmp_path, answer(("2024YY", figures)))
    assert counts["observations"] == Count(records=5, staged=1, quarantined=4)
    refused = table(tmp_path, "quarantine")
    assert refused["reason_code"].to_list() == [
        "missing_field",
        "missing_field",
        "wrong_type",
        "wrong_type",
    ]
    assert refused["locator"][0] == "input item 1, value 2"


def test_an_answer_that_breaks_off_keeps_the_periods_before(tmp_path: Path) -> None:
    content = answer(("2023YY", [figure("1")]), ("2024YY", [figure("2")]))
    counts = staged(tmp_path, content[:-60])
    assert counts["observations"] == Count(records=2, staged=1, quarantined=1)
    assert table(tmp_path, "quarantine")["reason_code"].to_list() == ["truncated"]


def test_the_sample_has_guangzhou_and_shenzhen(lake_home: Path) -> None:
    landed = refresh.land(ADDRESS)
    assert len(landed) == 4
    counts = add_up(refresh.stage(ADDRESS, each).counts for each in landed)
    assert counts["observations"] == Count(records=708, staged=708, quarantined=0)
    files = lake_home / "staging" / "economy" / "china_nbs" / "observations" / "*.parquet"
    rows = pl.read_parquet(files).filter(observation_year=2017)
    found = {
        (area, indicator): value
        for area, indicator, value in rows.select(
            "area_name", "indicator_name", "observation_value"
        ).iter_rows()
    }
    assert found["广州", "国内生产总值"] == 21503.15
    assert found["深圳", "年末总人口"] == 434.72
    refresh.gate_staging(ADDRESS)

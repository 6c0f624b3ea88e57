"""Mirrors of NBS's figures: tables of cities as the old portal gave them, an answer of the new.

Re-rendered from facts: gross domestic product of 36 cities since 1999, population of 35 cities
in 2017, and what the portal answered for five provinces in September 2026.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

from python_calamine import CalamineWorkbook

from scripts.mirrors.delivery import folder_of, link_delivery, write_delivery
from scripts.mirrors.spreadsheet import Cell, sheet_bytes

ADDRESS = "economy/china_nbs"
FOLDER = "economic/china_nbs"
SHEET = "主要城市年度数据"
TABLES = ("20_Guangzhou_All.xls", "20_Major_GDP.xls")
PROBE = "nbs_uuid_probe_2026-09-14.json"
# The probe is cut off before the codes of its provinces.
PROVINCES = {
    "北京市": "110000000000",
    "河北省": "130000000000",
    "上海市": "310000000000",
    "浙江省": "330000000000",
    "安徽省": "340000000000",
}
SEEN_FIELDS: dict[str, object] = {
    "i_showname": "地区生产总值 (亿元) ",
    "num_accuracy_text": "1",
    "_name": "国内生产总值",
    "is_economy_chart_show_text": "是",
    "daterange_sdate": 694195200000,
    "ek": "db8e5a86c08246e79b1b11251927e740",
    "dp": "1",
    "type": "indicator",
    "is_economy_chart_show_value": "1",
    "ds_order": 1,
    "du": "7dae305350e74cf793520af55bceffa4",
    "catalogid": "6f8fbd415cbc40ffa7ecb7fd917f2598",
    "_id": "aff57de5ee994283974705914fbed246",
    "num_accuracy_value": "1",
    "du_name": "亿元",
    "order": 1,
}
"""What the portal says of each figure; the same for all five provinces."""


def sample(real: Path, out: Path) -> None:
    """Write the sample delivery."""
    folder = real / FOLDER
    files = {f"{Path(name).stem}.xlsx": _table(folder / name) for name in TABLES}
    files["17_Major_Population.xlsx"] = _population(folder / "17_Economic.csv")
    files["GDP_2024.json"] = _answer(folder / PROBE)
    write_delivery(folder_of(ADDRESS, out), files)


def real(real: Path, out: Path) -> None:
    """Link the real tables and the probe; the hand-made 17_Economic.csv names no year."""
    link_delivery(folder_of(ADDRESS, out), [real / FOLDER / name for name in (*TABLES, PROBE)])


def records(path: Path) -> int | None:
    """Return how many figures a real file has, counted from its cells alone."""
    if path.name in TABLES:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_name(SHEET).to_python()
        return sum(isinstance(cell, float) for row in rows[4:-1] for cell in row[1:])
    if path.name == PROBE:
        return path.read_bytes().count(b'"value_sample"')
    return None


def _table(path: Path) -> bytes:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(SHEET).to_python()
    cells = [[_rendered(cell) for cell in row] for row in rows]
    return sheet_bytes(SHEET, cells)


def _rendered(cell: object) -> Cell:
    if cell == "":
        return None
    return cell if isinstance(cell, float) else str(cell)


def _population(path: Path) -> bytes:
    # The figures are those that NBS gives for the end of 2017 (Guangzhou 897.87, Shenzhen 434.72).
    with path.open(encoding="gb18030", newline="") as file:
        lines = [(line["地区"], float(line["年末总人口"])) for line in csv.DictReader(file)]
    titles = [f"数据库：{SHEET}", "指标：年末总人口(万人)", "时间：2017"]
    rows: list[list[Cell]] = [[title, None] for title in titles]
    rows += [["地区", "2017年"], *([area, value] for area, value in lines)]
    return sheet_bytes(SHEET, [*rows, ["数据来源：国家统计局", None]])


def _answer(path: Path) -> bytes:
    """Return an answer of the portal: 2024, and 2025 for which it has no figures yet."""
    probe = json.loads(path.read_text(encoding="utf-8"))
    values = {each["province"]: each["value_sample"][0]["value"] for each in probe["results"]}
    blocks = [
        {
            "code": f"{year}YY",
            "name": f"{year}年",
            "values": [
                {**SEEN_FIELDS, "value": value if year == 2024 else "", "da": PROVINCES[province]}
                for province, value in values.items()
            ],
        }
        for year in (2024, 2025)
    ]
    answer = {"data": blocks, "state": 20000, "message": "成功"}
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()

"""World Bank: every cell is counted, damaged lines are named, other files are refused."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from scripts.mirrors.spreadsheet import zip_bytes
from warehouse import refresh
from warehouse.staging import Count, add_up

ADDRESS = "economy/worldbank"
PREAMBLE = (
    '\ufeff"Data Source","World Development Indicators",\r\n\r\n'
    '"Last Updated Date","2021-09-15",\r\n\r\n'
)
HEADER = '"Country Name","Country Code","Indicator Name","Indicator Code","2018","2019",\r\n'
CHINA = '"China","CHN","Patent applications, residents","IP.PAT.RESD","1393815","1243568",\r\n'
WORLD = '"World","WLD","Patent applications, residents","IP.PAT.RESD","","2158500",\r\n'
AREAS = (
    '\ufeff"Country Code","Region","IncomeGroup","SpecialNotes","TableName",\r\n'
    '"CHN","East Asia & Pacific","Upper middle income","","China",\r\n'
    '"WLD","","","","World",\r\n'
)


def staged(tmp_path: Path, content: bytes) -> dict[str, Count]:
    """Stage one file of the given bytes into `<tmp_path>/out`; return the counts."""
    path = tmp_path / "input"
    path.write_bytes(content)
    return refresh.stage_files(ADDRESS, [path], tmp_path / "out", jobs=1)


def table(tmp_path: Path, name: str) -> pl.DataFrame:
    """Return a table that `staged` wrote."""
    return pl.read_parquet(tmp_path / "out" / f"{name}.parquet")


def test_empty_cells_are_counted_and_staged_nowhere_else(tmp_path: Path) -> None:
    counts = staged(tmp_path, (PREAMBLE + HEADER + CHINA + WORLD).encode())
    assert counts["observations"] == Count(records=3, staged=3, quarantined=0)
    series = table(tmp_path, "series")
    assert series["cell_count"].to_list() == [2, 2]
    assert series["empty_count"].to_list() == [0, 1]
    assert (series["cell_count"] - series["empty_count"]).to_list() == [2, 1]


def test_the_lines_above_the_header_count_for_locators(tmp_path: Path) -> None:
    damaged = CHINA.replace('"1243568",', '"1243568","","",')
    counts = staged(tmp_path, (PREAMBLE + HEADER + CHINA + damaged + WORLD).encode())
    assert counts["series"] == Count(records=3, staged=2, quarantined=1)
    assert counts["observations"] == Count(records=3, staged=3, quarantined=0)
    refused = table(tmp_path, "quarantine").row(0, named=True)
    assert (refused["reason_code"], refused["locator"]) == ("too_many_cells", "line 7")
    assert refused["detail"] == "expected 7 cells, found 9"


def test_a_figure_under_no_year_is_not_dropped(tmp_path: Path) -> None:
    shifted = CHINA.replace('"1243568",', '"1243568","7"')
    counts = staged(tmp_path, (PREAMBLE + HEADER + shifted + WORLD).encode())
    assert counts["series"] == Count(records=2, staged=1, quarantined=1)
    refused = table(tmp_path, "quarantine").row(0, named=True)
    assert refused["reason_code"] == "cell_without_heading"
    assert refused["detail"] == "expected nothing behind the last comma, found 7"


def test_a_file_cut_off_within_a_line_keeps_the_lines_before(tmp_path: Path) -> None:
    counts = staged(tmp_path, (PREAMBLE + HEADER + CHINA + WORLD)[:-12].encode())
    assert counts["series"] == Count(records=2, staged=1, quarantined=1)
    assert counts["observations"] == Count(records=2, staged=2, quarantined=0)
    assert table(tmp_path, "quarantine")["reason_code"].to_list() == ["too_few_cells"]


def test_a_zip_fills_all_tables_and_aggregates_are_told_from_countries(tmp_path: Path) -> None:
    figures = (PREAMBLE + HEADER + CHINA + WORLD).encode()
    counts = staged(tmp_path, zip_bytes({"API.csv": figures, "Metadata.csv": AREAS.encode()}))
    assert counts["observations"].staged == 3
    areas = table(tmp_path, "areas")
    assert areas["area_code"].to_list() == ["CHN", "WLD"]
    assert areas["is_aggregate"].to_list() == [False, True]
    assert areas["area_scheme"].to_list() == ["ISO3166-1", "WORLDBANK"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "found an empty file"),
        (b"<!DOCTYPE html><html><title>Sorry</title>", "header is none of those that WDI"),
        (b"%PDF-1.7\n1 0 obj\n", "header is none of those that WDI"),
        ((PREAMBLE + HEADER.replace("Code", "Codes")).encode(), "in the fifth line"),
        ((PREAMBLE + HEADER.replace('"2018"', '"2018 [YR2018]"')).encode(), "in the fifth line"),
        ((PREAMBLE + HEADER.replace('"2018","2019",', "")).encode(), "in the fifth line"),
        ((PREAMBLE + HEADER.replace('"2019",', '"2019"')).encode(), "in the fifth line"),
        (AREAS.replace("Region", "World region").encode(), "header is none of those that WDI"),
    ],
)
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(SourceChanged, match=said):
        staged(tmp_path, content)


def test_a_damaged_zip_is_refused_whole(tmp_path: Path) -> None:
    # Bytes that do not pack, so that half of the file is half of the member.
    content = zip_bytes({"API.csv": (PREAMBLE + HEADER + CHINA).encode() + os.urandom(4096)})
    with pytest.raises(SourceChanged, match="damaged or cut off"):
        staged(tmp_path, content[: len(content) // 2])


def test_the_sample_offers_what_the_marts_need(lake_home: Path) -> None:
    landed = refresh.land(ADDRESS)
    assert len(landed) == 3
    counts = add_up(refresh.stage(ADDRESS, each).counts for each in landed)
    assert counts["observations"].staged >= 11_000
    assert counts["observations"].quarantined == 1
    assert counts["series"].quarantined == 1
    files = lake_home / "staging" / "economy" / "worldbank" / "observations" / "*.parquet"
    rows = pl.read_parquet(files).filter(pl.col("country_code").is_not_null())
    for indicator in (
        "NY.GDP.MKTP.CD",
        "SP.POP.TOTL",
        "IP.PAT.RESD",
        "IP.PAT.NRES",
        "GB.XPD.RSDV.GD.ZS",
        "TX.VAL.TECH.CD",
    ):
        areas = rows.filter(indicator_code=indicator)["area_code"].unique()
        assert "CHN" in areas
        assert len(areas) >= 21, indicator
    refresh.gate_staging(ADDRESS)

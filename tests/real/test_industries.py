"""Every code of the real classifications, against counts made apart from us."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from scripts.mirrors.reference.industries import records
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "reference/industries"
# Lines by PROVENANCE.md.
LISTS = {
    "gbt4754/gbt4754_2017.csv": 1_967,
    "classifications_eu_un/ISIC4.csv": 766,
    "classifications_eu_un/NACE.csv": 996,
    "classifications_eu_un/Nace2_long.csv": 996,
    "classifications_eu_un/NAICS2017.csv": 2_196,
    "classifications_eu_un/NAICS2022.csv": 2_125,
    "classifications_eu_un/SITC4.csv": 5_066,
}
CONCORDANCES = {
    "classifications_eu_un/CPA21_CPC21.csv": 4_109,
    "classifications_eu_un/ISIC4_CPC21.csv": 2_663,
    "classifications_eu_un/NACE_CPA21.csv": 5_522,
    "classifications_eu_un/NAICS2017_NACE.csv": 1_790,
}
LEVELS = {
    "gbt4754/gbt4754_2017.csv": {"section": 20, "division": 97, "group": 473, "class": 1_377},
    "classifications_eu_un/ISIC4.csv": {"section": 21, "division": 88, "group": 238, "class": 419},
    "classifications_eu_un/NACE.csv": {"section": 21, "division": 88, "group": 272, "class": 615},
}


def staged(real: Path, out: Path, name: str, table: str) -> tuple[Count, pl.DataFrame]:
    """Stage a real file; return count and rows of one of its tables."""
    counts = refresh.stage_files(ADDRESS, [real / "economic" / name], out, jobs=1)
    return counts[table], pl.read_parquet(out / f"{table}.parquet")


def test_every_file_of_the_folders_is_accounted_for(real: Path) -> None:
    folders = [real / "economic" / name for name in ("gbt4754", "classifications_eu_un")]
    files = {f"{path.parent.name}/{path.name}" for each in folders for path in each.glob("*.csv")}
    assert len(files) == 11
    assert files == {*LISTS, *CONCORDANCES}


@pytest.mark.parametrize("name", LISTS)
def test_every_code_is_staged_and_stands_below_one(real: Path, tmp_path: Path, name: str) -> None:
    expected = LISTS[name]
    assert records(real / "economic" / name) == expected
    count, rows = staged(real, tmp_path, name, "industries")
    assert count == Count(records=expected, staged=expected, quarantined=0)
    codes = set(rows["industry_code"])
    assert len(codes) == expected
    assert set(rows["parent_industry_code"].drop_nulls()) <= codes
    top = rows.filter(pl.col("parent_industry_code").is_null())["industry_level"].unique()
    assert top.to_list() in (["section"], ["sector"], ["aggregate"])
    if name in LEVELS:
        assert dict(rows["industry_level"].value_counts().iter_rows()) == LEVELS[name]


@pytest.mark.parametrize("name", CONCORDANCES)
def test_every_pair_is_staged(real: Path, tmp_path: Path, name: str) -> None:
    expected = CONCORDANCES[name]
    count, rows = staged(real, tmp_path, name, "industry_concordances")
    assert count == Count(records=expected, staged=expected, quarantined=0)
    assert rows.select("source_code", "target_code").is_duplicated().sum() == 0


def test_the_list_without_an_edition_is_of_2017(real: Path, tmp_path: Path) -> None:
    _, rows = staged(real, tmp_path, "gbt4754/gbt4754_2017.csv", "industries")
    assert rows["edition"].unique().to_list() == ["2017"]
    names = dict(rows.select("industry_code", "industry_name").iter_rows())
    assert names["3963"] == "智能无人飞行器制造"
    assert names["3973"] == "集成电路制造"
    assert names["3961"] == "可穿戴智能设备制造"


def test_parents_are_those_that_eurostat_gives(real: Path, tmp_path: Path) -> None:
    # One list of NACE has a column of parents, the other's are told by the codes alone.
    _, rows = staged(real, tmp_path, "classifications_eu_un/NACE.csv", "industries")
    path = real / "economic" / "classifications_eu_un" / "Nace2_long.csv"
    with path.open(encoding="utf-8", newline="") as file:
        given = {line["nace2"]: line["Parent"] for line in csv.DictReader(file)}
    found = dict(rows.select("industry_code", "parent_industry_code").iter_rows())
    assert {code: parent or "NA" for code, parent in found.items()} == given


def test_pairs_that_are_partial_are_counted(real: Path, tmp_path: Path) -> None:
    _, rows = staged(
        real, tmp_path, "classifications_eu_un/ISIC4_CPC21.csv", "industry_concordances"
    )
    assert rows["is_partial_source"].sum() == 2_250 + 343
    assert rows["is_partial_target"].sum() == 343 + 2

"""All rows of the real tables of technology, against counts made apart from us."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "reference/technology"
# Rows after the header, by PROVENANCE.md; items of the scheme by `grep -o '<classification-item '`.
FILES = {
    "concordances/wipo_ipc_technology_trilingual.csv": ("ipc_fields", 764),
    "concordances/wipo_ipc_technology_patstat_like.csv": ("ipc_fields", 761),
    "concordances/ipc_nace2_v2.0_2015_2digit.csv": ("ipc_industries", 644),
    "concordances/ipc_nace2_v2.0_2015_3digit.csv": ("ipc_industries", 644),
    "classification_schemes/cpc-scheme-A01L.xml": ("cpc_symbols", 20),
    "classification_schemes/ipc_hierarchy_cortext.csv": ("ipc_symbols", 71_333),
}


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_staged(real: Path, tmp_path: Path, name: str) -> None:
    table, count = FILES[name]
    counts = refresh.stage_files(ADDRESS, [real / "patent" / name], tmp_path, jobs=1)
    assert counts[table] == Count(records=count, staged=count, quarantined=0)
    assert sum(each.records for each in counts.values()) == count


def test_both_editions_of_the_fields_mean_the_same(real: Path, tmp_path: Path) -> None:
    files = [real / "patent" / name for name in list(FILES)[:2]]
    refresh.stage_files(ADDRESS, files, tmp_path, jobs=1)
    rows = pl.read_parquet(tmp_path / "ipc_fields.parquet")
    trilingual, patstat = (
        rows.filter(table_edition=edition).select("ipc_prefix", "field_number")
        for edition in ("trilingual", "patstat")
    )
    assert trilingual["field_number"].n_unique() == 35
    assert trilingual["ipc_prefix"].n_unique() == 764
    lacking = trilingual.join(patstat, on=["ipc_prefix", "field_number"], how="anti")
    assert sorted(lacking["ipc_prefix"]) == ["G16B", "G16C", "G16Z"]


def test_conditions_and_weights_of_the_concordance(real: Path, tmp_path: Path) -> None:
    files = [real / "patent" / name for name in list(FILES)[2:4]]
    refresh.stage_files(ADDRESS, files, tmp_path, jobs=1)
    rows = pl.read_parquet(tmp_path / "ipc_industries.parquet")
    sums = rows.group_by("nace_digit_count", "ipc_prefix").agg(pl.col("weight").sum())
    assert sums.height == 2 * 643
    assert (sums["weight"] == 1).all()
    repeated = rows.filter("is_repeated")
    assert repeated["ipc_prefix"].to_list() == ["A23J", "A23J"]
    assert repeated["nace_code"].to_list() == ["10", "10"]
    two = rows.filter(nace_digit_count=2)
    conditional = two.filter(not_with_ipc_prefix="A61K", unless_with_ipc_prefix="A61K 8/")
    assert sorted(conditional["ipc_prefix"]) == [
        "C07B",
        "C07C",
        "C07F",
        "C07G",
        "C12M",
        "C12S",
        "C40B",
    ]
    assert two.filter(except_ipc_prefix="A61K 8/")["ipc_prefix"].to_list() == ["A61K"]
    assert two.filter(nace_code="62")["ipc_prefix"].to_list() == ["G06Q"]
    known = {digits: set(rows.filter(nace_digit_count=digits)["ipc_prefix"]) for digits in (2, 3)}
    assert {"C12P", "C12Q"} & known[2] == set()
    assert {"B29B", "F17B"} & known[3] == set()


def test_parents_of_ipc_symbols_exist_and_none_is_its_own(real: Path, tmp_path: Path) -> None:
    path = real / "patent" / "classification_schemes" / "ipc_hierarchy_cortext.csv"
    refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    rows = pl.read_parquet(tmp_path / "ipc_symbols.parquet")
    parents = rows.filter(pl.col("parent_symbol").is_not_null())
    assert parents.height > 63_000
    assert (parents["parent_symbol"] != parents["classification_symbol"]).all()
    lost = parents.join(rows, left_on="parent_symbol", right_on="classification_symbol", how="anti")
    assert lost.height / parents.height < 0.01
    assert rows["section_code"].null_count() == 0
    indexing = rows.filter(pl.col("main_group_number").is_null())["classification_symbol"]
    assert sorted(indexing) == ["B29K", "B29L", "C10N", "C12R", "F21W", "F21Y"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cpcMaster.xml", "expected a CPC scheme"),
        ("patstat_appln_auth_cortext.csv", "of none of the tables that are known"),
    ],
)
def test_files_of_other_kinds_are_refused(real: Path, tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(SourceChanged, match=said):
        refresh.stage_files(
            ADDRESS, [real / "patent" / "classification_schemes" / name], tmp_path, jobs=1
        )

"""ETSI's export: parts numbered through, both dialects, other columns refused; the sample."""

from __future__ import annotations

import zipfile
from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from tests.conftest import ROOT, land_and_stage, staged
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "standards/etsi_isld"
EXAMPLES = ROOT / "tests" / "examples" / ADDRESS


def test_parts_of_an_export_are_numbered_through_whatever_their_dialect(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "made.zip", "w") as archive:
        archive.write(EXAMPLES / "export" / "input.csv", "a.csv")
        archive.write(EXAMPLES / "saved_again" / "input.csv", "b.csv")
        archive.writestr("readme.txt", "not a part")
    counts = staged(ADDRESS, tmp_path, (tmp_path / "made.zip").read_bytes())
    assert counts["declarations"] == Count(records=7, staged=5, quarantined=2)
    rows = pl.read_parquet(tmp_path / "out" / "declarations.parquet")
    assert rows["_record_number"].to_list() == [1, 2, 3, 6, 7]


def test_columns_in_another_order_are_read_by_their_names(tmp_path: Path) -> None:
    whole = (EXAMPLES / "saved_again" / "input.csv").read_text(encoding="utf-8-sig")
    lines = whole.splitlines()
    turned = "\n".join(f"{line.partition(',')[2]},{line.partition(',')[0]}" for line in lines)
    counts = staged(ADDRESS, tmp_path, f"{turned}\n".encode())
    assert counts["declarations"] == Count(records=2, staged=2, quarantined=0)
    rows = pl.read_parquet(tmp_path / "out" / "declarations.parquet")
    assert rows["declaration_id"].to_list() == [2472, 2381]


def test_a_column_more_is_reported_and_a_column_less_refused(tmp_path: Path) -> None:
    whole = (EXAMPLES / "saved_again" / "input.csv").read_text(encoding="utf-8-sig")
    header, *lines = whole.splitlines()
    more = tmp_path / "more.csv"
    more.write_text("\n".join([f"{header},6G", *(f"{line},0" for line in lines), ""]))
    drift = refresh.stage_with_drift(ADDRESS, [more], tmp_path / "out", 1)
    assert [(each.table, each.field, each.locator) for each in drift] == [
        ("declarations", "6G", "column 41")
    ]
    assert pl.read_parquet(tmp_path / "out" / "declarations.parquet").height == 2
    with pytest.raises(SourceChanged, match="missing=5G"):
        staged(ADDRESS, tmp_path, whole.replace("4G,5G", "4G,6G").encode())
    with pytest.raises(SourceChanged, match="named twice"):
        staged(ADDRESS, tmp_path, whole.replace("4G,5G", "4G,4G").encode())


@pytest.mark.parametrize("content", [b"", b"<html>Busy</html>", b"%PDF-1.7\n"])
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match=r"expected|column is missing"):
        staged(ADDRESS, tmp_path, content)


def test_the_sample_has_declarations_of_oppo_and_a_repeated_line(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    rows = pl.read_parquet(lake_home / "staging" / ADDRESS / "declarations")
    assert rows.height == 258
    names = rows["declarant_name"].str.to_lowercase()
    assert names.str.contains("oppo").sum() > 90
    # A company has several spellings in one export.
    assert rows["declarant_name"].n_unique() > names.n_unique()
    assert rows.drop("_record_number").is_duplicated().sum() >= 2

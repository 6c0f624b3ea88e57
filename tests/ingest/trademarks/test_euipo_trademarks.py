"""EU trade marks: cut files, archives, other files; the delivery's listing; the sample."""

from __future__ import annotations

import zipfile
from pathlib import Path

import polars as pl
import pytest

from ingest.trademarks.euipo_trademarks import discover
from iplake import registry
from iplake.errors import SourceChanged
from tests.conftest import ROOT, Pages, land_and_stage, refused, staged
from warehouse.staging import Count

ADDRESS = "trademarks/euipo_trademarks"
BASE = "https://euipo.europa.eu/opendata/trademarks/"
MARKS = ROOT / "tests" / "examples" / ADDRESS / "transaction" / "input.xml"


def test_a_file_cut_off_keeps_the_marks_before(tmp_path: Path) -> None:
    whole = MARKS.read_bytes()
    counts = staged(ADDRESS, tmp_path, whole[: whole.index(b"<MarkFeature>Shape")])
    assert counts["trademarks"] == Count(records=2, staged=1, quarantined=1)
    assert refused(tmp_path) == [("truncated", "input TradeMark 2")]


def test_an_archive_of_marks_numbers_them_through(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "made.zip", "w") as archive:
        for name in ("000/1.xml", "000/2.xml"):
            archive.write(MARKS, name)
    counts = staged(ADDRESS, tmp_path, (tmp_path / "made.zip").read_bytes())
    assert counts["trademarks"] == Count(records=8, staged=4, quarantined=4)
    rows = pl.read_parquet(tmp_path / "out" / "trademarks.parquet")
    assert rows["_record_number"].to_list() == [1, 2, 5, 6]
    assert refused(tmp_path)[-1] == ("missing_required", "record 7")


@pytest.mark.parametrize("content", [b"", b"<html>Not found</html>", b'{"fault": "quota"}'])
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match="expected"):
        staged(ADDRESS, tmp_path, content)


def test_the_delivery_names_files_in_folders() -> None:
    told = f"{'0' * 64}  222/018222474.xml\n"
    [found] = discover(Pages({f"{BASE}SHA256SUMS": told}), registry.get(ADDRESS))
    assert found.url == f"{BASE}222/018222474.xml"
    assert (found.name, found.checksum) == ("222_018222474.xml", f"sha256:{'0' * 64}")


def test_the_sample_has_keys_of_parties_and_no_texts_of_goods(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    folder = lake_home / "staging" / ADDRESS
    marks = pl.read_parquet(folder / "trademarks")
    assert marks.height == 65
    assert marks["operation"].value_counts().sort("operation").rows() == [
        ("Insert", 64),
        ("Update", 1),
    ]
    # Marks without words, and marks that are still pending.
    assert marks["mark_text"].null_count() > 0
    assert marks["registration_date"].null_count() > 0
    goods = pl.read_parquet(folder / "trademark_goods")
    assert goods.height > 1000
    assert goods["goods_text"].null_count() == goods.height

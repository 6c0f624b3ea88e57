"""EU designs: cut files, archives, other files, the sample."""

from __future__ import annotations

import zipfile
from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from tests.conftest import ROOT, land_and_stage, refused, staged
from warehouse.staging import Count

ADDRESS = "trademarks/euipo_designs"
EXAMPLES = ROOT / "tests" / "examples" / ADDRESS
DESIGN = EXAMPLES / "design" / "input.xml"


def test_a_file_cut_off_keeps_the_designs_before(tmp_path: Path) -> None:
    whole = DESIGN.read_bytes()
    counts = staged(ADDRESS, tmp_path, whole[: whole.rindex(b"</Design>")])
    assert counts["designs"] == Count(records=2, staged=1, quarantined=1)
    assert refused(tmp_path) == [("truncated", "input Design 2")]


def test_an_application_of_several_designs_has_a_row_for_each(tmp_path: Path) -> None:
    content = DESIGN.read_text(encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "made.zip", "w") as archive:
        for at in (5, 10):
            archive.writestr(f"001/{at}.xml", content.replace("-0001<", f"-{at:04}<"))
    counts = staged(ADDRESS, tmp_path, (tmp_path / "made.zip").read_bytes())
    assert counts["designs"] == Count(records=4, staged=2, quarantined=2)
    rows = pl.read_parquet(tmp_path / "out" / "designs.parquet")
    assert rows["design_number"].to_list() == ["001900001-0005", "001900001-0010"]
    assert rows["application_number"].unique().to_list() == ["001900001"]


def test_a_class_that_is_none_of_locarno_is_refused(tmp_path: Path) -> None:
    content = DESIGN.read_bytes().replace(b">26.05<", b">26<")
    counts = staged(ADDRESS, tmp_path, content)
    assert counts["design_classifications"] == Count(records=2, staged=1, quarantined=1)


@pytest.mark.parametrize("content", [b"", b"<html>Not found</html>", b'{"fault": "quota"}'])
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match="expected"):
        staged(ADDRESS, tmp_path, content)


def test_the_sample_has_dumps_and_a_listing(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    folder = lake_home / "staging" / ADDRESS
    designs = pl.read_parquet(folder / "designs")
    assert designs.height == 42
    assert designs["application_number"].n_unique() == 22
    assert designs["operation"].null_count() == 10
    products = pl.read_parquet(folder / "design_products")
    assert products["language_code"].unique().to_list() == ["en"]

"""EU designs: all 32 real files and the page of the interface, counted apart from us."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import pytest

from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "trademarks/euipo_designs"
# By counting start tags.
TAGS = {
    "designs": r"<Design ",
    "design_parties": r"<(?:Applicant|Representative|Designer)Identifier>",
    "design_classifications": r"<ClassNumber>",
    "design_products": r"<IndicationProduct ",
    "design_events": r"<(?:Publication|DesignBasicRecord)>",
    "design_claims": r"<Priority>",
}


def test_every_design_is_staged(real: Path, tmp_path: Path) -> None:
    paths = sorted((real / "trademark" / "euipo_design_xml").glob("*/*.xml"))
    assert len(paths) == 32
    text = "".join(path.read_text(encoding="utf-8") for path in paths)
    expected = {table: len(re.findall(tag, text)) for table, tag in TAGS.items()}
    assert expected["designs"] == 32
    assert expected["design_products"] == 1034
    counts = refresh.stage_files(ADDRESS, paths, tmp_path, jobs=2)
    assert counts == {table: Count(rows, rows, 0) for table, rows in expected.items()}
    designs = pl.read_parquet(tmp_path / "designs.parquet")
    assert designs["design_number"].n_unique() == 32
    # A file for each design of a multiple application.
    assert designs["application_number"].n_unique() == 21
    assert designs["status"].value_counts().sort("count").rows() == [
        ("Registered and fully published", 5),
        ("Design lapsed", 27),
    ]
    products = pl.read_parquet(tmp_path / "design_products.parquet")
    assert products["language_code"].n_unique() == len(set(re.findall(r'Code="(\w\w)">', text)))


def test_the_page_of_the_interface_is_staged(real: Path, tmp_path: Path) -> None:
    path = real / "trademark" / "euipo_api_json" / "design_list_size10.json"
    page = json.loads(path.read_bytes())
    assert page["totalElements"] == 1_517_413
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    assert counts["designs"] == Count(10, 10, 0)
    assert counts["design_parties"] == Count(20, 20, 0)
    assert counts["design_classifications"].staged == sum(
        len(each["locarnoClasses"]) for each in page["designs"]
    )
    rows = pl.read_parquet(tmp_path / "designs.parquet")
    assert rows["design_number"].to_list() == [each["designNumber"] for each in page["designs"]]

"""GLEIF: golden copies and answers told apart; wrong check digits marked; other files refused."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from tests.conftest import ROOT
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "reference/gleif"
EXAMPLES = ROOT / "tests" / "examples" / ADDRESS
HEADER = (
    "LEI,Entity.LegalName,Entity.LegalAddress.Country,Entity.EntityCategory,"
    "Entity.EntitySubCategory\n"
)
ROW = '213800KUD8LAJWSQ9D15,"HUAWEI, LTD.",CN,GENERAL,\n'


def staged(tmp_path: Path, content: bytes) -> dict[str, Count]:
    """Stage one file of the given bytes into `<tmp_path>/out`; return the counts."""
    path = tmp_path / "input"
    path.write_bytes(content)
    return refresh.stage_files(ADDRESS, [path], tmp_path / "out", jobs=1)


def table(tmp_path: Path, name: str) -> pl.DataFrame:
    """Return a table that `staged` wrote."""
    return pl.read_parquet(tmp_path / "out" / f"{name}.parquet")


def test_an_excerpt_of_five_columns_has_nulls_for_the_others(tmp_path: Path) -> None:
    counts = staged(tmp_path, (HEADER + ROW).encode())
    assert counts["entities"] == Count(records=1, staged=1, quarantined=0)
    [row] = table(tmp_path, "entities").to_dicts()
    assert row["legal_name"] == "HUAWEI, LTD."
    assert row["country_code"] == "CN"
    assert row["uscc"] is None
    assert row["entity_subcategory"] is None


def test_namibia_is_a_country_and_not_a_missing_one(tmp_path: Path) -> None:
    staged(tmp_path, (HEADER + ROW.replace("CN", "NA") + ROW.replace("CN", "")).encode())
    assert table(tmp_path, "entities")["country_code"].to_list() == ["NA", None]


def test_wrong_check_digits_are_marked_and_not_refused(tmp_path: Path) -> None:
    counts = staged(tmp_path, (HEADER + ROW + ROW.replace("9D15", "9D16")).encode())
    assert counts["entities"] == Count(records=2, staged=2, quarantined=0)
    assert table(tmp_path, "entities")["is_lei_valid"].to_list() == [True, False]


def test_a_golden_copy_cut_off_keeps_the_lines_before(tmp_path: Path) -> None:
    counts = staged(tmp_path, (HEADER + ROW + ROW[:30]).encode())
    assert counts["entities"] == Count(records=2, staged=1, quarantined=1)
    assert table(tmp_path, "quarantine")["locator"].to_list() == ["line 3"]


def test_an_answer_cut_off_keeps_the_records_before(tmp_path: Path) -> None:
    content = json.loads((EXAMPLES / "api_answer" / "input.json").read_bytes())
    content["data"] = content["data"][:2]
    whole = json.dumps(content).encode()
    counts = staged(tmp_path, whole[:-200])
    assert counts["entities"] == Count(records=2, staged=1, quarantined=1)
    assert table(tmp_path, "quarantine")["reason_code"].to_list() == ["truncated"]


def test_a_single_answer_cut_off_is_one_refused_record(tmp_path: Path) -> None:
    whole = (EXAMPLES / "single_answer" / "input.json").read_bytes()
    counts = staged(tmp_path, whole[:-200])
    assert counts["entities"] == Count(records=1, staged=0, quarantined=1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "found an empty file"),
        (b'{"errors": []}', "expected 'data'"),
        (HEADER.replace("Entity.EntityCategory,", "").encode(), "missing=Entity.EntityCategory"),
        (HEADER.replace("\n", ",Colour\n").encode(), "unknown=Colour"),
        (b"PK\x03\x04 broken", "damaged or cut off"),
    ],
)
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(SourceChanged) as caught:
        staged(tmp_path, content)
    assert said in str(caught.value)


def test_the_sample_holds_what_meets_other_domains(lake_home: Path) -> None:
    landed = refresh.land(ADDRESS)
    assert len(landed) == 2
    for snapshot in landed:
        refresh.stage(ADDRESS, snapshot)
    rows = pl.read_parquet(lake_home / "staging" / ADDRESS / "entities")
    assert rows.height > 1000
    assert rows.filter(pl.col("legal_name").str.contains("GUANGZHOU")).height >= 3
    assert not rows["is_lei_valid"].all()
    assert "SOLE_PROPRIETOR" not in rows["entity_category"]

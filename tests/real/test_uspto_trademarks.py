"""US trademarks: the real case files, against counts made apart from us and the traps named."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "trademarks/uspto_trademarks"
ROWS = {
    "case_files": 5,
    "case_file_owners": 7,
    "case_file_classes": 24,
    "case_file_events": 56,
    "case_file_statements": 8,
}


@pytest.fixture(scope="module")
def folder(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("trademarks")
    path = real / "trademark" / "uspto_tdxf_daily_xml" / "assembled_apc_from_real_records.xml"
    counts = refresh.stage_files(ADDRESS, [path], out, jobs=1)
    assert counts == {table: Count(rows, rows, 0) for table, rows in ROWS.items()}
    return out


def test_every_case_file_is_staged(folder: Path) -> None:
    assert pl.read_parquet(folder / "quarantine.parquet").height == 0
    cases = pl.read_parquet(folder / "case_files.parquet")
    assert cases["serial_number"].n_unique() == 5
    # 0000000 stands for none.
    assert cases["registration_number"].null_count() == 2


def test_a_broken_date_is_kept_as_received(folder: Path) -> None:
    classes = pl.read_parquet(folder / "case_file_classes.parquet")
    broken = classes.filter(status_date_raw="10101")["status_date"]
    assert broken.len() > 0
    assert broken.null_count() == broken.len()


def test_owners_have_a_state_and_a_country(folder: Path) -> None:
    # What the format's own document type forbids.
    owners = pl.read_parquet(folder / "case_file_owners.parquet")
    both = owners.filter(
        pl.col("nationality_state_code").is_not_null()
        & pl.col("nationality_country_code").is_not_null()
    )
    assert both.height > 0
    assert owners["name_change_note"].drop_nulls().str.contains(r"^NC\d{8}").all()


def test_one_classification_may_have_several_classes(folder: Path) -> None:
    classes = pl.read_parquet(folder / "case_file_classes.parquet").filter(
        serial_number="71060608", classification_scheme="NICE"
    )
    assert classes.select("classification_number", "class_code").rows() == [(1, "006"), (1, "020")]

"""GLEIF: all rows of the real excerpts and answers, against counts made apart from us."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

# Rows after the header, by PROVENANCE.md.
FILES = {"gleif_cn_hk_mo_tw_excerpt.csv": 3678, "gleif_world_sample_30000.csv.gz": 30_000}
ANSWERS = {
    "api_549300LBI3LRIZ2V8V66_lapsed.json": ("LAPSED", None),
    "api_9845001B2AD43E664E58_issued.json": ("ISSUED", "2019-03-27"),
    # 15:00 UTC of the 26th is midnight in Japan.
    "api_search_toyota_2026-08-30.json": ("ISSUED", "1937-08-27"),
}


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_staged(real: Path, tmp_path: Path, name: str) -> None:
    path = real / "reference" / "gleif" / name
    counts = refresh.stage_files("reference/gleif", [path], tmp_path, jobs=1)
    rows = FILES[name]
    assert counts["entities"] == Count(records=rows, staged=rows, quarantined=0)
    assert counts["entity_names"] == Count(records=rows, staged=rows, quarantined=0)
    assert pl.read_parquet(tmp_path / "entities.parquet")["lei"].n_unique() == rows


def test_wrong_check_digits_and_lost_countries_are_as_measured(real: Path, tmp_path: Path) -> None:
    files = [real / "reference" / "gleif" / name for name in FILES]
    refresh.stage_files("reference/gleif", files, tmp_path, jobs=1)
    rows = pl.read_parquet(tmp_path / "entities.parquet")
    wrong = rows.filter(~pl.col("is_lei_valid"))["lei"].sort().to_list()
    assert wrong == ["39120001GBUWIUYPA441", "39120001MKQBYG8CJY58", "558600V3J4M5TUY9HR60"]
    # Both are of Namibia: whoever made the excerpt read NA as a missing value.
    lost = rows.filter(pl.col("country_code").is_null())["legal_name"].to_list()
    assert len(lost) == 2
    assert all("NAMIBIA" in name for name in lost)


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_of_the_api_are_read(real: Path, tmp_path: Path, name: str) -> None:
    path = real / "reference" / "gleif" / name
    counts = refresh.stage_files("reference/gleif", [path], tmp_path, jobs=1)
    assert counts["entities"] == Count(records=1, staged=1, quarantined=0)
    [row] = pl.read_parquet(tmp_path / "entities.parquet").to_dicts()
    status, day = ANSWERS[name]
    assert row["registration_status"] == status
    assert row["creation_date"] is None if day is None else str(row["creation_date"]) == day
    assert row["is_lei_valid"]


def test_a_list_of_legal_forms_is_no_golden_copy(real: Path, tmp_path: Path) -> None:
    path = real / "reference" / "gleif" / "elf-codes-1.4.1.csv"
    with pytest.raises(SourceChanged, match="header is not a golden copy's"):
        refresh.stage_files("reference/gleif", [path], tmp_path, jobs=1)

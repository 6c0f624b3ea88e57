"""EU trade marks: all 192 real files, against counts made apart from us."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "trademarks/euipo_trademarks"
ROWS = {
    "trademarks": 192,
    "trademark_goods": 8598,
    "trademark_parties": 331,
    "trademark_events": 377,
    "trademark_claims": 18,
}


def test_every_mark_is_staged(real: Path, tmp_path: Path) -> None:
    paths = sorted((real / "trademark" / "euipo_em_trademark_xml").glob("*/*.xml"))
    assert len(paths) == 192
    counts = refresh.stage_files(ADDRESS, paths, tmp_path, jobs=2)
    assert counts == {table: Count(rows, rows, 0) for table, rows in ROWS.items()}
    marks = pl.read_parquet(tmp_path / "trademarks.parquet")
    assert marks["application_number"].n_unique() == 192
    # By PROVENANCE.md, five have no words.
    assert marks["mark_text"].null_count() == 5
    assert marks.filter(status="Registered")["registration_date"].null_count() == 0
    goods = pl.read_parquet(tmp_path / "trademark_goods.parquet")
    assert goods["language_code"].n_unique() == 23

"""The Copyright Office's records: the real answer, trimmed by its recorder."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "copyrights/usco_records"


def test_every_hit_is_staged(real: Path, tmp_path: Path) -> None:
    folder = real / "copyright" / "usco_cprs_json_trimmed"
    [path] = folder.glob("*.json")
    hits = [each["hit"] for each in json.loads(path.read_bytes())["data"]]
    assert len(hits) == 2
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    assert counts == {
        "records": Count(2, 2, 0),
        "record_numbers": Count(2, 2, 0),
        "record_parties": Count(4, 4, 0),
    }
    rows = pl.read_parquet(tmp_path / "records.parquet")
    assert rows["registration_number"].to_list() == [hit["registration_number"] for hit in hits]
    assert rows["title"].to_list() == ["The Color purple", "Fauna and flora of the Bible"]
    assert rows["title_raw"].to_list() == ["The Color purple :", "Fauna and flora of the Bible /"]
    assert rows["title_remainder"].to_list() == ["a novel", None]

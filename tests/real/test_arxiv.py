"""arXiv: the real answer, against counts made apart from us."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from iplake import registry
from iplake.contract import RawFile
from scripts.mirrors.literature.arxiv import REAL, records
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "literature/arxiv"


def test_every_record_is_staged(real: Path, tmp_path: Path) -> None:
    assert {path.name for path in (real / ADDRESS).iterdir()} == {REAL, "PROVENANCE.md"}
    path = real / ADDRESS / REAL
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    # Three records by PROVENANCE.md; 16 authors and 11 categories by counting elements.
    assert records(path) == 3
    assert counts["records"] == Count(3, 3, 0)
    assert counts["record_authors"] == Count(16, 16, 0)
    assert counts["record_categories"] == Count(11, 11, 0)
    assert path.read_bytes().count(b"<keyname>") == 16
    assert pl.read_parquet(tmp_path / "quarantine.parquet").height == 0


def test_no_field_of_the_real_answer_is_unknown(real: Path) -> None:
    source = registry.get(ADDRESS)
    path = real / ADDRESS / REAL
    file = RawFile(path, path.name, path.name, "0", None)
    drift = [batch.drift for batch in refresh.connector(source).read(file, source, None)]
    assert drift == [(), (), ()]


def test_datestamps_are_no_days_of_submission(real: Path, tmp_path: Path) -> None:
    refresh.stage_files(ADDRESS, [real / ADDRESS / REAL], tmp_path, jobs=1)
    rows = pl.read_parquet(tmp_path / "records.parquet")
    assert rows["datestamp"].unique().cast(str).to_list() == ["2026-01-05"]
    submitted = rows.select("submission_year", "submission_month").rows()
    assert submitted == [(2025, 4), (2025, 8), (2025, 10)]
    # `created` is of the version shown: later than the month in the id for two of the three.
    created = rows["created_date"].cast(str).to_list()
    assert created == ["2025-04-15", "2025-12-16", "2025-12-31"]
    # Sets double the archive; apostrophes are characters again.
    assert rows["set_codes"].str.contains("physics:physics:plasm-ph").all()
    names = pl.read_parquet(tmp_path / "record_authors.parquet")["last_name"]
    assert names.str.contains("'").sum() == 1

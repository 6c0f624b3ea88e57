"""All announcements of the gazette's four real files, against counts made apart from us."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

# Lines after the header, and announcements that repeat an earlier one, by PROVENANCE.md.
FILES = {
    "CN_patent_appearance_designed_709.csv": (5237, 0),
    "CN_patent_invention_authorized_709.csv": (4761, 466),
    "CN_patent_invention_published_709.csv": (13537, 1625),
    "CN_patent_utility_new_712.csv": (16183, 20),
}


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_staged(real: Path, tmp_path: Path, name: str) -> None:
    lines, repeated = FILES[name]
    path = real / "patent" / "cnipa_gazette_csv" / name
    counts = refresh.stage_files("patents/cnipa_gazette", [path], tmp_path, jobs=1)
    assert counts["announcements"] == Count(records=lines, staged=lines, quarantined=0)
    assert pl.read_parquet(tmp_path / "quarantine.parquet").height == 0
    rows = pl.read_parquet(tmp_path / "announcements.parquet")
    assert rows.height - rows["publication_number"].n_unique() == repeated


def test_damage_and_places_are_as_measured(real: Path, tmp_path: Path) -> None:
    folder = real / "patent" / "cnipa_gazette_csv"
    files = [folder / name for name in FILES]
    counts = refresh.stage_files("patents/cnipa_gazette", files, tmp_path, jobs=1)
    assert counts["announcements"].records == 39_718
    rows = pl.read_parquet(tmp_path / "announcements.parquet")
    # What is not damaged is right: no check digit fails.
    assert rows.filter(~pl.col("is_check_digit_valid")).height == 0
    assert rows.filter(pl.col("is_check_digit_valid")).height > 16_183
    assert rows.filter(pl.col("application_number").is_null())[
        "is_application_number_damaged"
    ].all()
    assert rows.filter(province_name="广东省").height == 7069
    assert rows["country_code"].null_count() == 1


def test_a_file_that_was_cleaned_by_others_is_refused(real: Path, tmp_path: Path) -> None:
    path = real / "patent/cnipa_gazette_csv/derived_FINAL_CN_patent_invention_authorized_709.csv"
    with pytest.raises(SourceChanged, match="header is not the gazette's"):
        refresh.stage_files("patents/cnipa_gazette", [path], tmp_path, jobs=1)

"""ROR: all record files and the dump, against counts made apart from us."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

# Files in the archive, and organisations in the dump, by PROVENANCE.md.
FILES = {"ror_guangdong_v1.x_releases.tar.gz": 357, "ror_v1.17.1_sample_29.zip": 29}


@pytest.mark.parametrize("name", FILES)
def test_every_record_is_staged(real: Path, tmp_path: Path, name: str) -> None:
    path = real / "reference" / "ror" / name
    counts = refresh.stage_files("reference/ror", [path], tmp_path, jobs=1)
    records = FILES[name]
    assert counts["organisations"] == Count(records=records, staged=records, quarantined=0)
    assert pl.read_parquet(tmp_path / "quarantine.parquet").height == 0
    rows = pl.read_parquet(tmp_path / "organisations.parquet")
    assert rows["is_id_valid"].all()
    assert "unknown" not in rows["release_name"]


def test_universities_of_guangdong_are_there(real: Path, tmp_path: Path) -> None:
    path = real / "reference" / "ror" / "ror_guangdong_v1.x_releases.tar.gz"
    refresh.stage_files("reference/ror", [path], tmp_path, jobs=1)
    rows = pl.read_parquet(tmp_path / "organisations.parquet")
    known = {"0530pts50", "0064kty71", "02xe5ns62", "01kq0pv72"}
    assert known <= set(rows["ror_id"])
    # Schema 2.1 alone says the subdivision; what says another one is not of Guangdong.
    assert rows["country_subdivision_code"].drop_nulls().unique().to_list() == ["CN-GD"]
    # One organisation stands in several releases, and in both schemas of one.
    assert rows["ror_id"].n_unique() < rows.height
    both = rows.group_by("ror_id", "release_name").agg(pl.col("schema_version").n_unique())
    assert both["schema_version"].max() == 2


def test_a_name_in_another_one_is_no_name_of_the_university(real: Path, tmp_path: Path) -> None:
    path = real / "reference" / "ror" / "ror_guangdong_v1.x_releases.tar.gz"
    refresh.stage_files("reference/ror", [path], tmp_path, jobs=1)
    names = pl.read_parquet(tmp_path / "organisation_names.parquet")
    found = names.filter(pl.col("organisation_name").str.contains("广东工业大学"))
    # Guangdong University of Technology has no record here; its former college has the alias.
    assert found.height > 0
    assert found["name_type"].unique().to_list() == ["alias"]
    displayed = names.filter(pl.col("ror_id").is_in(found["ror_id"].to_list()))
    assert "Guangzhou Huali College" in displayed["organisation_name"].to_list()

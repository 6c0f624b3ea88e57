"""The ICS: all 1,381 real files, against the table of ISO Open Data."""

from __future__ import annotations

import csv
import tarfile
from pathlib import Path

import polars as pl
import pytest

from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "reference/ics"


def test_every_code_is_staged(real: Path, tmp_path: Path) -> None:
    path = real / "standard" / "isoics" / "isoics_json.tar.gz"
    with tarfile.open(path) as archive:
        names = [name for name in archive.getnames() if name.endswith(".json")]
        references = sum(
            content.read().count(b'"ics-code":')
            for name in names
            if (content := archive.extractfile(name)) is not None
        )
    assert (len(names), references) == (1381, 464)
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    assert counts == {
        "classes": Count(1381, 1381, 0),
        "class_references": Count(464, 464, 0),
    }
    rows = pl.read_parquet(tmp_path / "classes.parquet")
    assert rows["ics_level"].value_counts().sort("ics_level").rows() == [
        (1, 40),
        (2, 401),
        (3, 940),
    ]
    # By PROVENANCE.md, the codes are those of ICS.csv, and two titles differ by a double blank.
    iso = real / "standard" / "iso_open_data" / "ICS.csv"
    with iso.open(encoding="utf-8-sig", newline="") as file:
        titles = {line["identifier"]: line["titleEn"] for line in csv.DictReader(file)}
    staged = dict(rows.select("ics_code", "title_raw").rows())
    assert set(staged) == set(titles)
    differing = {code for code, title in staged.items() if title.strip() != titles[code].strip()}
    assert differing == {"13.260", "47.020.60"}
    assert all(dict(rows.select("ics_code", "title").rows())[code] == titles[code].strip()
               for code in differing)  # fmt: skip

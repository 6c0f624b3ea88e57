"""ISO Open Data: the real deliverables, committees in both forms, and the ICS."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "standards/iso_open_data"
# By PROVENANCE.md; the two single files hold a deliverable each.
FILES = {
    "deliverable_62085_ISO_9001_2015.json": ("deliverables", 1),
    "deliverable_88821.json": ("deliverables", 1),
    "deliverables_88821-88915.jsonl": ("deliverables", 2),
    "iso_technical_committees_2025-06.jsonl": ("committees", 785),
    "iso_technical_committees_2025-05.csv": ("committees", 785),
    "ICS.csv": ("ics", 1381),
}


@pytest.mark.parametrize("name", FILES)
def test_every_record_is_staged(real: Path, tmp_path: Path, name: str) -> None:
    path = real / "standard" / "iso_open_data" / name
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    table, records = FILES[name]
    assert counts[table] == Count(records, records, 0)
    assert pl.read_parquet(tmp_path / "quarantine.parquet").height == 0


@pytest.mark.parametrize("name", ["ICS-simple.xml", "harmonized_stage_code.json"])
def test_what_others_made_of_the_data_is_refused(real: Path, tmp_path: Path, name: str) -> None:
    path = real / "standard" / "iso_open_data" / name
    with pytest.raises(SourceChanged, match=r"expected|header"):
        refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)


def test_stray_latin_1_bytes_are_read_as_such(real: Path, tmp_path: Path) -> None:
    path = real / "standard" / "iso_open_data" / "iso_technical_committees_2025-05.csv"
    raw = path.read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert refresh.stage_with_drift(ADDRESS, [path], tmp_path, 1) == ()
    members = pl.read_parquet(tmp_path / "committee_members.parquet")["member_name"]
    assert members.eq("IEA - énergie").sum() > 0
    texts = "".join(pl.read_parquet(tmp_path / "committees.parquet")["scope_raw"].drop_nulls())
    assert "\ufffd" not in texts


def test_both_forms_name_the_same_committees(real: Path, tmp_path: Path) -> None:
    found = []
    for name in ("iso_technical_committees_2025-05.csv", "iso_technical_committees_2025-06.jsonl"):
        path = real / "standard" / "iso_open_data" / name
        refresh.stage_files(ADDRESS, [path], tmp_path / name, jobs=1)
        found.append(pl.read_parquet(tmp_path / name / "committees.parquet"))
    # A month lies between them.
    assert len(set(found[0]["committee_id"]) & set(found[1]["committee_id"])) > 770
    members = pl.read_parquet(tmp_path / name / "committee_members.parquet")
    assert members.filter(member_role="participating", member_name="SAC").height > 600


def test_levels_of_the_ics_are_those_counted(real: Path, tmp_path: Path) -> None:
    path = real / "standard" / "iso_open_data" / "ICS.csv"
    refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    levels = pl.read_parquet(tmp_path / "ics.parquet")["ics_level"].value_counts().sort("ics_level")
    assert levels.rows() == [(1, 40), (2, 401), (3, 940)]

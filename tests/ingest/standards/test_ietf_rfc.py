"""The RFC Editor's index: entries refused alone, new fields reported, other files; the sample."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from tests.conftest import ROOT, land_and_stage, refused, staged
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "standards/ietf_rfc"
INDEX = (ROOT / "tests" / "examples" / ADDRESS / "index" / "input.xml").read_bytes()


def test_entries_without_number_or_known_month_are_refused_alone(tmp_path: Path) -> None:
    counts = staged(ADDRESS, tmp_path, INDEX)
    assert counts["rfcs"] == Count(records=4, staged=2, quarantined=2)
    assert counts["rfc_relations"] == Count(3, 3, 0)
    assert sorted(reason for reason, _ in refused(tmp_path)) == ["missing_field", "unknown_month"]


def test_a_status_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    counts = staged(ADDRESS, tmp_path, INDEX.replace(b">UNKNOWN<", b">BELOVED<"))
    assert counts["rfcs"] == Count(4, 1, 3)
    assert ("unknown_value", "record 1") in refused(tmp_path)


def test_a_page_count_that_is_no_number_is_refused(tmp_path: Path) -> None:
    staged(ADDRESS, tmp_path, INDEX.replace(b"<page-count>3<", b"<page-count>three<"))
    assert ("wrong_type", "rfc-entry 1") in refused(tmp_path)


def test_a_new_element_is_reported_and_the_entry_staged(tmp_path: Path) -> None:
    path = tmp_path / "index.xml"
    path.write_bytes(INDEX.replace(b"<stream>IETF<", b"<colour>red</colour><stream>IETF<"))
    drift = refresh.stage_with_drift(ADDRESS, [path], tmp_path / "out", 1)
    assert [(each.field, each.records) for each in drift] == [("colour", 1)]
    assert pl.read_parquet(tmp_path / "out" / "rfcs.parquet").height == 2


def test_an_index_that_breaks_off_keeps_its_whole_entries(tmp_path: Path) -> None:
    counts = staged(ADDRESS, tmp_path, INDEX[: INDEX.index(b"Ambiguity") + 4])
    assert counts["rfcs"] == Count(records=2, staged=1, quarantined=1)
    assert refused(tmp_path) == [("truncated", "rfc-entry 2")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>Busy</html>",
        b'<?xml version="1.0"?><rss/>',
        b'{"meta": {"limit": 20, "next": null}, "objects": []}',
        (ROOT / "tests/examples/standards/relaton/document_1_2/input.yaml").read_bytes(),
    ],
)
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match="expected"):
        staged(ADDRESS, tmp_path, content)


def test_the_sample_has_rfcs_of_all_three_series(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    folder = lake_home / "staging" / ADDRESS
    assert pl.read_parquet(folder / "rfcs").height == 144
    relations = pl.read_parquet(folder / "rfc_relations").filter(relation_type="is_also")
    assert set(relations["other_series"]) == {"BCP", "STD", "FYI"}

"""The Nice classification: numbers of two kinds, editions by name or by statement, the sample."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from tests.conftest import ROOT, land_and_stage, refused, staged
from warehouse import refresh

ADDRESS = "reference/nice"
EXAMPLES = ROOT / "tests" / "examples" / ADDRESS
OBJECT = EXAMPLES / "object" / "input.json"


def test_a_file_cut_off_keeps_what_is_before(tmp_path: Path) -> None:
    whole = OBJECT.read_bytes()
    counts = staged(ADDRESS, tmp_path, whole[: whole.index(b"accumulators")])
    assert counts["classes"].staged == 2
    assert counts["class_terms"].staged == 0
    assert ("truncated", "input goods.item item 1") in refused(tmp_path)


@pytest.mark.parametrize("number", [9, "9", "09"])
def test_a_class_is_a_number_or_a_text(tmp_path: Path, number: object) -> None:
    path = tmp_path / "ncl12-2023.json"
    path.write_text(json.dumps([{"number": number, "heading": "Scientific instruments."}]))
    refresh.stage_files(ADDRESS, [path], tmp_path / "out", jobs=1)
    rows = pl.read_parquet(tmp_path / "out" / "classes.parquet")
    assert rows.select("edition", "edition_year", "class_number", "class_kind").rows() == [
        (12, 2023, 9, "goods")
    ]


def test_a_list_without_its_edition_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceChanged, match="expected the edition in the file's name"):
        staged(ADDRESS, tmp_path, b'[{"number": 1, "heading": "Chemicals."}]')


def test_a_part_that_is_new_is_refused(tmp_path: Path) -> None:
    content = OBJECT.read_bytes().replace(b'"services":', b'"metaverse":')
    with pytest.raises(SourceChanged, match="expected edition, version, classes"):
        staged(ADDRESS, tmp_path, content)


@pytest.mark.parametrize("content", [b"", b"<html>Not found</html>", b'{"edition": "10"}'])
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match="expected"):
        staged(ADDRESS, tmp_path, content)


def test_the_sample_has_two_editions(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    folder = lake_home / "staging" / ADDRESS
    classes = pl.read_parquet(folder / "classes")
    assert classes.group_by("edition").len().sort("edition").rows() == [(10, 45), (13, 45)]
    assert classes["note"].null_count() == 90
    terms = pl.read_parquet(folder / "class_terms")
    assert terms["class_number"].unique().sort().to_list() == [9, 11, 12, 35, 42]

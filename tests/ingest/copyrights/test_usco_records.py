"""The Copyright Office's records: two systems' shapes, cut answers, terms, the sample."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from iplake import lake, registry
from iplake.errors import ConfigError, SourceChanged
from iplake.identifiers.copyrights import registration_number
from iplake.settings import settings
from tests.conftest import ROOT, land_and_stage, refused, staged
from transforms.catalog_entries import modern_number
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "copyrights/usco_records"
ANSWER = ROOT / "tests" / "examples" / ADDRESS / "answer" / "input.json"


def test_an_answer_cut_off_keeps_the_records_before(tmp_path: Path) -> None:
    whole = ANSWER.read_bytes()
    counts = staged(ADDRESS, tmp_path, whole[: whole.index(b"card_catalog_2")])
    assert counts["records"] == Count(records=2, staged=1, quarantined=1)
    assert refused(tmp_path) == [("truncated", "input item 2")]


@pytest.mark.parametrize("number", ["SR-320-918", ["SR-320-918"]])
def test_a_number_is_one_value_or_a_list(tmp_path: Path, number: object) -> None:
    hit = {
        "type_of_record": "registration",
        "system_of_origin": "voyager",
        "public_records_id": "voyager_9",
        "registration_number": number,
    }
    staged(ADDRESS, tmp_path, json.dumps({"data": [{"hit": hit}]}).encode())
    rows = pl.read_parquet(tmp_path / "out" / "record_numbers.parquet")
    assert rows["registration_number"].to_list() == ["SR0000320918"]


def test_a_number_of_another_type_is_refused(tmp_path: Path) -> None:
    content = ANSWER.read_bytes().replace(b'"TX0000520976", "registration_date"', b'7, "x"')
    staged(ADDRESS, tmp_path, content)
    assert ("wrong_type", "input item 1") in refused(tmp_path)


def test_columns_and_single_numbers_are_written_alike() -> None:
    numbers = ["TX0000987776", "TX 987 776", "VAu-598-764", "RE9390", "A704623", "TX12345678901"]
    column = pl.DataFrame({"n": numbers}).select(modern_number("n"))["n"].to_list()
    assert column == [registration_number(number) for number in numbers]


@pytest.mark.parametrize("content", [b"", b"<html>busy</html>", b'{"message": "not found"}'])
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match="expected"):
        staged(ADDRESS, tmp_path, content)


def test_no_program_asks_the_office(lake_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IPLAKE_MIRROR")
    settings.cache_clear()
    source = registry.get(ADDRESS)
    assert source.access is not None
    assert not source.access.automated
    with pytest.raises(ConfigError, match="drop folder is empty"):
        refresh.land(ADDRESS)
    folder = lake.ensure(lake.inbox(source))
    (folder / "saved.json").write_bytes(ANSWER.read_bytes())
    assert len(refresh.land(ADDRESS)) == 1


def test_the_sample_names_no_persons(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    folder = lake_home / "staging" / ADDRESS
    assert pl.read_parquet(folder / "records")["title"].to_list() == [
        "The Color purple",
        "Fauna and flora of the Bible",
    ]
    parties = pl.read_parquet(folder / "record_parties")
    assert parties["party_kind"].unique().to_list() == ["organization"]

"""TSDR: every file of its folder is a case file that is staged, or refused with its reason."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from ingest.trademarks.uspto_trademarks import read
from iplake import registry
from iplake.contract import RawFile
from iplake.errors import SourceChanged
from scripts.mirrors.trademarks.uspto_trademarks import records
from tests.conftest import REAL
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "trademarks/uspto_trademarks"
TSDR = "trademark/uspto_tsdr"
# Case files, owners, classes, events and statements, by counting elements and fields.
CASES = {
    "plumage_rn2178784-ST-962.2.1.xml": (1, 4, 7, 33, 1),
    "plumage_sn76044902.xml": (1, 3, 11, 31, 2),
    "plumage_sn76044902.zip": (1, 3, 11, 31, 2),
    "reser_get_trademark_status.json": (1, 2, 7, 18, 2),
    "uspto_tsdr_test_client_py_TestTsdrClientLive_test_get_last_update__1_http200.json": (
        1, 1, 3, 16, 4,
    ),
}  # fmt: skip
# Lists of the documents in a case file, and the day of its last change: no case files.
OTHERS = (
    "odpdemo_get_trademark_document_info.xml",
    "odpdemo_get_trademark_documents.xml",
    "reser_get_trademark_last_update.json",
    "uspto_tsdr_test_client_py_TestTsdrClientLive_test_get_documents__1_http200.xml",
)


def test_every_file_of_the_folder_is_accounted_for(real: Path) -> None:
    found = {path.name for path in (REAL / TSDR).iterdir()} - {"PROVENANCE.md"}
    assert found == {*CASES, *OTHERS}
    assert len(found) == 9


@pytest.mark.parametrize("name", CASES)
def test_a_case_file_is_staged_whole(name: str, real: Path, tmp_path: Path) -> None:
    path = real / TSDR / name
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    assert list(counts.values()) == [Count(rows, rows, 0) for rows in CASES[name]]
    assert records(path) == 1
    raw = RawFile(path, name, "", "0", None)
    batches = list(read(raw, registry.get(ADDRESS), None))
    assert len(batches) == 5
    assert [each for batch in batches for each in batch.drift] == []
    [case] = pl.read_parquet(tmp_path / "case_files.parquet").to_dicts()
    assert case["filing_date"] is not None
    assert case["status_date"] is not None
    events = pl.read_parquet(tmp_path / "case_file_events.parquet")
    assert events["event_date"].null_count() == 0
    assert events["event_number"].to_list() == list(range(events.height, 0, -1))
    owners = pl.read_parquet(tmp_path / "case_file_owners.parquet")
    assert owners["state_code"].null_count() == 0


def test_elements_are_counted_in_the_bytes(real: Path) -> None:
    text = (real / TSDR / "plumage_rn2178784-ST-962.2.1.xml").read_text(encoding="utf-8")
    assert len(re.findall(r"<ns2:Applicant ", text)) == 4
    assert len(re.findall(r"<ns2:GoodsServicesClassification>", text)) == 7
    assert len(re.findall(r"<ns2:MarkEvent>", text)) == 33
    text = (real / TSDR / "plumage_sn76044902.xml").read_text(encoding="utf-8")
    assert len(re.findall(r"<Applicant>", text)) == 3
    codes = r"<ClassNumber>|<ns2:PrimeClassText>|<ns2:DomesticClassNumbers>"
    assert len(re.findall(codes, text)) == 11
    assert len(re.findall(r"<MarkEvent>", text)) == 31


def test_days_have_zones_and_types_stand_behind_codes(real: Path, tmp_path: Path) -> None:
    path = real / TSDR / "plumage_rn2178784-ST-962.2.1.xml"
    refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    [case] = pl.read_parquet(tmp_path / "case_files.parquet").to_dicts()
    assert case["filing_date_raw"] == "1995-02-07-05:00"
    assert str(case["filing_date"]) == "1995-02-07"
    assert str(case["renewal_date"]) == "2008-08-04"
    events = pl.read_parquet(tmp_path / "case_file_events.parquet")
    published = events.row(by_predicate=pl.col("event_code") == "PUBO", named=True)
    assert (published["event_type"], str(published["event_date"])) == ("A", "1996-10-08")
    classes = pl.read_parquet(tmp_path / "case_file_classes.parquet")
    assert classes["first_use_date_raw"].unique().to_list() == ["19960100"]
    assert classes["first_use_date"].null_count() == classes.height


@pytest.mark.parametrize("name", OTHERS)
def test_other_documents_are_refused_with_the_reason(name: str, real: Path, tmp_path: Path) -> None:
    assert records(real / TSDR / name) is None
    with pytest.raises(SourceChanged, match="expected case files"):
        refresh.stage_files(ADDRESS, [real / TSDR / name], tmp_path, jobs=1)

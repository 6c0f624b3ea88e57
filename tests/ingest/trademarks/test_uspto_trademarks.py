"""US trademarks: entity bombs, cut files, other files; the sample without persons."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from ingest.trademarks.uspto_trademarks import discover
from iplake import registry
from iplake.errors import SourceChanged
from tests.conftest import ROOT, Pages, land_and_stage, refused, staged
from warehouse.staging import Count

ADDRESS = "trademarks/uspto_trademarks"
DAY = ROOT / "tests" / "examples" / ADDRESS / "daily_with_dirt" / "input.xml"
LISTING = "https://api.uspto.gov/api/v1/datasets/products/TRTDXFAP?includeFiles=true"


def test_a_file_that_declares_entities_is_refused_unread(tmp_path: Path) -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE trademark-applications-daily [<!ENTITY a "ha">'
        b'<!ENTITY b "&a;&a;&a;&a;">]><trademark-applications-daily><case-file>'
        b"<serial-number>&b;</serial-number></case-file></trademark-applications-daily>"
    )
    counts = staged(ADDRESS, tmp_path, bomb)
    assert counts["case_files"] == Count(records=1, staged=0, quarantined=1)
    assert refused(tmp_path) == [("entity_declaration", "input case-file 1")]


def test_a_file_cut_off_keeps_the_case_files_before(tmp_path: Path) -> None:
    whole = DAY.read_bytes()
    counts = staged(ADDRESS, tmp_path, whole[: whole.index(b"<status-code>900")])
    assert counts["case_files"] == Count(records=2, staged=1, quarantined=1)
    assert refused(tmp_path) == [("truncated", "input case-file 2")]


@pytest.mark.parametrize("content", [b"", b"<html><body>Busy</body></html>", b"%PDF-1.7"])
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match="expected"):
        staged(ADDRESS, tmp_path, content)


def test_the_listing_names_files_and_days() -> None:
    uri = "https://api.uspto.gov/api/v1/datasets/products/files/TRTDXFAP/apc240925.zip"
    file = {"fileDownloadURI": uri, "fileName": "apc240925.zip", "fileDataToDate": "2024-09-25"}
    answer = {"bulkDataProductBag": [{"productFileBag": {"fileDataBag": [file]}}]}
    [found] = discover(Pages({LISTING: answer}), registry.get(ADDRESS))
    assert (found.url, found.name, str(found.published)) == (uri, "apc240925.zip", "2024-09-25")


def test_another_listing_is_refused() -> None:
    with pytest.raises(SourceChanged, match="bulkDataProductBag"):
        list(discover(Pages({LISTING: {"error": "no key"}}), registry.get(ADDRESS)))


def test_the_sample_has_a_case_file_again_and_no_persons(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    folder = lake_home / "staging" / ADDRESS
    cases = pl.read_parquet(folder / "case_files")
    assert cases.height == 6
    again = cases.group_by("serial_number").len().filter(pl.col("len") > 1)
    assert again["serial_number"].len() == 2
    owners = pl.read_parquet(folder / "case_file_owners")
    assert owners.height > 5
    assert owners.filter(legal_entity_code="01").height == 0
    assert pl.read_parquet(folder / "case_file_statements")["statement_text"].null_count() == 8

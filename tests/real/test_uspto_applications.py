"""Every application of the real files, of all generations, counted by their provenance notes."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from scripts.mirrors.patents.uspto_applications import records
from warehouse import refresh

ADDRESS = "patents/uspto_applications"
BULK = "patent/uspto_fulltext_bulk"
SINGLE = "patent/uspto_fulltext_single"

# As listed in each PROVENANCE.md; two in the file that is named after one.
RECORDS = {
    f"{BULK}/ipa130117.one.xml": 2,
    f"{BULK}/pa040101.two.xml": 1,
    f"{SINGLE}/go-uspto_application_v1-5-A1_1.xml": 1,
    f"{SINGLE}/go-uspto_application_v1-5-A1_2.xml": 1,
    f"{SINGLE}/go-uspto_application_v4-0-A2_1.xml": 1,
    f"{SINGLE}/go-uspto_application_v4-4-A1.xml": 1,
    f"{SINGLE}/go-uspto_application_v4-5-A1.xml": 1,
    f"{SINGLE}/go-uspto_application_v4-5-A2.xml": 1,
    f"{SINGLE}/ppd_pap_US20010000943A1.xml": 1,
    f"{SINGLE}/ppd_pap_US20010009014A1.xml": 1,
    f"{SINGLE}/ppd_xmlApp2004_US20050004437A1.xml": 1,
    f"{SINGLE}/ppd_xmlApp2004_US20050004974A1.xml": 1,
}


@pytest.mark.real
def test_each_file_of_the_folders_is_of_grants_or_of_applications(real: Path) -> None:
    files = [
        path.relative_to(real).as_posix()
        for folder in (BULK, SINGLE)
        for path in (real / folder).glob("*.xml")
    ]
    assert len(files) > 30
    assert {name for name in files if records(real / name)} == set(RECORDS)


@pytest.mark.real
@pytest.mark.parametrize("name", RECORDS)
def test_every_application_of_a_file_is_staged(name: str, real: Path, tmp_path: Path) -> None:
    counts = refresh.stage_files(ADDRESS, [real / name], tmp_path, 1)
    assert records(real / name) == RECORDS[name]
    assert counts["applications"].records == RECORDS[name]
    assert counts["applications"].staged == RECORDS[name]
    assert [count.quarantined for count in counts.values()] == [0] * len(counts)


@pytest.mark.real
def test_what_the_applications_of_all_generations_come_to(real: Path, tmp_path: Path) -> None:
    counts = refresh.stage_files(ADDRESS, [real / name for name in RECORDS], tmp_path, 1)
    assert {table: count.staged for table, count in counts.items()} == {
        "applications": 13,
        "application_parties": 44,
        "application_classifications": 40,
        "application_priorities": 4,
        "application_relations": 24,
    }
    # Counted in the bytes of the front pages.
    text = b"".join((real / name).read_bytes() for name in RECORDS)
    ends = rb"</us-bibliographic-data-application>|</subdoc-bibliographic-information>"
    pages = b"".join(part[part.rfind(b"<?xml ") :] for part in re.split(ends, text)[:-1])
    tags = (b"<inventor ", b"<inventor>", b"<first-named-inventor>", b"<us-applicant ",
            b"<applicant ", b"<assignee>")  # fmt: skip
    assert sum(pages.count(tag) for tag in tags) == 44
    symbols = (b"<classification-ipcr>", b"<classification-cpc>", b"<main-classification>",
               b"<further-classification>", b"<further-classification ", b"<ipc>",
               b"<uspc>")  # fmt: skip
    assert sum(pages.count(tag) for tag in symbols) == 40
    assert pages.count(b"<priority-claim ") + pages.count(b"<foreign-priority-data>") == 4
    related = (b"<relation>", b"<us-provisional-application>", b"<related-publication>",
               b"<parent-child>", b"<non-provisional-of-provisional>")  # fmt: skip
    assert sum(pages.count(tag) for tag in related) == 24


@pytest.mark.real
def test_numbers_names_and_symbols_of_all_generations(real: Path, tmp_path: Path) -> None:
    refresh.stage_files(ADDRESS, [real / name for name in RECORDS], tmp_path, 1)
    applications = pl.read_parquet(tmp_path / "applications.parquet")
    assert applications["publication_number"].n_unique() == 13
    assert set(applications["generation"]) == {
        "pap v1.5", "pap v1.6", "v4.0", "v4.3", "v4.4", "v4.5"}  # fmt: skip
    for needed in ("application_number", "filing_date", "title", "application_series_code"):
        assert applications[needed].null_count() == 0, needed
    assert (
        applications["application_number"].str.slice(0, 2)
        == applications["application_series_code"]
    ).all()
    assert applications.filter(~pl.col("is_first_publication")).height == 2
    classes = pl.read_parquet(tmp_path / "application_classifications.parquet")
    assert classes["classification_symbol"].null_count() == 0
    assert "623/1.16" in classes["classification_symbol"].to_list()
    # The publication 0193250 of 2004 has lost its year.
    relations = pl.read_parquet(tmp_path / "application_relations.parquet")
    publications = relations.filter(pl.col("relation_type") == "related_publication")
    assert publications["related_number"].to_list() == ["20040193250", "20210378390"]


@pytest.mark.real
@pytest.mark.parametrize(
    "name", [f"{BULK}/2011_6.xml", f"{BULK}/pg_v25_XML1-sample-14.xml",
             "patent/uspto_aps_text/pftaps_TXT-sample-2.txt"]
)  # fmt: skip
def test_grants_are_not_taken_for_applications(name: str, real: Path, tmp_path: Path) -> None:
    assert records(real / name) is None
    with pytest.raises(SourceChanged, match="expected"):
        refresh.stage_files(ADDRESS, [real / name], tmp_path, 1)

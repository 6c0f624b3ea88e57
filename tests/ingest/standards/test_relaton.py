"""Relaton: archives with their index, both generations of records, other files; the sample."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import polars as pl
import pytest

from ingest.standards.relaton import discover
from iplake import registry
from iplake.errors import SourceChanged
from scripts.mirrors.spreadsheet import zip_bytes
from tests.conftest import ROOT, Pages, land_and_stage, refused, staged
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "standards/relaton"
EXAMPLES = ROOT / "tests" / "examples" / ADDRESS
DOCUMENT = (EXAMPLES / "document_1_2" / "input.yaml").read_bytes()
OTHER = (EXAMPLES / "document_1_5" / "input.yaml").read_bytes()
INDEX = (EXAMPLES / "index_3gpp" / "input.yaml").read_bytes()
TOP = "relaton-data-3gpp-0f1e2d"
HERE = f"{TOP}/data/TS_36.300_REL-12_12.4.0.yaml"


def documents(folder: Path) -> pl.DataFrame:
    """Return the staged documents."""
    return pl.read_parquet(folder / "out" / "documents.parquet")


def test_an_archive_has_its_documents_and_of_the_others_what_its_index_says(tmp_path: Path) -> None:
    archive = zip_bytes(
        {
            f"{TOP}/README.adoc": b"= Data\n",
            f"{TOP}/current.yaml": b"---\nfile: x\n",
            f"{TOP}/index-v1.zip": zip_bytes({"index-v1.yaml": INDEX}),
            HERE: DOCUMENT,
            f"{TOP}/static/hand-made: a title.yaml": OTHER,
        }
    )
    counts = staged(ADDRESS, tmp_path, archive)
    # Two records and the index's eight entries, but for the one that is a record.
    assert counts["documents"] == Count(records=9, staged=8, quarantined=1)
    rows = documents(tmp_path)
    assert rows["record_form"].to_list() == ["record"] * 2 + ["index"] * 6
    assert rows["_record_number"].to_list() == [*range(1, 9)]
    assert rows["repository_path"][1] == "static/hand-made: a title.yaml"
    assert counts["document_contributors"] == Count(5, 5, 0)


def test_a_packed_index_alone_and_a_tape_of_documents_are_read(tmp_path: Path) -> None:
    counts = staged(ADDRESS, tmp_path, zip_bytes({"index-v1.yaml": INDEX}))
    assert counts["documents"] == Count(8, 7, 1)
    tape = io.BytesIO()
    with tarfile.open(fileobj=tape, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in (("data/a.yaml", DOCUMENT), ("data/b.yaml", OTHER)):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    counts = staged(ADDRESS, tmp_path, gzip.compress(tape.getvalue()))
    assert counts["documents"] == Count(2, 2, 0)


def test_of_two_indexes_the_newer_form_counts(tmp_path: Path) -> None:
    newer = (EXAMPLES / "index_itu" / "input.yaml").read_bytes()
    members = {
        f"{TOP}/index-v2.zip": zip_bytes({"index-v2.yaml": newer}),
        f"{TOP}/index-v1.zip": zip_bytes({"index-v1.yaml": INDEX}),
    }
    assert staged(ADDRESS, tmp_path, zip_bytes(members))["documents"] == Count(4, 4, 0)
    with pytest.raises(SourceChanged, match="unknown version"):
        staged(ADDRESS, tmp_path, zip_bytes({f"{TOP}/index-v3.zip": b"?"}))


def test_a_document_listed_twice_has_two_numbered_entries(tmp_path: Path) -> None:
    staged(ADDRESS, tmp_path, (EXAMPLES / "index_iso" / "input.yaml").read_bytes())
    rows = documents(tmp_path).filter(document_key="iso-iec-27001-2022-amd-1-2024")
    assert rows["index_entry_number"].to_list() == [1, 2]
    assert rows["designator"].n_unique() == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>Busy</html>", b"---\nfile: status.zip\ndate: x\n", b"%PDF-1.7\n", zip_bytes({})],
)
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match="expected"):
        staged(ADDRESS, tmp_path, content)


def test_an_archive_that_is_cut_off_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(SourceChanged, match="damaged or cut off"):
        staged(ADDRESS, tmp_path, zip_bytes({HERE: DOCUMENT})[:-40])


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"docid:\n- id: 3GPP TS 36.300:REL-12/12.4.0", b"docid:\n- ide: x", "wrong_type"),
        (b"  type: 3GPP\n", b"", "missing_field"),
        (b"title:\n- content: Overall", b"title:\n- content: [1]\n  note: Overall", "wrong_type"),
        (b"  radiotechnology: LTE", b"  radiotechnology: [LTE]", "wrong_type"),
        (b"title:", b"a: &x [1]\nb: *x\ntitle:", "anchor"),
        (b"title:", b"title: [", "invalid_yaml"),
    ],
)
def test_a_document_that_is_wrong_is_refused_alone(
    tmp_path: Path, old: bytes, new: bytes, reason: str
) -> None:
    assert old in DOCUMENT
    wrong = DOCUMENT.replace(old, new, 1)
    counts = staged(ADDRESS, tmp_path, zip_bytes({HERE: wrong, f"{TOP}/data/b.yaml": OTHER}))
    assert counts["documents"] == Count(2, 1, 1)
    assert refused(tmp_path) == [(reason, "data/TS_36.300_REL-12_12.4.0.yaml")]


def test_a_new_field_is_reported_and_the_document_staged(tmp_path: Path) -> None:
    path = tmp_path / "document.yaml"
    path.write_bytes(DOCUMENT.replace(b"  radiotechnology: LTE", b"  colour: red"))
    drift = refresh.stage_with_drift(ADDRESS, [path], tmp_path / "out", 1)
    assert [(each.table, each.field, each.records) for each in drift] == [
        ("documents", "ext/colour", 1)
    ]
    assert documents(tmp_path).height == 1


def test_names_of_persons_are_not_staged(tmp_path: Path) -> None:
    staged(ADDRESS, tmp_path, DOCUMENT)
    for path in (tmp_path / "out").glob("*.parquet"):
        assert "Placeholder Person" not in str(pl.read_parquet(path).to_dicts())
    assert documents(tmp_path)["person_count"].to_list() == [1]


def test_the_declaration_names_an_archive_per_body() -> None:
    found = list(discover(Pages({}), registry.get(ADDRESS)))
    assert len(found) == 7
    assert found[0].name == "relaton-data-3gpp.zip"
    assert found[0].url == "https://github.com/relaton/relaton-data-3gpp/archive/HEAD.zip"


def test_the_sample_has_the_standards_that_declarations_name(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    land_and_stage("standards/etsi_isld")
    staging = lake_home / "staging" / "standards"
    found = pl.read_parquet(staging / "relaton" / "documents")
    assert found.height == 372
    assert found["body_code"].n_unique() == 7
    declared = pl.read_parquet(staging / "etsi_isld" / "declarations")
    named = declared.drop_nulls("specification_version")
    keys = ["specification_designator", "specification_version"]
    exact = named.join(found, left_on=keys, right_on=["designator_undated", "version"], how="semi")
    assert named.height > 200
    assert exact.height == named.height

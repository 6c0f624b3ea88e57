"""Relaton: every real file by independent counts, and how declared standards match its indexes."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from iplake.settings import settings
from scripts.mirrors.standards import relaton as mirror
from tests.conftest import land_and_stage
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "standards/relaton"
# By PROVENANCE.md; entries of indexes by their marks. One of ISO's has no identifier.
FILES = {
    "relaton_3gpp/index-v1.zip": (85_954, 0),
    "relaton_3gpp/relaton_3gpp_selected.tar.gz": (730, 0),
    "relaton_etsi/index-v1.zip": (28_616, 0),
    "relaton_etsi/relaton_etsi_selected.tar.gz": (72, 0),
    "relaton_ieee/index-v1.zip": (11_787, 0),
    "relaton_ieee/relaton_ieee_80211.tar.gz": (277, 0),
    "relaton_iso/index-v1.zip": (67_845, 1),
    "relaton_iso/relaton_iso_bulk_every14th.tar.gz": (5_000, 0),
    "relaton_iso/relaton_iso_selected.tar.gz": (215, 0),
    "relaton_itu/index-v2.zip": (21_459, 0),
    "relaton_itu/relaton_itu_selected.tar.gz": (160, 0),
    "relaton_w3c/index-v1.zip": (16_811, 0),
    "relaton_w3c/relaton_w3c_selected.tar.gz": (400, 0),
    "ietf/relaton_rfcsubseries.tar.gz": (356, 0),
}


@pytest.mark.parametrize("name", FILES)
def test_every_document_is_staged(real: Path, tmp_path: Path, name: str) -> None:
    path = real / "standard" / name
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    expected, refused = FILES[name]
    assert mirror.records(path) == expected
    assert counts["documents"] == Count(expected, expected - refused, refused)
    rows = pl.read_parquet(tmp_path / "documents.parquet")
    assert rows.select("document_key", "index_entry_number").is_unique().all()


def test_no_field_of_a_document_is_unknown(real: Path, tmp_path: Path) -> None:
    paths = [real / "standard" / name for name in FILES if name.endswith(".tar.gz")]
    assert len(paths) == 8
    assert refresh.stage_with_drift(ADDRESS, paths, tmp_path, 1) == ()
    rows = pl.read_parquet(tmp_path / "documents.parquet")
    assert rows.height == 7_210
    assert set(rows["record_form"]) == {"record"}


def test_the_state_of_a_crawl_is_no_document(real: Path, tmp_path: Path) -> None:
    path = real / "standard" / "relaton_3gpp" / "current.yaml"
    with pytest.raises(SourceChanged, match="expected a Relaton document"):
        refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)


def test_an_entry_says_what_its_document_says(real: Path, tmp_path: Path) -> None:
    # Where a document is in both, its identifier written together from parts is its own.
    for name, both in {"iso": 4_542, "itu": 160, "w3c": 400}.items():
        folder = real / "standard" / f"relaton_{name}"
        found = {}
        for form, paths in {
            "index": sorted(folder.glob("index*.zip")),
            "record": sorted(folder.glob("*.tar.gz")),
        }.items():
            refresh.stage_files(ADDRESS, paths, tmp_path / name / form, jobs=1)
            found[form] = (
                pl.read_parquet(tmp_path / name / form / "documents.parquet")
                .filter(index_entry_number=1)
                .unique("document_key", maintain_order=True)
            )
        joined = found["index"].join(found["record"], on="document_key", suffix="_record")
        assert joined.height >= both
        differ = joined.filter(pl.col("designator_raw") != pl.col("designator_raw_record"))
        assert differ.height == 0


def test_declared_standards_match_by_number_and_of_3gpp_by_version(
    real: Path, tmp_path: Path
) -> None:
    """Of the 727 declared lines that are at hand, 715 name a 3GPP specification.

    All match by number, and 713 by version too: the other two name no version. Of 694 that
    name an ETSI deliverable all match by number, but 166 by version: Relaton's list of ETSI
    lacks the others. The same lines match exactly in 3GPP's own list, if they name its
    specification, so that they are missing there and not wrong: exact joins go through 3GPP.
    """
    folder = real / "standard"
    paths = sorted([*folder.glob("etsi_isld/0*.csv"), *folder.glob("etsi_isld/ntt_*.csv")])
    refresh.stage_files("standards/etsi_isld", paths, tmp_path / "isld", jobs=1)
    declared = pl.read_parquet(tmp_path / "isld" / "declarations.parquet")
    indexes = {}
    for body in ("3gpp", "etsi"):
        index = folder / f"relaton_{body}" / "index-v1.zip"
        refresh.stage_files(ADDRESS, [index], tmp_path / body, jobs=1)
        indexes[body] = pl.read_parquet(tmp_path / body / "documents.parquet")
    assert declared.height == 727

    of_3gpp = declared.drop_nulls("specification_designator")
    exactly = ["specification_designator", "specification_version"]
    assert of_3gpp.height == 715
    assert matching(of_3gpp, exactly[:1], indexes["3gpp"]).height == 715
    assert matching(of_3gpp, exactly, indexes["3gpp"]).height == 713
    assert of_3gpp["specification_version"].null_count() == 2

    of_etsi = declared.filter(standard_body="ETSI")
    versions = ["standard_designator", "standard_version"]
    assert of_etsi.height == 694
    assert matching(of_etsi, versions[:1], indexes["etsi"]).height == 694
    inexact = of_etsi.join(indexes["etsi"], left_on=versions, right_on=KEYS, how="anti")
    assert of_etsi.height - inexact.height == 166
    # Twelve lines name TS 136 300 V12.6.0 alone, without the specification that it is.
    assert inexact["specification_designator"].null_count() == 12
    assert matching(inexact, exactly, indexes["3gpp"]).height == inexact.height - 12


KEYS = ["designator_undated", "version"]


def matching(declared: pl.DataFrame, columns: list[str], found: pl.DataFrame) -> pl.DataFrame:
    """Return the declared lines whose standard is among the documents."""
    return declared.join(found, left_on=columns, right_on=KEYS[: len(columns)], how="semi")


@pytest.mark.slow
def test_the_real_mirror_lands_whole(
    lake_home: Path, real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror.real(real, tmp_path / "mirror")
    monkeypatch.setenv("IPLAKE_MIRROR", str(tmp_path / "mirror"))
    settings.cache_clear()
    land_and_stage(ADDRESS)
    rows = pl.read_parquet(lake_home / "staging" / ADDRESS / "documents")
    # All entries of the indexes, of which one has no identifier, and documents that they lack.
    assert rows.height == 232_993
    assert rows.filter(record_form="record").height == 7_210 - 15


def test_twin_texts_and_dates_are_those_of_the_files(real: Path, tmp_path: Path) -> None:
    path = real / "standard" / "relaton_itu" / "relaton_itu_selected.tar.gz"
    refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    identifiers = pl.read_parquet(tmp_path / "document_identifiers.parquet")
    assert identifiers.filter(identifier_scheme="ISO").height == 61
    assert pl.read_parquet(tmp_path / "document_relations.parquet").height == 9_480
    documents = pl.read_parquet(tmp_path / "documents.parquet")
    assert documents["publication_date"].null_count() == 0
    assert documents["title"].null_count() == 24

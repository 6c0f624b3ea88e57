"""NYPL's registrations: contradictions, cut files, the listing without its scans, the sample."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from ingest.copyrights.nypl_registrations import discover
from iplake import registry
from iplake.errors import SourceChanged
from tests.conftest import ROOT, Pages, land_and_stage, refused, staged
from warehouse.staging import Count

ADDRESS = "copyrights/nypl_registrations"
TRAPS = ROOT / "tests" / "examples" / ADDRESS / "traps" / "input.xml"
TREE = (
    "https://api.github.com/repos/NYPL/catalog_of_copyright_entries_project"
    "/git/trees/master?recursive=1"
)


def test_a_file_cut_off_keeps_the_entries_before(tmp_path: Path) -> None:
    whole = TRAPS.read_bytes()
    counts = staged(ADDRESS, tmp_path, whole[: whole.index(b"<title>Digest")])
    assert counts["registrations"] == Count(records=3, staged=2, quarantined=1)
    # What breaks off is told once, and the reference before it is kept.
    assert counts["cross_references"] == Count(records=1, staged=1, quarantined=0)
    assert refused(tmp_path) == [("truncated", "copyrightEntry 3")]


def test_what_is_printed_goes_before_attributes_that_contradict_it(tmp_path: Path) -> None:
    staged(ADDRESS, tmp_path, TRAPS.read_bytes())
    rows = pl.read_parquet(tmp_path / "out" / "registrations.parquet")
    contradictory = rows.filter("is_contradictory")
    assert contradictory.select(
        "registration_number", "registration_number_attribute", "registration_date_attribute"
    ).rows() == [("A56505", "A50966", contradictory["registration_date_attribute"][0])]
    assert str(contradictory["registration_date"][0]) == "1951-06-06"
    assert str(contradictory["registration_date_attribute"][0]) == "1950-06-06"


@pytest.mark.parametrize("element", ["regNum", "registrationNumber"])
def test_both_names_of_the_number_are_read(tmp_path: Path, element: str) -> None:
    content = (
        '<copyrightEntries><copyrightEntry id="E1"><title>Old maps</title>'
        f"<{element}>A—Foreign 32851</{element}></copyrightEntry></copyrightEntries>"
    )
    staged(ADDRESS, tmp_path, content.encode())
    rows = pl.read_parquet(tmp_path / "out" / "registrations.parquet")
    assert rows.select("registration_number", "class_code").rows() == [("AF32851", "AF")]


@pytest.mark.parametrize("content", [b"", b"<html>Not found</html>", b"id,title\n1,x\n"])
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match="expected"):
        staged(ADDRESS, tmp_path, content)


def tree(*paths: str, truncated: bool = False) -> Pages:
    entries = [{"path": path, "type": "blob"} for path in paths]
    listing = {"tree": [*entries, {"path": "xml", "type": "tree"}], "truncated": truncated}
    return Pages({TREE: listing})


def test_scans_and_examples_are_left_out() -> None:
    listing = tree("README.md", "examples/basic.xml", "xml/1951/alto/p_1.xml", "xml/1951/v 5.xml")
    [found] = discover(listing, registry.get(ADDRESS))
    assert found.name == "1951_v 5.xml"
    assert found.url == (
        "https://raw.githubusercontent.com/NYPL/catalog_of_copyright_entries_project"
        "/master/xml/1951/v%205.xml"
    )


def test_a_listing_that_is_not_whole_is_refused() -> None:
    with pytest.raises(SourceChanged, match="outgrown"):
        list(discover(tree("xml/1951/a.xml", truncated=True), registry.get(ADDRESS)))
    with pytest.raises(SourceChanged, match="expected truncated, and a tree"):
        list(discover(Pages({TREE: {"message": "rate limit"}}), registry.get(ADDRESS)))


def test_the_sample_meets_the_renewals_and_names_organisations_only(lake_home: Path) -> None:
    for address in (ADDRESS, "copyrights/nypl_renewals"):
        land_and_stage(address)
    rows = pl.read_parquet(lake_home / "staging" / ADDRESS / "registrations")
    assert rows.height == 216
    assert rows["registration_date"].null_count() == 0
    renewals = pl.read_parquet(lake_home / "staging" / "copyrights" / "nypl_renewals" / "renewals")
    both = rows.join(renewals, on=["registration_number", "registration_date"], how="semi")
    assert both.height > 200
    parties = pl.read_parquet(lake_home / "staging" / ADDRESS / "registration_parties")
    assert parties["party_role"].unique().to_list() == ["publisher"]

"""NYPL's renewals: two headers, other files refused, the repository's listing; the sample."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from ingest.copyrights.nypl_renewals import discover
from iplake import registry
from iplake.errors import SourceChanged
from tests.conftest import ROOT, Pages, land_and_stage, refused, staged
from warehouse.staging import Count

ADDRESS = "copyrights/nypl_renewals"
EXAMPLES = ROOT / "tests" / "examples" / ADDRESS


def test_a_header_of_both_vocabularies_is_refused_and_shown(tmp_path: Path) -> None:
    whole = (EXAMPLES / "scanned" / "input.tsv").read_bytes()
    with pytest.raises(SourceChanged, match=r"found=.*titel"):
        staged(ADDRESS, tmp_path, whole.replace(b"\ttitle\t", b"\ttitel\t", 1))


def test_a_file_cut_off_loses_its_last_line_only(tmp_path: Path) -> None:
    whole = (EXAMPLES / "scanned" / "input.tsv").read_bytes()
    counts = staged(ADDRESS, tmp_path, whole[: whole.index(b"A 792 149")])
    assert counts["renewals"] == Count(records=2, staged=1, quarantined=1)
    assert refused(tmp_path) == [("too_few_cells", "line 3")]


@pytest.mark.parametrize("content", [b"", b"<html>Busy</html>", b"404: Not Found"])
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match="header"):
        staged(ADDRESS, tmp_path, content)


def test_the_listing_is_read_for_its_tables_only() -> None:
    source = registry.get(ADDRESS)
    entries = [
        {"type": kind, "name": name, "download_url": f"https://raw.test/{name}"}
        for kind, name in [("file", "1951-1A.tsv"), ("file", "README.md"), ("dir", "old.tsv")]
    ]
    [found] = discover(Pages({source.endpoint.base_url: entries}), source)
    assert (found.name, found.url) == ("1951-1A.tsv", "https://raw.test/1951-1A.tsv")


@pytest.mark.parametrize("answer", [{"message": "rate limit"}, [{"name": "a.tsv"}]])
def test_another_listing_is_refused(answer: object) -> None:
    source = registry.get(ADDRESS)
    with pytest.raises(SourceChanged, match="expected"):
        list(discover(Pages({source.endpoint.base_url: answer}), source))


def test_the_sample_names_organisations_only(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    folder = lake_home / "staging" / ADDRESS
    renewals = pl.read_parquet(folder / "renewals")
    assert renewals.height == 2303
    assert renewals["author_name"].null_count() == 2303
    assert renewals["renewal_date"].dt.year().n_unique() > 3
    claimants = pl.read_parquet(folder / "renewal_claimants")
    assert claimants.height == 2303
    assert claimants["is_proprietor"].all()

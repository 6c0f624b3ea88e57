"""PubMed: gzipped files cut off, deletions, the listing with checksums; the sample."""

from __future__ import annotations

import gzip
from pathlib import Path

import polars as pl
import pytest

from ingest.literature.pubmed import discover
from iplake import registry
from iplake.errors import SourceChanged
from tests.conftest import ROOT, Pages, land_and_stage, refused, staged
from warehouse.staging import Count

ADDRESS = "literature/pubmed"
BASE = "https://ftp.ncbi.nlm.nih.gov/pubmed/updatefiles/"
UPDATE = ROOT / "tests" / "examples" / ADDRESS / "update" / "input.xml"
PAGE = '<a href="../">up</a> <a href="a.xml.gz">a.xml.gz</a> <a href="a.xml.gz.md5">md5</a>'


def test_a_gzipped_file_is_read_as_one_that_is_not(tmp_path: Path) -> None:
    counts = staged(ADDRESS, tmp_path, gzip.compress(UPDATE.read_bytes()))
    assert counts["articles"] == Count(records=5, staged=2, quarantined=3)
    assert counts["article_deletions"] == Count(records=2, staged=2, quarantined=0)


def test_a_file_cut_off_keeps_the_citations_before(tmp_path: Path) -> None:
    whole = UPDATE.read_bytes()
    counts = staged(ADDRESS, tmp_path, whole[: whole.index(b"<VernacularTitle>")])
    assert counts["articles"] == Count(records=2, staged=1, quarantined=1)
    assert counts["article_deletions"] == Count(records=0, staged=0, quarantined=0)
    assert refused(tmp_path) == [("truncated", "PubmedArticle 2")]


@pytest.mark.parametrize("content", [b"", b"<html>Busy</html>", b"PMID- 1\n"])
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match="expected"):
        staged(ADDRESS, tmp_path, content)


def test_the_page_names_files_and_each_has_its_checksum() -> None:
    told = f"MD5(a.xml.gz)= {'0' * 32}\n"
    pages = Pages({BASE: PAGE, f"{BASE}a.xml.gz.md5": told})
    [found] = discover(pages, registry.get(ADDRESS))
    assert (found.url, found.name) == (f"{BASE}a.xml.gz", "a.xml.gz")
    assert found.checksum == f"md5:{'0' * 32}"


@pytest.mark.parametrize(
    ("page", "told", "said"),
    [("<html>moved</html>", "", "end in .xml.gz"), (PAGE, "not found", "expected an MD5")],
)
def test_another_listing_is_refused(page: str, told: str, said: str) -> None:
    pages = Pages({BASE: page, f"{BASE}a.xml.gz.md5": told})
    with pytest.raises(SourceChanged, match=said):
        list(discover(pages, registry.get(ADDRESS)))


def test_the_sample_has_citations_again_deletions_and_no_persons(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    folder = lake_home / "staging" / ADDRESS
    articles = pl.read_parquet(folder / "articles")
    assert articles.height == 465
    assert articles["pmid"].n_unique() == 460
    assert pl.read_parquet(folder / "article_deletions").height == 20
    affiliations = pl.read_parquet(folder / "article_affiliations")
    assert affiliations.height > 4000
    assert affiliations["author_name"].null_count() == affiliations.height
    assert affiliations["orcid"].null_count() == affiliations.height
    assert not affiliations["affiliation_raw"].str.contains("@").any()

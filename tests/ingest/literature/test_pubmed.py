"""PubMed: gzipped files cut off, deletions, the listing with checksums; the sample."""

from __future__ import annotations

import gzip
from pathlib import Path

import polars as pl
import pytest

from ingest.literature.pubmed import discover
from iplake import registry
from iplake.contract import RawFile
from iplake.errors import SourceChanged
from tests.conftest import ROOT, Pages, land_and_stage, refused, staged
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "literature/pubmed"
BASE = "https://ftp.ncbi.nlm.nih.gov/pubmed/baseline/"
UPDATES = "https://ftp.ncbi.nlm.nih.gov/pubmed/updatefiles/"
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


def test_the_pages_name_files_of_baseline_and_updates_each_with_its_checksum() -> None:
    told = f"MD5(a.xml.gz)= {'0' * 32}\n"
    answers = {BASE: PAGE, f"{BASE}a.xml.gz.md5": told}
    answers |= {UPDATES: PAGE.replace("a.xml", "b.xml"), f"{UPDATES}b.xml.gz.md5": told}
    found = list(discover(Pages(answers), registry.get(ADDRESS)))
    assert [each.url for each in found] == [f"{BASE}a.xml.gz", f"{UPDATES}b.xml.gz"]
    assert [each.name for each in found] == ["a.xml.gz", "b.xml.gz"]
    assert {each.checksum for each in found} == {f"md5:{'0' * 32}"}


@pytest.mark.parametrize(
    ("name", "folder", "expected"),
    [
        ("pubmed26n0001.xml.gz", "baseline", (2026, 1, True)),
        ("pubmed26n1400.xml.gz", "updatefiles", (2026, 1400, False)),
        ("pubmed26n12345.xml.gz", "updatefiles", (2026, 12345, False)),
        ("pubmed1.xml.gz", "updatefiles", (None, None, False)),
    ],
)
def test_a_files_place_is_in_its_name_and_address(
    tmp_path: Path, name: str, folder: str, expected: tuple[int | None, int | None, bool]
) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(UPDATE.read_bytes()))
    file = RawFile(path, name, f"https://ftp.ncbi.nlm.nih.gov/pubmed/{folder}/{name}", "0", None)
    source = registry.get(ADDRESS)
    batches = list(refresh.connector(source).read(file, source, None))
    for table in ("articles", "article_deletions"):
        [rows] = [batch.rows for batch in batches if batch.table == table]
        assert rows.num_rows > 0
        found = rows.select(["file_year", "file_number", "is_baseline"]).to_pylist()
        assert {tuple(each.values()) for each in found} == {expected}


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
    assert articles.filter("is_baseline")["file_number"].to_list() == [14] * 10
    assert sorted(articles["file_number"].unique()) == [14, 1298, 1299]
    assert pl.read_parquet(folder / "article_deletions").height == 20
    affiliations = pl.read_parquet(folder / "article_affiliations")
    assert affiliations.height > 4000
    assert affiliations["author_name"].null_count() == affiliations.height
    assert affiliations["orcid"].null_count() == affiliations.height
    assert not affiliations["affiliation_raw"].str.contains("@").any()

"""PubMed: all six real files, against counts made apart from us."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from scripts.mirrors.literature.pubmed import records
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "literature/pubmed"
# Citations and deletions, by PROVENANCE.md and by counting elements.
FILES = {
    "pubmed1.xml.gz": (5, 0),
    "pubmed2.xml.gz": (1, 0),
    "pubmed3.xml.gz": (4, 0),
    "pubmed4.xml.gz": (1, 0),
    "pubmed20n0014_first300.xml.gz": (300, 0),
    "pubmed21n1298_guangdong_450.xml.gz": (450, 20),
}


@pytest.mark.parametrize("name", FILES)
def test_every_citation_is_staged(real: Path, tmp_path: Path, name: str) -> None:
    path = real / "literature" / "pubmed" / name
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    citations, deletions = FILES[name]
    assert counts["articles"] == Count(citations, citations, 0)
    assert counts["article_deletions"] == Count(deletions, deletions, 0)
    assert records(path) == citations
    assert pl.read_parquet(tmp_path / "quarantine.parquet").height == 0
    assert pl.read_parquet(tmp_path / "articles.parquet")["pmid"].n_unique() == citations


def test_the_place_of_a_file_is_known_where_its_name_says_it(real: Path, tmp_path: Path) -> None:
    files = [real / "literature" / "pubmed" / name for name in FILES]
    refresh.stage_files(ADDRESS, files, tmp_path, jobs=1)
    rows = pl.read_parquet(tmp_path / "articles.parquet")
    found = rows.group_by("file_year", "file_number").len().rows()
    assert set(found) == {(None, None, 11), (2020, 14, 300), (2021, 1298, 450)}


def test_citations_of_the_seventies_have_no_affiliations(real: Path, tmp_path: Path) -> None:
    path = real / "literature" / "pubmed" / "pubmed20n0014_first300.xml.gz"
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    assert counts["article_affiliations"].records == 0
    articles = pl.read_parquet(tmp_path / "articles.parquet")
    # Where a volume covers months, the year is in MedlineDate only.
    assert articles["publication_date_raw"].str.contains("-").any()
    assert articles["publication_year"].is_between(1970, 1980).all()


def test_every_article_of_guangdong_has_its_affiliation(real: Path, tmp_path: Path) -> None:
    path = real / "literature" / "pubmed" / "pubmed21n1298_guangdong_450.xml.gz"
    refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    rows = pl.read_parquet(tmp_path / "article_affiliations.parquet")
    of_guangdong = rows.filter(pl.col("affiliation_raw").str.contains("Guangdong|Guangzhou"))
    assert of_guangdong["pmid"].n_unique() == 450
    assert not rows["affiliation_name"].str.contains("@").any()

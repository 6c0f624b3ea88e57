"""OpenAlex: all six real files, against counts made apart from us."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from scripts.mirrors.literature.openalex import records
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "literature/openalex"
# Works, authorships, institutions of authors, affiliations, references and institutions: works
# and institutions by PROVENANCE.md, the others by counting in the decoded files.
FILES = {
    "openalexR_works.json": (3, 32, 54, 90, 49, 0),
    "openalex_works_2.json": (2, 45, 53, 55, 0, 0),
    "openalexR_institutions.json": (0, 0, 0, 0, 0, 3),
}
OTHERS = ("openalexR_authors.json", "openalexR_publishers.json", "openalexR_sources.json")
TABLES = (
    "works",
    "work_authorships",
    "work_institutions",
    "work_affiliations",
    "work_references",
    "institutions",
)


def test_every_file_of_the_folder_is_accounted_for(real: Path) -> None:
    names = {path.name for path in (real / ADDRESS).iterdir()}
    assert names == {*FILES, *OTHERS, "PROVENANCE.md"}


@pytest.mark.parametrize("name", FILES)
def test_every_record_is_staged(real: Path, tmp_path: Path, name: str) -> None:
    path = real / ADDRESS / name
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    for table, expected in zip(TABLES, FILES[name], strict=True):
        assert counts[table] == Count(expected, expected, 0), table
    assert (records(path) or 0) == FILES[name][0]
    assert pl.read_parquet(tmp_path / "quarantine.parquet").height == 0


@pytest.mark.parametrize("name", OTHERS)
def test_other_entities_are_refused(real: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceChanged, match="expected works or institutions"):
        refresh.stage_files(ADDRESS, [real / ADDRESS / name], tmp_path, jobs=1)


def test_no_field_of_the_real_files_is_unknown(real: Path) -> None:
    source = refresh.registry.get(ADDRESS)
    for name in FILES:
        path = real / ADDRESS / name
        file = refresh.RawFile(path, name, name, "0", None)
        for batch in refresh.connector(source).read(file, source, None):
            assert batch.drift == (), name


def test_ids_lose_their_address_and_nothing_else(real: Path, tmp_path: Path) -> None:
    files = [real / ADDRESS / name for name in FILES]
    refresh.stage_files(ADDRESS, files, tmp_path, jobs=1)
    works = pl.read_parquet(tmp_path / "works.parquet")
    assert works["doi_raw"].null_count() == works["doi"].null_count() == 1
    assert works["pmid"].drop_nulls().to_list() == [12734659]
    assert works["updated_at"].count() == works["work_type"].count() == 3
    authors = pl.read_parquet(tmp_path / "work_authorships.parquet")
    assert authors["author_id"].null_count() == 0
    of_authors = pl.read_parquet(tmp_path / "work_institutions.parquet")
    assert of_authors["ror_id"].null_count() == of_authors["institution_id"].null_count() == 0
    # An author without any institution keeps what is printed.
    printed = pl.read_parquet(tmp_path / "work_affiliations.parquet")
    assert printed.filter(pl.col("institution_ids").is_null()).height > 0
    assert not printed["affiliation_name"].str.contains("@").any()

"""Crossref: all real answers and files, against counts made apart from us."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from iplake import registry
from iplake.contract import RawFile
from iplake.errors import SourceChanged
from scripts.mirrors.literature.crossref import FOLDERS, records
from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "literature/crossref"
ANSWERS, FILE = FOLDERS
REFUSED = (
    "habanero_test_members__01_http200.json",
    "habanero_test_works_mixed_ids_warn__02_http404.txt",
    "requests_habanero.json",
    "requests_relaton.json",
)
# Lists that are not of twenty works, by PROVENANCE.md.
SHORT_LISTS = {"habanero_test_works_no_id_withlimit__01_http200.json": 2}
LISTS = (
    "habanero_test_cursor__01", "habanero_test_funders_filter_works__01",
    "habanero_test_journals_works__01", "habanero_test_journals_works__02",
    "habanero_test_works_no_id_withlimit__01", "relaton_crossref_rfc__03",
    "relaton_dataset__02", "relaton_dataset__03", "relaton_dataset__04",
    "relaton_dissertation__02", "relaton_grant__02", "relaton_journal-article__02",
    "relaton_peer-review__02", "relaton_proceedings-article__02",
    "relaton_proceedings-article__03", "relaton_reference-entry__02",
    "relaton_reference-entry__03", "relaton_reference-entry__04", "relaton_report__02",
)  # fmt: skip
# Items, by PROVENANCE.md.
ITEMS = {
    "1item.json.gz": 1,
    "2item-references.json.gz": 2,
    "3items.json.gz": 3,
    "affiliations.json.gz": 1,
    "funded.json.gz": 1,
    "orcid-work.json.gz": 1,
    "same-author.json.gz": 2,
    "updated.json.gz": 1,
}


def answers(real: Path) -> dict[Path, int]:
    """Return all files that hold works with their number, by PROVENANCE.md."""
    names = sorted(path.name for path in (real / ANSWERS).iterdir())
    of_works = [name for name in names if name not in {*REFUSED, "PROVENANCE.md"}]
    found = {
        real / ANSWERS / name: SHORT_LISTS.get(name, 20 if name.startswith(LISTS) else 1)
        for name in of_works
    }
    return found | {real / FILE / name: count for name, count in ITEMS.items()}


def test_every_file_of_both_folders_is_accounted_for(real: Path) -> None:
    of_file = {path.name for path in (real / FILE).iterdir()}
    assert of_file == {*ITEMS, "PROVENANCE.md"}
    found = answers(real)
    assert len(found) + len(REFUSED) == 41 + len(ITEMS)
    assert sum(found.values()) == 392


def test_every_work_is_staged(real: Path, tmp_path: Path) -> None:
    found = answers(real)
    total = 0
    for number, (path, expected) in enumerate(found.items()):
        counts = refresh.stage_files(ADDRESS, [path], tmp_path / str(number), jobs=1)
        assert counts["works"] == Count(expected, expected, 0), path.name
        assert records(path) == expected, path.name
        quarantine = pl.read_parquet(tmp_path / str(number) / "quarantine.parquet")
        assert quarantine.height == 0, path.name
        total += counts["works"].staged
    assert total == 392


@pytest.mark.parametrize("name", REFUSED)
def test_errors_and_other_lists_are_refused(real: Path, tmp_path: Path, name: str) -> None:
    path = real / ANSWERS / name
    assert records(path) is None
    with pytest.raises(SourceChanged, match="expected"):
        refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)


def test_no_field_of_the_real_files_is_unknown(real: Path) -> None:
    source = registry.get(ADDRESS)
    for path in answers(real):
        file = RawFile(path, path.name, path.name, "0", None)
        for batch in refresh.connector(source).read(file, source, None):
            assert batch.drift == (), path.name


def test_parts_of_works_add_up(real: Path, tmp_path: Path) -> None:
    counts = refresh.stage_files(ADDRESS, list(answers(real)), tmp_path, jobs=1)
    # By counting in the decoded files: 796 authors, 147 editors and 6 investigators of a grant;
    # 237 funders and that of the grant; 103 relations, 2 updates and 2 times updated.
    assert counts["work_authors"].staged == 796 + 147 + 6
    assert counts["work_affiliations"].staged == 331 + 6
    assert counts["work_references"].staged == 5420
    assert counts["work_funders"].staged == 237 + 1
    assert counts["work_relations"].staged == 103 + 2 + 2
    works = pl.read_parquet(tmp_path / "works.parquet")
    # [[null]] stands in twelve answers for no date at all.
    assert works.filter(pl.col("publication_date_raw").is_null()).height == 12
    assert works["publication_year"].null_count() == 12
    assert not works["title"].str.contains("<|\n").any()
    references = pl.read_parquet(tmp_path / "work_references.parquet")
    assert references["cited_doi"].count() == references["cited_doi_raw"].count() == 4118


def test_the_declared_rate_is_below_that_of_every_pool(real: Path) -> None:
    limit = registry.get(ADDRESS).rate_limit
    assert limit is not None
    assert (limit.requests, limit.per) == (1, "second")
    pools: dict[str, set[int]] = {}
    for name in ("requests_habanero.json", "requests_relaton.json"):
        recorded = json.loads((real / ANSWERS / name).read_bytes())
        for each in (each for case in recorded.values() for each in case):
            if each["x-rate-limit-limit"]:
                assert each["x-rate-limit-interval"] == "1s"
                pool = pools.setdefault(str(each["x-api-pool"]), set())
                pool.add(int(each["x-rate-limit-limit"]))
    assert pools["polite-array"] == {3}
    assert pools["polite-single"] == {10}
    assert min(min(limits) for limits in pools.values()) >= limit.requests

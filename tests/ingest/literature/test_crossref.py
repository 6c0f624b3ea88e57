"""Crossref: cursors to the empty page, deliveries, shapes of files, errors; the sample."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import polars as pl
import pytest

from ingest.literature.crossref import discover
from ingest.literature.crossref_rows import work_rows
from iplake import registry
from iplake.contract import Paging, RawFile, Request
from iplake.errors import NotFound, RecordRejected, SourceChanged
from tests.conftest import ROOT, Pages, land_and_stage, refused, staged
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "literature/crossref"
BASE = "https://api.crossref.org/v1/"
SUMS = f"{BASE}public-data-file/SHA256SUMS"
EXAMPLES = ROOT / "tests" / "examples" / ADDRESS
LIST = EXAMPLES / "list" / "input.json"
LINES = EXAMPLES / "lines" / "input.jsonl"


class NoDelivery(Pages):
    """A fetcher of a source that has no delivery: the usual case."""

    def text(self, url: str, body: str | None = None) -> str:
        """Answer as a server does that knows no such address."""
        raise NotFound("expected a file here", url=url)


def work(**fields: object) -> dict[str, object]:
    """Return a work as small as they come, with other fields."""
    moment = {"date-time": "2024-01-01T00:00:00Z"}
    small = {"DOI": "10.1000/1", "member": "1", "publisher": "P", "type": "book"}
    return {**small, "created": moment, "deposited": moment, "indexed": moment, **fields}


def test_each_filter_is_a_harvest_whose_address_has_no_cursor_of_its_own() -> None:
    found = list(discover(NoDelivery({}), registry.get(ADDRESS)))
    assert len(found) == 4
    assert found[0].url == f"{BASE}works?filter=ror-id:0530pts50&rows=1000&cursor=*"
    assert [each.name for each in found] == [f"works-{number}.zip" for number in (1, 2, 3, 4)]
    assert all(each.pages for each in found)


def test_a_delivery_of_the_public_data_file_is_taken_beside_the_lists() -> None:
    pages = Pages({SUMS: f"{'0' * 64}  0.jsonl.gz\n"})
    *_, delivered = discover(pages, registry.get(ADDRESS))
    assert delivered.url == f"{BASE}public-data-file/0.jsonl.gz"
    assert delivered.checksum == f"sha256:{'0' * 64}"
    assert delivered.pages is None


def paging() -> tuple[Request, Paging]:
    """Return the first request of a harvest and how it goes on."""
    first = next(iter(discover(NoDelivery({}), registry.get(ADDRESS))))
    assert first.pages is not None
    return first.request, first.pages


def test_pages_go_on_with_an_encoded_cursor_until_there_are_no_items() -> None:
    request, pages = paging()
    assert pages.total is not None
    page = LIST.read_bytes()
    after = pages.following(request, page)
    assert after == Request(request.url.removesuffix("*") + "DnF1%2BA%3D%3D")
    assert pages.total(page) == 6
    empty = json.loads(page)
    empty["message"]["items"] = []
    assert pages.following(request, json.dumps(empty).encode()) is None


@pytest.mark.parametrize(
    "answer",
    [
        b"Resource not found.",
        b'{"status":"failed","message-type":"validation-failure","message":[{"type":"x"}]}',
        b'{"status":"ok","message-type":"member-list","message":{"items":[]}}',
        b'{"status":"ok","message-type":"work-list","message":{}}',
    ],
)
def test_an_error_in_place_of_a_page_is_refused(answer: bytes) -> None:
    request, pages = paging()
    with pytest.raises(SourceChanged, match="expected a list of works"):
        pages.following(request, answer)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Resource not found.",
        b"<html>Busy</html>",
        b'{"status":"failed","message-type":"validation-failure","message":[{"type":"x"}]}',
        b'{"status":"ok","message-type":"member-list","message":{"items":[{"id":1}]}}',
        b'{"title":"A work without a DOI"}\n{"DOI":"10.1000/1"}\n',
        b'{"journal-article":[{"n":1,"method":"GET"}]}',
    ],
)
def test_another_answer_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match="expected"):
        staged(ADDRESS, tmp_path, content)


def test_a_file_of_items_is_read_as_a_list_is(tmp_path: Path) -> None:
    items = {"items": json.loads(LIST.read_bytes())["message"]["items"]}
    counts = staged(ADDRESS, tmp_path, gzip.compress(json.dumps(items).encode()))
    assert counts["works"] == Count(records=6, staged=3, quarantined=3)


def test_lines_are_read_gzipped_too(tmp_path: Path) -> None:
    counts = staged(ADDRESS, tmp_path, gzip.compress(LINES.read_bytes()))
    assert counts["works"] == Count(records=3, staged=2, quarantined=1)


def test_a_list_cut_off_keeps_the_works_before(tmp_path: Path) -> None:
    whole = LIST.read_bytes()
    counts = staged(ADDRESS, tmp_path, whole[: whole.index(b"10.1000/odd-date")])
    assert counts["works"] == Count(records=4, staged=3, quarantined=1)
    assert refused(tmp_path) == [("truncated", "input item 4")]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([[2020, 11, 3]], "2020-11-03"),
        ([[2020, 11]], "2020-11"),
        ([[2020]], "2020"),
        ([[None]], None),
    ],
)
def test_dates_have_one_to_three_parts_or_none(parts: object, expected: str | None) -> None:
    [row] = work_rows(work(issued={"date-parts": parts}))["works"]
    assert row["issued"] == expected


@pytest.mark.parametrize(
    "parts", [[], [[]], [[2020, None]], [["2020"]], [[1, 2, 3, 4]], [[1], [2]]]
)
def test_other_dates_are_refused(parts: object) -> None:
    with pytest.raises(RecordRejected):
        work_rows(work(issued={"date-parts": parts}))


def test_unknown_fields_are_reported_and_the_work_goes_on() -> None:
    source = registry.get(ADDRESS)
    file = RawFile(LIST, LIST.name, LIST.name, "0", None)
    batches = list(refresh.connector(source).read(file, source, None))
    drift = [each for batch in batches for each in batch.drift]
    assert [(each.table, each.field, each.records) for each in drift] == [("works", "smell", 1)]


def test_abstracts_are_staged_nowhere(tmp_path: Path) -> None:
    staged(ADDRESS, tmp_path, LIST.read_bytes())
    tables = sorted((tmp_path / "out").glob("work*.parquet"))
    assert len(tables) == 6
    for path in tables:
        assert "Never staged" not in str(pl.read_parquet(path).to_dicts())


def test_the_sample_is_paged_and_delivered_and_has_no_persons(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    folder = lake_home / "staging" / ADDRESS
    works = pl.read_parquet(folder / "works")
    # Two pages of a list, and the lines of one delivered file.
    assert works["_snapshot_id"].value_counts()["count"].sort().to_list() == [12, 13]
    assert works["publication_year"].null_count() == 0
    authors = pl.read_parquet(folder / "work_authors")
    assert authors.height > 100
    for name in ("author_name", "first_name", "last_name", "orcid"):
        assert authors[name].null_count() == authors.height
    affiliations = pl.read_parquet(folder / "work_affiliations")
    assert affiliations["affiliation_name"].str.contains("China").sum() > 50
    assert not affiliations["affiliation_raw"].str.contains("@").any()
    references = pl.read_parquet(folder / "work_references")
    assert references.height > 100
    assert references["author_name"].null_count() == references.height
    assert references["reference_text"].null_count() == references.height

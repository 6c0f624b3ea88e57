"""arXiv: months, resumption tokens, errors with HTTP 200, deleted records; the sample."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from ingest.literature.arxiv import discover
from iplake import registry
from iplake.contract import Paging, RawFile, Request
from iplake.errors import SourceBusy, SourceChanged
from tests.conftest import ROOT, Pages, land_and_stage, refused, staged
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "literature/arxiv"
BASE = "https://oaipmh.arxiv.org/oai"
LIST = ROOT / "tests" / "examples" / ADDRESS / "list" / "input.xml"
IDENTIFY = f"{BASE}?verb=Identify"


def oai(content: str) -> str:
    """Return an OAI-PMH answer."""
    return (
        '<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        f"<responseDate>2006-01-02T05:54:30Z</responseDate><request/>{content}</OAI-PMH>"
    )


def error(code: str) -> str:
    """Return an answer with an error, as it comes with HTTP 200."""
    return oai(f"<error code='{code}'>no</error>")


def identified(first: str = "2005-11-16") -> Pages:
    """Return a fetcher whose interface has records since a day."""
    told = oai(f"<Identify><earliestDatestamp>{first}</earliestDatestamp></Identify>")
    return Pages({IDENTIFY: told})


def paging() -> tuple[Request, Paging]:
    """Return the first request of a harvest and how it goes on."""
    first = next(iter(discover(identified(), registry.get(ADDRESS))))
    assert first.pages is not None
    return first.request, first.pages


def test_each_month_of_datestamps_is_a_harvest() -> None:
    found = list(discover(identified(), registry.get(ADDRESS)))
    windows = [each.url.partition("&from=")[2] for each in found]
    assert windows == [
        "2005-11-01&until=2005-11-30",
        "2005-12-01&until=2005-12-31",
        "2006-01-01&until=2006-01-31",
    ]
    assert found[0].url.startswith(f"{BASE}?verb=ListRecords&metadataPrefix=arXiv&from=")
    assert [str(each.published) for each in found] == ["2005-11-30", "2005-12-31", "2006-01-31"]


def test_declared_sets_are_harvested_each() -> None:
    source = registry.get(ADDRESS)
    sets = ("cs", "physics:physics:plasm-ph")
    endpoint = source.endpoint.model_copy(update={"queries": sets})
    found = list(discover(identified(), source.model_copy(update={"endpoint": endpoint})))
    assert len({each.url for each in found}) == len({each.name for each in found}) == 6
    assert found[5].url.endswith("&until=2006-01-31&set=physics:physics:plasm-ph")


@pytest.mark.parametrize(
    "answer", [oai(""), oai("<Identify/>"), error("badVerb"), "<html>moved</html>", "<a/>"]
)
def test_another_answer_in_place_of_a_description_is_refused(answer: str) -> None:
    with pytest.raises(SourceChanged):
        list(discover(Pages({IDENTIFY: answer}), registry.get(ADDRESS)))


def test_pages_go_on_with_an_encoded_token_until_it_is_empty() -> None:
    request, pages = paging()
    assert pages.total is not None
    after = pages.following(request, LIST.read_bytes())
    token = "verb%253DListRecords%2526skip%253D5"
    assert after == Request(f"{BASE}?verb=ListRecords&resumptionToken={token}")
    assert pages.total(LIST.read_bytes()) is None
    last = oai("<ListRecords><resumptionToken completeListSize='9'/></ListRecords>").encode()
    assert pages.following(request, last) is None
    assert pages.total(last) == 9
    assert pages.following(request, oai("<ListRecords/>").encode()) is None


def test_an_empty_month_is_no_error_and_an_ended_token_is_worth_another_try() -> None:
    request, pages = paging()
    assert pages.following(request, error("noRecordsMatch").encode()) is None
    with pytest.raises(SourceBusy, match="token has ended"):
        pages.following(request, error("badResumptionToken").encode())
    cut = LIST.read_bytes()[:2000]
    with pytest.raises(SourceBusy, match="breaks off"):
        pages.following(request, cut)
    for code in ("cannotDisseminateFormat", "badArgument", "noSetHierarchy"):
        with pytest.raises(SourceChanged, match=code):
            pages.following(request, error(code).encode())


def test_an_empty_month_is_staged_as_nothing(tmp_path: Path) -> None:
    counts = staged(ADDRESS, tmp_path, error("noRecordsMatch").encode())
    assert counts["records"] == Count(records=0, staged=0, quarantined=0)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<html>Busy</html>",
        "id,title\n",
        error("cannotDisseminateFormat"),
        error("badResumptionToken"),
        oai("<Identify/>"),
        oai("<ListIdentifiers><header/></ListIdentifiers>"),
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>',
    ],
)
def test_another_answer_is_refused_whole(tmp_path: Path, content: str) -> None:
    with pytest.raises(SourceChanged, match="expected"):
        staged(ADDRESS, tmp_path, content.encode())


def test_records_in_another_format_are_refused_one_by_one(tmp_path: Path) -> None:
    header = "<header><identifier>oai:arXiv.org:2601.00001</identifier></header>"
    dublin = '<metadata><dc xmlns="http://www.openarchives.org/OAI/2.0/oai_dc/"/></metadata>'
    content = oai(f"<ListRecords><record>{header}{dublin}</record></ListRecords>")
    counts = staged(ADDRESS, tmp_path, content.encode())
    assert counts["records"] == Count(records=1, staged=0, quarantined=1)
    assert refused(tmp_path) == [("missing_field", "input record 1")]


def test_a_list_cut_off_keeps_the_records_before(tmp_path: Path) -> None:
    whole = LIST.read_bytes()
    counts = staged(ADDRESS, tmp_path, whole[: whole.index(b"2601.00003")])
    assert counts["records"] == Count(records=3, staged=2, quarantined=1)
    assert refused(tmp_path) == [("truncated", "input record 3")]


def test_unknown_elements_are_reported_and_the_record_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    text = LIST.read_text(encoding="utf-8")
    path.write_text(text.replace("<report-no>", "<smell>none</smell><report-no>"), encoding="utf-8")
    source = registry.get(ADDRESS)
    file = RawFile(path, path.name, path.name, "0", None)
    batches = list(refresh.connector(source).read(file, source, None))
    drift = [(each.field, each.records) for batch in batches for each in batch.drift]
    assert drift == [("metadata/arXiv/smell", 1)]
    assert sum(batch.rows.num_rows for batch in batches if batch.table == "records") == 3


def test_the_sample_is_in_two_pages_without_authors(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    folder = lake_home / "staging" / ADDRESS
    records = pl.read_parquet(folder / "records")
    assert records["_record_number"].to_list() == [1, 2, 3]
    assert records["comments"].null_count() == 3
    assert pl.read_parquet(folder / "record_authors").height == 0
    assert pl.read_parquet(folder / "record_categories").height == 11

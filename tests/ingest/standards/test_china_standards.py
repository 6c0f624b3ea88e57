"""China's standards platforms: midnight in China, whole pages, challenge pages; the sample."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ingest.standards.china_standards import discover
from ingest.standards.china_standards_lists import first_request
from iplake import registry
from iplake.contract import Paging, Request
from iplake.errors import ConfigError, SourceBusy, SourceChanged
from scripts.mirrors.spreadsheet import zip_bytes
from tests.conftest import ROOT, Pages, land_and_stage, refused, staged
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "standards/china_standards"
EXAMPLES = ROOT / "tests" / "examples" / ADDRESS
LIST = (EXAMPLES / "openstd_list" / "input.html").read_bytes()
DETAIL = (EXAMPLES / "openstd_detail" / "input.html").read_bytes()
SECTOR = (EXAMPLES / "sector_list" / "input.json").read_bytes()
SECTOR_DETAIL = (EXAMPLES / "sector_detail" / "input.html").read_bytes()


def standards(folder: Path) -> pl.DataFrame:
    """Return the staged standards."""
    return pl.read_parquet(folder / "out" / "standards.parquet")


def page(total: int, rows: int, first: int = 0) -> bytes:
    """Return a made-up page of the national search."""
    found = [{"id": f"{at:032X}", "C_STD_CODE": f"GB {at}"} for at in range(first, first + rows)]
    return json.dumps({"total": total, "pageNumber": 1, "rows": found}).encode()


def test_days_are_those_of_chinas_midnight(tmp_path: Path) -> None:
    # 1538323200000 is 16:00 of 30 September in UTC; the page says 1 October.
    staged(ADDRESS, tmp_path, SECTOR)
    listed = standards(tmp_path).row(0, named=True)
    staged(ADDRESS, tmp_path, SECTOR_DETAIL)
    shown = standards(tmp_path).row(0, named=True)
    for column in ("issue_date", "implementation_date", "record_date"):
        assert listed[column] == shown[column]
    assert listed["implementation_date"] == date(2018, 10, 1)


def test_days_in_chinas_summers_of_the_eighties_are_not_a_day_early(tmp_path: Path) -> None:
    # Midnight of 1 July 1988 was nine hours ahead of UTC.
    staged(ADDRESS, tmp_path, SECTOR)
    assert standards(tmp_path)["implementation_date"].to_list()[1] == date(1988, 7, 1)


def test_marks_of_a_search_are_taken_off(tmp_path: Path) -> None:
    staged(ADDRESS, tmp_path, (EXAMPLES / "national_search" / "input.json").read_bytes())
    assert standards(tmp_path)["designator"].to_list() == ["GB/T 39551.1-2020", "GB 32100-2015"]
    staged(ADDRESS, tmp_path, SECTOR)
    assert standards(tmp_path)["title"][0] == "叉车属具 软包夹"


def test_a_harvest_of_pages_is_numbered_through(tmp_path: Path) -> None:
    pages = {"page-00001": LIST, "page-00002": SECTOR, "page-00003": DETAIL}
    counts = staged(ADDRESS, tmp_path, zip_bytes(pages))
    assert counts["standards"] == Count(records=8, staged=6, quarantined=2)
    assert standards(tmp_path)["_record_number"].to_list() == [1, 2, 3, 4, 5, 8]


def test_an_empty_list_is_a_list(tmp_path: Path) -> None:
    empty = "<html><body><p>共 0 条标准</p></body></html>".encode()
    assert staged(ADDRESS, tmp_path, empty)["standards"] == Count(0, 0, 0)
    answer = b'{"current":1,"pages":0,"records":[],"size":50,"total":0}'
    assert staged(ADDRESS, tmp_path, answer)["standards"] == Count(0, 0, 0)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        "<html><head><title>WEB 应用防火墙</title></head><body></body></html>".encode(),
        LIST[: len(LIST) // 2],
        DETAIL[:-9],
        b'{"code": 500, "message": "busy"}',
        b"%PDF-1.7\n",
        LIST.replace("共 3 条标准".encode(), b""),
    ],
)
def test_another_page_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match=r"expected|cut off"):
        staged(ADDRESS, tmp_path, content)


def test_a_list_with_other_cells_than_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceChanged, match="columns"):
        staged(ADDRESS, tmp_path, LIST.replace(b"<td>1</td>", b"<td>1</td><td>?</td>", 1))


def test_json_that_breaks_off_keeps_its_whole_records(tmp_path: Path) -> None:
    cut = SECTOR[: SECTOR.index("日期成了文字".encode())]
    counts = staged(ADDRESS, tmp_path, cut)
    assert counts["standards"] == Count(records=3, staged=2, quarantined=1)
    assert refused(tmp_path)[0][0] == "truncated"


def test_a_record_without_number_is_refused(tmp_path: Path) -> None:
    content = SECTOR.replace(b'"code":"JB/T 13368-2018"', b'"number":"JB/T 13368-2018"')
    counts = staged(ADDRESS, tmp_path, content)
    assert counts["standards"] == Count(4, 1, 3)
    assert ("missing_field", "input item 1") in refused(tmp_path)


def test_a_new_label_and_a_new_key_are_reported(tmp_path: Path) -> None:
    label = tmp_path / "detail.html"
    label.write_bytes(DETAIL.replace("主管部门".encode(), "主管机关".encode()))
    key = tmp_path / "list.json"
    key.write_bytes(SECTOR.replace(b'"industry":', b'"sector":"x","industry":'))
    drift = refresh.stage_with_drift(ADDRESS, [label, key], tmp_path / "out", 1)
    assert [(each.field, each.records) for each in drift] == [("主管机关", 1), ("sector", 3)]


def walk(paging: Paging, first: Request, answers: list[bytes]) -> list[Request]:
    """Return what is asked for, given the answers in their order."""
    asked, request = [], first
    for answer in answers:
        asked.append(request)
        following = paging.following(request, answer)
        assert (following is None) == (answer is answers[-1])
        request = following or request
    return asked


def test_the_national_search_is_paged_by_offset() -> None:
    first, paging = first_request("samr", "std_p10=2020-01-01&std_p11=2029-12-31")
    asked = walk(paging, first, [page(120, 50), page(120, 50, 50), page(120, 20, 100)])
    assert [each.url[-10:] for each in asked] == ["0&offset=0", "&offset=50", "offset=100"]
    assert paging.total is not None
    assert paging.total(page(120, 50)) == 120


def test_sectors_are_paged_by_post() -> None:
    first, paging = first_request("dbba", "key=&industry=广东省")
    assert first.body == "current=1&size=50&key=&industry=%E5%B9%BF%E4%B8%9C%E7%9C%81"
    full = json.dumps({"current": 1, "records": [{}] * 50, "total": 51}).encode()
    last = json.dumps({"current": 2, "records": [{}], "total": 51}).encode()
    asked = walk(paging, first, [full, last])
    assert (asked[1].body or "").startswith("current=2&size=50")


def test_the_full_text_system_is_paged_by_number() -> None:
    first, paging = first_request("openstd", "p.p1=0&p.p2=标准化")
    assert first.url.endswith("&page=1&pageSize=50")
    assert paging.following(first, LIST) is None
    line = LIST[LIST.index(b"<tr><td>1") : LIST.index(b"<tr><td>2")]
    full = LIST.replace(b"</table>", line * 47 + b"</table>").replace(
        b"\xe5\x85\xb1 3", b"\xe5\x85\xb1 53"
    )
    following = paging.following(first, full)
    assert following is not None
    assert "&page=2&" in following.url


@pytest.mark.parametrize("answer", [page(120, 49), page(10, 11), b"<html>busy</html>", b"{}"])
def test_a_page_that_is_not_whole_is_worth_another_try(answer: bytes) -> None:
    first, paging = first_request("samr", "")
    with pytest.raises((SourceBusy, SourceChanged)):
        paging.following(first, answer)


def test_details_are_asked_for_by_what_a_list_has() -> None:
    source = registry.get(ADDRESS)
    queries = ("openstd-details p.p1=0&p.p2=标准化", "hbba key=")
    one = source.model_copy(
        update={"endpoint": source.endpoint.model_copy(update={"queries": queries})}
    )
    first, _ = first_request("openstd", "p.p1=0&p.p2=标准化")
    found = list(discover(Pages({first.url: LIST.decode()}), one))
    assert [each.url.rpartition("/")[2][:16] for each in found[:3]] == [
        "newGbInfo?hcno=8",
        "newGbInfo?hcno=5",
        "newGbInfo?hcno=C",
    ]
    assert found[3].body == "current=1&size=50&key="
    paging = found[0].pages
    assert paging is not None
    assert paging.following(found[0].request, DETAIL) is None
    with pytest.raises(SourceChanged, match="found a list"):
        paging.following(found[0].request, LIST)


def test_a_query_of_no_registry_is_an_error_of_the_declaration() -> None:
    source = registry.get(ADDRESS)
    wrong = source.endpoint.model_copy(update={"queries": ("ttbz key=",)})
    with pytest.raises(ConfigError, match="registry"):
        list(discover(Pages({}), source.model_copy(update={"endpoint": wrong})))


def test_the_sample_has_standards_of_all_levels_there_are(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    rows = pl.read_parquet(lake_home / "staging" / ADDRESS / "standards")
    assert rows.height == 23
    assert set(rows["standard_level"]) == {"national", "sector", "local"}
    assert rows.filter(series_code="DB44").height == 5
    assert rows["designator"].null_count() == 0

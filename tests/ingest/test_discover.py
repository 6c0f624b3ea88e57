"""Offset paging: where offsets stand, how far a page leads, and pages that lead nowhere."""

from __future__ import annotations

import json

import pytest

from ingest.discover import paged_by_offset
from iplake.contract import Request
from iplake.errors import SourceChanged

URL = "https://x.test/search?q=a%3Ab%20c&offset=0&limit=100"


def page(hits: int, total: int, name: str = "bag") -> bytes:
    """Return a page of so many hits out of a total."""
    return json.dumps({"count": total, name: [{}] * hits}).encode()


def test_the_next_offset_counts_what_came_rather_than_the_limit() -> None:
    paging = paged_by_offset(["bag"], "count")
    assert paging.total is not None
    assert paging.total(page(25, 60)) == 60
    second = paging.following(Request(URL), page(25, 60))
    assert second == Request("https://x.test/search?q=a%3Ab%20c&offset=25&limit=100")
    third = paging.following(second, page(25, 60))
    assert third == Request("https://x.test/search?q=a%3Ab%20c&offset=50&limit=100")
    assert paging.following(third, page(10, 60)) is None


@pytest.mark.parametrize(
    ("body", "offset", "expected"),
    [
        ('{"q": "x"}', "pagination.offset", '{"q": "x", "pagination": {"offset": 2}}'),
        (
            '{"page": {"offset": 4, "limit": 2}}',
            "page.offset",
            '{"page": {"offset": 6, "limit": 2}}',
        ),
        ('{"skip": 4}', "skip", '{"skip": 6}'),
    ],
)
def test_a_body_of_json_carries_the_offset(body: str, offset: str, expected: str) -> None:
    paging = paged_by_offset(["bag"], "count", offset)
    following = paging.following(Request("https://x.test/search", body), page(2, 100))
    assert following == Request("https://x.test/search", expected)


def test_list_and_total_may_stand_within_objects_and_lists_have_several_names() -> None:
    answer = json.dumps({"message": {"total-results": 3, "items": [1, 2]}}).encode()
    paging = paged_by_offset(["other", "message.items"], "message.total-results", "rows-from")
    following = paging.following(Request("https://x.test/works"), answer)
    assert following == Request("https://x.test/works?rows-from=2")


def test_an_answer_without_hits_is_the_end() -> None:
    assert paged_by_offset(["bag"], "count").following(Request(URL), page(0, 0)) is None


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (page(0, 60), "a page is empty before the last hit"),
        (page(2, 60, "patentBag"), "a page has no list of hits"),
        (b'{"bag": [], "hits": 3}', "expected the number of hits"),
        (b'{"code": 404, "message": "Not Found"}', "a page has no list of hits"),
        (b"<html>", "expected a page of JSON"),
        (b'["bag"]', "a page has no list of hits"),
    ],
)
def test_a_page_that_leads_nowhere_is_a_changed_source(answer: bytes, said: str) -> None:
    with pytest.raises(SourceChanged, match=said):
        paged_by_offset(["bag"], "count").following(Request(URL), answer)

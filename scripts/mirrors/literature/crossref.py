"""Mirrors of Crossref: lists of works page by page, and a delivery of the public data file.

The sample is re-rendered from facts of the real answers: articles with affiliations in China in
a list, and what the public data file has, a work on each line. Kept are DOIs, titles, journals,
dates, organisations, funders, relations and the DOIs of references. Left out: abstracts, names
and ids of persons, mail addresses, references in words. The works stand under the first query
of the declaration whatever their institutions are: no real answer is to one of these queries.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from pathlib import Path

from ingest.literature.crossref import discover
from ingest.literature.crossref_fields import CONTRIBUTORS, KNOWN
from iplake import registry
from iplake.contract import Resource
from iplake.errors import NotFound
from scripts.mirrors.answers import place, pruned, rendered, write_answer
from scripts.mirrors.delivery import folder_of, link_delivery, write_delivery
from scripts.mirrors.literature.pubmed import PERSONAL

ADDRESS = "literature/crossref"
FOLDERS = ("literature/crossref", "literature/crossref_public_data_file")
PAGED = "habanero_test_cursor__01_http200.json"
OF_CHINA = (
    "habanero_test_journals_works__01_http200.json",
    "habanero_test_journals_works__02_http200.json",
    "habanero_test_funders_filter_works__01_http200.json",
)
# Errors, another kind of list, and notes on the requests: none of them is staged.
REFUSED = re.compile(r"_http404|_test_members_|^requests_|^PROVENANCE")
DELIVERY = "public-data-file/"
PERSONS = {
    *(
        f"{kind}/{name}"
        for kind in CONTRIBUTORS
        for name in ("given", "family", "suffix", "prefix")
    ),
    *(f"{kind}/{name}" for kind in CONTRIBUTORS for name in ("name", "ORCID")),
    *(
        f"project/{kind}/{name}"
        for kind in ("investigator", "lead-investigator")
        for name in ("given", "family", "ORCID")
    ),
    "reference/author",
    "reference/unstructured",
}
LATEST_REFERENCES = 12
"""References are many; the first ones of a work show what they are."""


class NoDelivery:
    """Answers that there is no delivery, so that the declared queries alone are discovered."""

    def text(self, url: str, body: str | None = None) -> str:
        """Say that there is nothing."""
        raise NotFound("no delivery", url=url)

    def json(self, url: str, body: str | None = None) -> object:
        """Refuse: what is discovered needs no questions."""
        raise AssertionError(url)


def sample(real: Path, out: Path) -> None:
    """Write a list in two pages and the empty last one, and a delivery of one file of lines."""
    articles: dict[str, object] = {}
    for name in OF_CHINA:
        for work in _works(real / FOLDERS[0] / name):
            if "China" in json.dumps(work.get("author")):
                articles[str(work["DOI"])] = _without_persons(work)
    works = list(articles.values())
    first, *others = _harvests()
    middle = len(works) // 2
    _write_pages(out, first.url, [works[:middle], works[middle:]])
    for resource in others:
        _write_pages(out, resource.url, [])
    of_file = [
        rendered(_without_persons(work))
        for path in sorted((real / FOLDERS[1]).glob("*.json.gz"))
        for work in _works(path)
    ]
    lines = gzip.compress("".join(of_file).encode(), 9, mtime=0)
    write_delivery(folder_of(ADDRESS, out, DELIVERY), {"0.jsonl.gz": lines})


def _harvests() -> list[Resource]:
    return list(discover(NoDelivery(), registry.get(ADDRESS)))


def _write_pages(out: Path, url: str, pages: list[list[object]]) -> None:
    total = sum(map(len, pages))
    for number, items in enumerate([*pages, []], 1):
        _write_page(out, url, total, items, f"page+{number + 1}")
        url = f"{url.rpartition('=')[0]}=page%2B{number + 1}"


def _write_page(out: Path, url: str, total: int, items: list[object], cursor: str) -> None:
    message = {"facets": {}, "next-cursor": cursor, "total-results": total, "items": items}
    envelope = {"status": "ok", "message-type": "work-list", "message-version": "1.0.0"}
    write_answer(out, url, {**envelope, "message": message})


def real(real: Path, out: Path) -> None:
    """Link all real files of works: one as the answer to the first query, others as a delivery."""
    first, *others = _harvests()
    paged = real / FOLDERS[0] / PAGED
    place(out, first.url).symlink_to(paged.resolve())
    assert first.pages is not None
    last = first.pages.following(first.request, paged.read_bytes())
    assert last is not None
    total = json.loads(paged.read_bytes())["message"]["total-results"]
    _write_page(out, last.url, total, [], "end")
    for resource in others:
        _write_pages(out, resource.url, [])
    files = [
        path
        for folder in FOLDERS
        for path in sorted((real / folder).iterdir())
        if path.name != PAGED and not REFUSED.search(path.name)
    ]
    link_delivery(folder_of(ADDRESS, out, DELIVERY), files)


def records(path: Path) -> int | None:
    """Return how many works a real file holds, by the length of its list; None for others."""
    return None if REFUSED.search(path.name) else len(_works(path))


def _works(path: Path) -> list[dict[str, object]]:
    raw = path.read_bytes()
    content = json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)
    message = content.get("message", content)
    works: list[dict[str, object]] = message.get("items", [message])
    return works


def _without_persons(work: Mapping[str, object]) -> object:
    copy = json.loads(json.dumps(pruned(work, (KNOWN | {"relation"}) - PERSONS)))
    if "relation" in work:
        copy["relation"] = work["relation"]
    copy["reference"] = copy.get("reference", [])[:LATEST_REFERENCES]
    for kind in CONTRIBUTORS:
        for each in copy.get(kind, []):
            for affiliation in each["affiliation"]:
                affiliation["name"] = PERSONAL.sub("", affiliation["name"]).strip()
    return copy

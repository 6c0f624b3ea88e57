"""Mirrors of OpenAlex's interface. The sample: the works and institutions of the real files.

Re-rendered from facts: ids, titles, sources, dates, counts, institutions and affiliations. Left
out: abstracts, names and ids of authors, mail addresses. The works stand under the first query
of the declaration whatever their institutions are: no real file answers one of these queries.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from ingest.literature.openalex import discover
from ingest.literature.openalex_fields import KNOWN_IN_INSTITUTION, KNOWN_IN_WORK
from iplake import registry
from scripts.mirrors.answers import place, pruned, write_answer
from scripts.mirrors.literature.pubmed import PERSONAL

ADDRESS = "literature/openalex"
FOLDER = "literature/openalex"
WORKS = ("openalexR_works.json", "openalex_works_2.json")
INSTITUTIONS = "openalexR_institutions.json"
PERSONS = {
    "authorships/author/id",
    "authorships/author/display_name",
    "authorships/author/orcid",
    "authorships/raw_author_name",
    "authorships/raw_orcid",
}


class Years:
    """Answers for the years of the first query of works, as `group_by` gives them."""

    def __init__(self, out: Path, counts: Mapping[int, int]) -> None:
        self._out = out
        self._counts = counts

    def json(self, url: str, body: str | None = None) -> object:
        """Write the years of a query into the mirror, and return them; the later ones have none."""
        groups = [
            {"key": str(year), "key_display_name": str(year), "count": count}
            for year, count in sorted(self._counts.items(), reverse=True)
        ]
        count = sum(self._counts.values())
        self._counts = {}
        answer = {"meta": {"count": count}, "results": [], "group_by": groups}
        write_answer(self._out, url, answer)
        return answer

    def text(self, url: str, body: str | None = None) -> str:
        """Refuse: OpenAlex speaks JSON."""
        raise AssertionError(url)


def sample(real: Path, out: Path) -> None:
    """Write each work in the harvest of its year, and the institutions, each with a last page."""
    works: dict[int, list[object]] = {}
    for name in WORKS:
        for work in _results(real / FOLDER / name):
            year = int(str(work["publication_date"])[:4])
            works.setdefault(year, []).append(_without_persons(work))
    institutions = [
        pruned(each, KNOWN_IN_INSTITUTION) for each in _results(real / FOLDER / INSTITUTIONS)
    ]
    years = Years(out, {year: len(found) for year, found in works.items()})
    for resource in discover(years, registry.get(ADDRESS)):
        is_of_works = resource.published is not None
        found = works[resource.published.year] if resource.published else institutions
        _write_pages(out, resource.url, found, "W" if is_of_works else "I")


def _write_pages(out: Path, url: str, results: list[object], cursor: str) -> None:
    meta: dict[str, object] = {"count": len(results), "per_page": 100}
    following = url.removesuffix("*") + cursor
    write_answer(out, url, {"meta": meta | {"next_cursor": cursor}, "results": results})
    write_answer(out, following, {"meta": meta | {"next_cursor": None}, "results": []})


def real(real: Path, out: Path) -> None:
    """Link the real files of works and institutions; those of other entities have no tables."""
    years = Years(out, {2015: 3, 2021: 2})
    files = {None: INSTITUTIONS, 2015: WORKS[0], 2021: WORKS[1]}
    for resource in discover(years, registry.get(ADDRESS)):
        name = files[resource.published.year if resource.published else None]
        place(out, resource.url).symlink_to((real / FOLDER / name).resolve())


def records(path: Path) -> int | None:
    """Return how many works a real file holds, by its results' ids; None for other entities."""
    if path.suffix != ".json":
        return None
    ids = [str(each["id"]) for each in _results(path)]
    works = [each for each in ids if each.startswith("https://openalex.org/W")]
    return len(works) or None


def _results(path: Path) -> list[dict[str, object]]:
    results: list[dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))["results"]
    return results


def _without_persons(work: Mapping[str, object]) -> object:
    kept = json.dumps(pruned(work, KNOWN_IN_WORK - PERSONS), ensure_ascii=False)
    copy = json.loads(kept)
    for authorship in copy["authorships"]:
        for each in authorship["affiliations"]:
            text = each["raw_affiliation_string"]
            each["raw_affiliation_string"] = PERSONAL.sub("", text).strip()
    return copy

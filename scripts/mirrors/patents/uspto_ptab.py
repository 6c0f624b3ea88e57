"""Mirrors of PTAB answers. The sample: proceedings and decisions, in windows of their dates.

Re-rendered from facts: numbers, dates, statuses, outcomes, statutes, titles of decisions, and
organisations that are parties. Left out: persons (inventors, owners, counsel), texts of papers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ingest.patents.uspto_odp import Search, read_search, search_url, windows
from iplake import registry
from iplake.contract import Request
from scripts.mirrors import odp
from scripts.mirrors.places import place_answer

ADDRESS = "patents/uspto_ptab"
FOLDER = "patent/uspto_ptab_json"
BAGS = {
    "trials/proceedings": "patentTrialProceedingDataBag",
    "trials/decisions": "patentTrialDocumentDataBag",
    "appeals/decisions": "patentAppealDataBag",
    "interferences/decisions": "patentInterferenceDataBag",
}
# Downloads name their lists otherwise; `patentTrialData` has trials or appeals.
DOWNLOADS = {
    "patentTrialData": ("trials/proceedings", "appeals/decisions"),
    "interferenceData": ("interferences/decisions",),
}
NUMBERS = ("trialNumber", "appealNumber", "interferenceNumber")
UNTIL = date(2026, 12, 31)
LEFT_OUT = frozenset(
    "counselName inventorName patentOwnerName documentOCRText interferenceStyleName".split()
)
# Names of organisations end in, or begin with, what they are.
ORGANISATION = re.compile(
    r"\b(?:inc|corp|corporation|llc|ltd|limited|company|ag|ab|sa|gmbh|aktiengesellschaft|"
    r"laboratories|universit\w+)\b",
    re.IGNORECASE,
)

Fields = dict[str, object]


def sample(real: Path, out: Path) -> None:
    """Write each proceeding and each decision of the real files once."""
    found: dict[str, dict[str, Fields]] = {path: {} for path in BAGS}
    for path in sorted((real / FOLDER).glob("*.json")):
        answer = json.loads(path.read_bytes())
        for endpoint, bag in BAGS.items():
            for record in answer.get(bag, []):
                if endpoint == "trials/proceedings" or _is_decision(record):
                    found[endpoint].setdefault(_identity(record), _rendered(record))
    for search in _searches():
        for window in windows(search.first_year, search.window_months, UNTIL):
            first, last = map(str, window)
            of_window = [
                record
                for record in found[search.path].values()
                if first <= str(_at(record, search.date_field)) <= last
            ]
            odp.write_answers(out, search, window, BAGS[search.path], of_window)


def real(real: Path, out: Path) -> None:
    """Write the answer of each real file, whole, for a window of its search.

    They are pages cut out of longer lists, and say how long those are. Here each says how many
    hits it has, so that it stands for a list of its own; which window it answers is by chance.
    """
    free = {
        search.path: (search, windows(search.first_year, search.window_months, UNTIL))
        for search in _searches()
    }
    for path in sorted((real / FOLDER).glob("*.json")):
        answer = json.loads(path.read_bytes())
        endpoint, bag = _endpoint(answer)
        search, places = free[endpoint]
        request = Request(search_url(odp.BASE_URL, search, next(places)))
        text = json.dumps(answer | {"count": len(answer[bag])}, ensure_ascii=False)
        place_answer(out, request).write_text(text, encoding="utf-8")


def records(path: Path) -> int | None:
    """Return how many trials, appeals and interferences a real file names."""
    answer = json.loads(path.read_bytes())
    found = [hit for bag in (*BAGS.values(), *DOWNLOADS) for hit in answer.get(bag, [])]
    numbers = {hit[name] for hit in found for name in NUMBERS if name in hit}
    return len(numbers) or None


def _searches() -> Iterable[Search]:
    return map(read_search, registry.get(ADDRESS).endpoint.queries)


def _endpoint(answer: dict[str, list[Fields]]) -> tuple[str, str]:
    """Return which search a real file answers, and under which name it has its hits."""
    for endpoint, bag in BAGS.items():
        if bag in answer:
            return endpoint, bag
    for bag, endpoints in DOWNLOADS.items():
        if bag in answer:
            of_trials = "trialNumber" in answer[bag][0]
            return endpoints[0 if of_trials or len(endpoints) == 1 else 1], bag
    raise ValueError(f"a file has none of the lists: {sorted(answer)}")


def _is_decision(record: Fields) -> bool:
    return bool(_at(record, "decisionData.decisionIssueDate")) or bool(
        _at(record, "documentData.decisionIssueDate")
    )


def _identity(record: Fields) -> str:
    document = _at(record, "documentData.documentIdentifier")
    return str(document or next(record[name] for name in NUMBERS if name in record))


def _at(record: object, path: str) -> object:
    for name in path.split("."):
        record = record.get(name) if isinstance(record, dict) else None
    return record


def _rendered(value: Fields) -> Fields:
    """Return a record without persons and texts, at every depth."""
    kept: Fields = {}
    for name, inner in value.items():
        if name in LEFT_OUT:
            continue
        if name in {"realPartyInInterestName", "additionalPartyName"}:
            if ORGANISATION.search(str(inner)):
                kept[name] = inner
        elif isinstance(inner, dict):
            kept[name] = _rendered(inner)
        elif isinstance(inner, list):
            kept[name] = [_rendered(each) if isinstance(each, dict) else each for each in inner]
        else:
            kept[name] = inner
    return kept

"""Kind codes of patent documents: what they mean, by office and by day.

The same letter means other things at other times: CN `B` was an examined application until 1992
and is a granted patent since April 2010. The table stands in `tables/code_kind.csv`, with where
each line was read; the warehouse has it as `core.code_kind`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class KindCode:
    """One meaning of a kind code; days may be a year or a month only."""

    office_code: str
    kind_code: str
    right_name: str
    meaning: str
    publication_level: str
    published_from: str
    published_to: str


def meanings_of(office_code: str, kind_code: str, day: str | None = None) -> list[KindCode]:
    """Return what a kind code means at an office, on a day (ISO 8601) or at any time.

    >>> [each.meaning for each in meanings_of("CN", "B", "1991-05-01")]
    ['examined application, published for opposition']
    >>> [each.meaning for each in meanings_of("CN", "B", "2015-01-01")]
    ['granted patent']
    >>> len(meanings_of("CN", "B")), meanings_of("CN", "B", "2000-01-01"), meanings_of("CN", "Q9")
    (2, [], [])
    """
    known = _table().get((office_code, kind_code), [])
    if day is None:
        return list(known)
    return [each for each in known if _begun(each, day) and not _ended(each, day)]


def _begun(code: KindCode, day: str) -> bool:
    # 2004 stands for all of 2004, as 2004-03 does for all of March.
    return day[: len(code.published_from)] >= code.published_from


def _ended(code: KindCode, day: str) -> bool:
    return bool(code.published_to) and day[: len(code.published_to)] > code.published_to


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], list[KindCode]]:
    text = (files("iplake.identifiers") / "tables/code_kind.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, str], list[KindCode]] = {}
    for row in csv.DictReader(text.splitlines()):
        code = KindCode(**{name: row[name] for name in KindCode.__slots__})
        found.setdefault((code.office_code, code.kind_code), []).append(code)
    return found

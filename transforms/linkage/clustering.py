"""Groups of records that are one party, from scored links, without chains that run away.

Links are taken the surest first. Two groups join only if nothing speaks against it: no two
numbers of one registry, no two places in their names, no two full names in Chinese characters
(a subsidiary, an institute, or another city's hospital has a longer or another one), and enough
of the links between them. So
one bad link cannot join two large groups, as it does in connected components.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

LEAST_LENGTH_FOR_SLIP = 9
COUNTED = frozenset("一二三四五六七八九十百零〇甲乙丙丁东西南北中上下")
"""Characters that tell one of a row from the next: institutes by number, hospitals by quarter."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """For each record the smallest record of its group, and the score by which it joined."""

    group: list[int]
    score: list[float]
    refused: int


class _Groups:
    """Records in groups that grow, with the places and numbers that each group holds."""

    def __init__(
        self,
        places: Sequence[str],
        numbers: Sequence[Mapping[str, str]],
        chinese: Sequence[str | None],
        near: list[list[tuple[int, float]]],
    ) -> None:
        self.of = list(range(len(places)))
        self.members = [[at] for at in self.of]
        self.places = [{each} if each else set() for each in places]
        self.chinese = [{each} if each else set() for each in chinese]
        self.numbers = [{kind: {value} for kind, value in each.items()} for each in numbers]
        self.near = near

    def join(self, left: int, right: int) -> None:
        """Put the smaller of two groups into the larger one."""
        if (len(self.members[left]), -left) < (len(self.members[right]), -right):
            left, right = right, left
        for each in self.members[right]:
            self.of[each] = left
        self.members[left] += self.members[right]
        self.members[right] = []
        self.places[left] |= self.places[right]
        self.chinese[left] |= self.chinese[right]
        for kind, values in self.numbers[right].items():
            self.numbers[left].setdefault(kind, set()).update(values)

    def agree(self, left: int, right: int, support: float) -> bool:
        """Return whether nothing speaks against two groups being one party."""
        for kind, values in self.numbers[left].items():
            if not values & self.numbers[right].get(kind, values):
                return False
        for place in self.places[left]:
            for other in self.places[right]:
                if not _is_within(place, other) and not _is_within(other, place):
                    return False
        names, others = self.chinese[left], self.chinese[right]
        if names and others and not any(_is_slip(n, o) for n in names for o in others):
            return False
        small, large = left, right
        if len(self.members[small]) > len(self.members[large]):
            small, large = right, left
        strongest = 0.0
        for member in self.members[small]:
            strongest += max(
                (score for near, score in self.near[member] if self.of[near] == large), default=0.0
            )
        return strongest / len(self.members[small]) >= support


def _is_slip(name: str, other: str) -> bool:
    """Return whether two names in Chinese characters, without legal form, are one with a slip.

    Short names that differ in one character are two organisations: 暨南大学, 济南大学.
    """
    if name == other:
        return True
    if len(name) != len(other) or len(name) < LEAST_LENGTH_FOR_SLIP:
        return False
    differing = [pair for pair in zip(name, other, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and not COUNTED.issuperset(differing[0])


def _is_within(place: str, other: str) -> bool:
    return place == other or place.startswith(f"{other}/")


def cluster(
    places: Sequence[str],
    numbers: Sequence[Mapping[str, str]],
    chinese: Sequence[str | None],
    certain: Sequence[tuple[int, int]],
    scored: pl.DataFrame,
    *,
    threshold: float,
    support: float,
) -> Clusters:
    """Return the groups of records, which are counted from 0.

    `chinese` are their names in Chinese characters, without legal form.

    `certain` are pairs that share a registry's number. `scored` are the other links, those below
    the threshold too: two groups join by a link above it only if, on average, each record of the
    smaller group has a link of at least `support` into the larger one.
    """
    near: list[list[tuple[int, float]]] = [[] for _ in places]
    ordered = scored.sort(["score", "record_id_l", "record_id_r"], descending=[True, False, False])
    columns = [ordered[each].to_list() for each in ("record_id_l", "record_id_r", "score")]
    for left, right, score in zip(*columns, strict=True):
        near[left].append((right, score))
        near[right].append((left, score))
    groups = _Groups(places, numbers, chinese, near)
    joined = [1.0] * len(places)
    refused = 0
    for left, right in certain:
        if groups.of[left] != groups.of[right]:
            groups.join(groups.of[left], groups.of[right])
    for left, right, score in zip(*columns, strict=True):
        if score < threshold:
            break
        one, other = groups.of[left], groups.of[right]
        if one == other:
            continue
        if not groups.agree(one, other, support):
            refused += 1
            continue
        for record, group in ((left, one), (right, other)):
            if len(groups.members[group]) == 1:
                joined[record] = score
        groups.join(one, other)
    least = {at: min(members) for at, members in enumerate(groups.members) if members}
    return Clusters([least[each] for each in groups.of], joined, refused)

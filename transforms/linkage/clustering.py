"""Groups of records that are one party, from scored links, without chains that run away.

Links are taken the surest first. Two groups join only if nothing speaks against it: no two
numbers of one registry, no two places in their names, and enough of the links between them. So
one bad link cannot join two large groups, as it does in connected components.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl


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
        near: list[list[tuple[int, float]]],
    ) -> None:
        self.of = list(range(len(places)))
        self.members = [[at] for at in self.of]
        self.places = [{each} if each else set() for each in places]
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
        small, large = left, right
        if len(self.members[small]) > len(self.members[large]):
            small, large = right, left
        strongest = 0.0
        for member in self.members[small]:
            strongest += max(
                (score for near, score in self.near[member] if self.of[near] == large), default=0.0
            )
        return strongest / len(self.members[small]) >= support


def _is_within(place: str, other: str) -> bool:
    return place == other or place.startswith(f"{other}/")


def cluster(
    places: Sequence[str],
    numbers: Sequence[Mapping[str, str]],
    certain: Sequence[tuple[int, int]],
    scored: pl.DataFrame,
    *,
    threshold: float,
    support: float,
) -> Clusters:
    """Return the groups of records, which are counted from 0.

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
    groups = _Groups(places, numbers, near)
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

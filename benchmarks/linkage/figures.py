"""Figures of linkage as rows of a table: each with its interval, its data and its command."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from math import log, sqrt

Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; `low` and `high` are the 95 % interval, where there is one."""

    link_type: str
    data: str
    measure: str
    value: float
    low: float | None
    high: float | None
    cases: int
    command: str


def share(link_type: str, data: str, measure: str, hits: int, cases: int, command: str) -> Figure:
    """Return a share with Wilson's interval, which is honest about few cases and about 100 %.

    >>> figure = share("x", "y", "precision", 50, 50, "z")
    >>> figure.value, round(figure.low, 3), round(figure.high, 3)
    (1.0, 0.929, 1.0)
    """
    low, high = wilson(hits, cases)
    value = hits / cases if cases else 0.0
    return Figure(link_type, data, measure, value, low, high, cases, command)


def wilson(hits: int, cases: int) -> tuple[float, float]:
    """Return the 95 % interval of a share by Wilson's score."""
    if not cases:
        return 0.0, 1.0
    p, z = hits / cases, Z95
    middle = (p + z * z / (2 * cases)) / (1 + z * z / cases)
    half = z * sqrt(p * (1 - p) / cases + z * z / (4 * cases * cases)) / (1 + z * z / cases)
    return max(0.0, middle - half), min(1.0, middle + half)


def growth_exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Return the slope of log time over log size, first to last.

    >>> round(growth_exponent([10, 1000], [1.0, 100.0]), 3)
    1.0
    """
    return log(seconds[-1] / seconds[0]) / log(sizes[-1] / sizes[0])


def show(
    measure: Callable[[argparse.Namespace], list[Figure]], parser: argparse.ArgumentParser
) -> None:
    """Run a benchmark from the command line and print its figures."""
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options)
    if options.json:
        print(json.dumps([asdict(figure) for figure in figures], indent=2))
        return
    for each in figures:
        interval = "" if each.low is None else f" [{each.low:.4f}, {each.high:.4f}]"
        figure = f"{each.measure} {each.value:.4f}{interval} of {each.cases}"
        print(f"{each.link_type}, {each.data}: {figure}")

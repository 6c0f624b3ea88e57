"""Figures of linkage: each with its interval, its data and the command that measured it.

A part of the benchmark is a module `benchmarks.linkage.<part>` with `measure(options)`, which
returns its figures, and `parser()`, its options; it ends with `show(measure, parser())`. To add
one, name it in `PARTS` and give its figures a place on `docs/linkage.md`.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from math import log, sqrt

from benchmarks.linkage import page
from benchmarks.linkage.targets import target_of
from warehouse.link_quality import Figure, read_figures, record

PARTS = (
    "parties",
    "party_types",
    "inventors",
    "families",
    "marks",
    "declarations",
    "papers",
    "work_records",
    "concordances",
    "places",
    "designators",
)
Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Subject:
    """What figures are of: a kind of link, the data, and what is counted there.

    `method` says which way of linking was measured where that is not the one in use, or what
    stands for the truth; `version` is that of the rules.
    """

    link_type: str
    data: str
    level: str
    version: str | None = None
    is_test_half: bool = False
    method: str = ""

    def figure(
        self,
        measure: str,
        value: float,
        item_count: int,
        interval: tuple[float, float] | None = None,
    ) -> Figure:
        """Return a figure; its command, day and target are added when all are measured."""
        low, high = interval or (None, None)
        return Figure(
            link_type=self.link_type,
            data=self.data,
            level=self.level,
            method=self.method,
            measure=measure,
            value=value,
            low=low,
            high=high,
            item_count=item_count,
            target=None,
            is_test_half=self.is_test_half,
            version=self.version,
            command="",
            measured_date=None,
        )

    def share(self, measure: str, hits: int, cases: int, groups: int | None = None) -> Figure:
        """Return a share with Wilson's interval, which is honest about few cases and about 100 %.

        Pairs of one group succeed or fail together: with `groups`, the interval is that of as
        many cases as there are true groups.

        >>> figure = Subject("x", "y", "z").share("precision", 50, 50)
        >>> figure.value, round(figure.low, 3), figure.high
        (1.0, 0.929, 1.0)
        """
        value = hits / cases if cases else 0.0
        told = cases if groups is None else min(groups, cases)
        return self.figure(measure, value, cases, wilson(value * told, told))


def wilson(hits: float, cases: int) -> tuple[float, float]:
    """Return the 95 % interval of a share by Wilson's score."""
    if not cases:
        return 0.0, 1.0
    p, z = hits / cases, Z95
    middle = (p + z * z / (2 * cases)) / (1 + z * z / cases)
    half = z * sqrt(p * (1 - p) / cases + z * z / (4 * cases * cases)) / (1 + z * z / cases)
    # Rounding must not leave the share itself outside.
    return min(p, max(0.0, middle - half)), max(p, min(1.0, middle + half))


def growth_exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Return the slope of log time over log size, first to last.

    >>> round(growth_exponent([10, 1000], [1.0, 100.0]), 3)
    1.0
    """
    return log(seconds[-1] / seconds[0]) / log(sizes[-1] / sizes[0])


def add_common(parser: argparse.ArgumentParser) -> None:
    """Add the options that all parts share: how figures are shown, and whether they are kept."""
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument(
        "--write", action="store_true", help="put them into link_quality.csv and docs/linkage.md"
    )
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="day to note beside what is written")


def show(
    measure: Callable[[argparse.Namespace], list[Figure]], parser: argparse.ArgumentParser
) -> None:
    """Run a part from the command line; print its figures or write them down."""
    common = argparse.ArgumentParser(add_help=False)
    add_common(common)
    add_common(parser)
    options = parser.parse_args()
    if options.write and getattr(options, "half", "test") != "test":
        parser.error("only figures of the test half are written down")
    if options.write:
        read_figures()  # A file that cannot be read is found before the work, not after it.
    own = common.parse_known_args()[1]
    command = shlex.join(["python", "-m", parser.prog, *own])
    figures = [
        replace(each, command=command, measured_date=options.date, target=target_of(each))
        for each in measure(options)
    ]
    if options.json:
        json.dump([asdict(each) for each in figures], sys.stdout, indent=2, ensure_ascii=False)
    elif options.write:
        record(figures)
        page.write()
    else:
        for each in figures:
            print(f"{each.link_type}, {each.data}, {each.level}: {each.measure} {page.cell(each)}")

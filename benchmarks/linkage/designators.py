"""Designators of standards read against real ones with known parts, body by body.

    python -m benchmarks.linkage.designators [--write --date 2026-11-25]
    python -m benchmarks.linkage.designators --half tune --wrong    # while working on the grammars

Half of the texts, by a hash of the text, is for work on the grammars (`--half tune`), the other
for the figures. A text counts as read when every part is exact.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

from benchmarks.linkage import designator_truth, designator_truth_iso, designator_truth_web
from benchmarks.linkage.designator_truth import Case
from benchmarks.linkage.figures import Subject, show
from iplake.identifiers.standards import Designator, read_designator
from warehouse.link_quality import Figure

ROOT = Path(__file__).parents[2]
LABELLED = Path(__file__).with_suffix(".csv")
LINK_TYPE = "identifiers.standards"
REAL: tuple[Callable[[Path], Iterator[Case]], ...] = (
    designator_truth_iso.iso,
    designator_truth_iso.ieee,
    designator_truth.itu,
    designator_truth.gpp,
    designator_truth.etsi,
    designator_truth.declared,
    designator_truth_web.w3c,
    designator_truth_web.ietf,
    designator_truth_web.nist,
)


def cases(real: Path) -> list[Case]:
    """Return all distinct texts with their parts; the first truth of a text stands."""
    found: dict[str, Case] = {}
    for source in REAL:
        for case in source(real):
            found.setdefault(case.text, case)
    for case in designator_truth.labelled(LABELLED):
        found.setdefault(case.text, case)
    return list(found.values())


def is_test(text: str) -> bool:
    """Return whether a text is of the half that the figures are of."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 1


def read_parts(text: str) -> tuple[tuple[str, str | tuple[str, ...]], ...]:
    """Return what the grammars make of a text, as truth is written."""
    designator = read_designator(text)
    if designator is None:
        return ()
    parts = ((each.name, getattr(designator, each.name)) for each in fields(Designator))
    return tuple(sorted((name, value) for name, value in parts if value))


def measure(options: argparse.Namespace) -> list[Figure]:
    """Return the share of exact readings by body and in all."""
    by_body: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for case in cases(options.real):
        if is_test(case.text) is (options.half == "test"):
            found = read_parts(case.text)
            by_body[case.body, case.origin].append(found == case.parts)
            if options.wrong and found != case.parts:
                print(f"{case.body}: {case.text!r}\n   want {case.parts}\n   read {found}")
    is_measured = options.half == "test"

    def exact(data: str, right: list[bool]) -> Figure:
        of = Subject(LINK_TYPE, data, "texts", is_test_half=is_measured)
        return of.share("exact_share", sum(right), len(right))

    every = [each for right in by_body.values() for each in right]
    all_texts = Subject(LINK_TYPE, "all", "texts", is_test_half=is_measured)
    bodies = {body for body, _ in by_body}
    return [
        exact("all", every),
        all_texts.figure("case_count", len(every), len(every)),
        all_texts.figure("body_count", len(bodies), len(every)),
        *(
            exact(f"{body}, {origin}", right)
            for (body, origin), right in sorted(
                by_body.items(), key=lambda it: (-len(it[1]), it[0])
            )
        ),
    ]


def parser() -> argparse.ArgumentParser:
    """Return the options of this benchmark."""
    options = argparse.ArgumentParser(prog="benchmarks.linkage.designators", description=__doc__)
    options.add_argument("--real", type=Path, default=ROOT.parent / "shared/real")
    options.add_argument("--half", choices=("tune", "test"), default="test")
    options.add_argument("--wrong", action="store_true", help="print the texts that are read wrong")
    return options


if __name__ == "__main__":
    show(measure, parser())

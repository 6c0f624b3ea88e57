"""Designators of standards read against real ones with known parts, body by body.

    python -m benchmarks.linkage.designators [--half test] [--wrong] [--json] [--real FOLDER]
    python -m benchmarks.linkage.designators --render

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
from benchmarks.linkage.figures import Figure, share, show
from iplake.identifiers.standards import Designator, read_designator

ROOT = Path(__file__).parents[2]
LABELLED = Path(__file__).with_suffix(".csv")
PAGE = ROOT / "docs/identifiers.md"
START, END = "<!-- figures -->", "<!-- end of figures -->"
COMMAND = "python -m benchmarks.linkage.designators"
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
    link = "standard designators"
    figures = [
        share(link, f"{body}, {origin}", "exact", sum(right), len(right), COMMAND)
        for (body, origin), right in sorted(by_body.items(), key=lambda it: (-len(it[1]), it[0]))
    ]
    every = [each for right in by_body.values() for each in right]
    return [share(link, "all", "exact", sum(every), len(every), COMMAND), *figures]


def table(figures: list[Figure]) -> str:
    """Return figures as a table of the page."""
    lines = ["| body | parts known from | texts | exact | 95 % interval |", "|---|---|---|---|---|"]
    for each in figures:
        body, _, origin = each.data.rpartition(", ")
        body = body or each.data
        origin = origin if body != each.data else ""
        interval = f"{100 * (each.low or 0):.1f} – {100 * (each.high or 0):.1f} %"
        lines.append(
            f"| {body} | {origin} | {each.cases:,} | {100 * each.value:.2f} % | {interval} |"
        )
    return "\n".join(lines)


def render(real: Path) -> None:
    """Write the figures of the test half into the page."""
    options = argparse.Namespace(real=real, half="test", wrong=False)
    text = PAGE.read_text(encoding="utf-8")
    head, tail = text.split(START)[0], text.split(END)[1]
    PAGE.write_text(f"{head}{START}\n{table(measure(options))}\n{END}{tail}", encoding="utf-8")


def main() -> None:
    """Measure, and print or render the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.linkage.designators", description=__doc__)
    parser.add_argument("--real", type=Path, default=ROOT.parent / "shared/real")
    parser.add_argument("--half", choices=("tune", "test"), default="test")
    parser.add_argument("--wrong", action="store_true", help="Print the texts that are read wrong.")
    parser.add_argument("--render", action="store_true", help="Write the figures into the page.")
    options, _ = parser.parse_known_args()
    if options.render:
        render(options.real)
    else:
        show(measure, parser)


if __name__ == "__main__":
    main()

"""The party matcher, measured: quality on data it was not tuned on, and speed.

    python -m benchmarks.linkage.parties [--write --date 2026-11-25]
    python -m benchmarks.linkage.parties --half tune --sizes 10000  # while working on the matcher

What the data are, and what the figures do not say, stands on `docs/linkage.md`.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from dataclasses import dataclass

from benchmarks.linkage import gold, measure
from benchmarks.linkage.figures import Subject, growth_exponent, show
from benchmarks.linkage.metrics import Estimate, Quality
from benchmarks.linkage.planted import make_mentions
from benchmarks.linkage.targets import ASSIGNEES, PARTIES, SCRIPTS
from warehouse.link_quality import Figure
from warehouse.refresh import linkage_version

SIZES = [10_000, 100_000, 1_000_000]
PLANTED = 30_000


@dataclass(frozen=True, slots=True)
class Run:
    """Speed and memory of linking planted mentions, and the quality at that size."""

    mentions: int
    seconds: float
    cpu_seconds: float
    peak_gb: float
    largest: int
    largest_true: int
    precision: list[float]
    recall: list[float]


def subject(data: str, level: str, *, is_test_half: bool, method: str = "") -> Subject:
    """Return what figures of parties are of; a way without scores has no version."""
    version = None if method else linkage_version()
    return Subject(PARTIES, data, level, version, is_test_half, method)


def of_quality(
    data: str, qualities: dict[str, Quality], *, is_test_half: bool, method: str = ""
) -> list[Figure]:
    """Return figures over pairs, and those where each true organisation counts once."""
    found = []
    for level, each in qualities.items():
        pairs = subject(data, f"pairs of {level}", is_test_half=is_test_half, method=method)
        for name, estimate in (
            ("precision", each.precision),
            ("recall", each.recall),
            ("f1", each.f1),
        ):
            found.append(_estimated(pairs, name, estimate, each.items))
        if method:
            continue
        groups = subject(data, f"organisations, by {level}", is_test_half=is_test_half)
        for name, estimate in (
            ("precision", each.group_precision),
            ("recall", each.group_recall),
            ("f1", each.group_f1),
        ):
            found.append(_estimated(groups, name, estimate, each.groups))
        found.append(groups.share("exact_precision", each.exact, each.parties))
        found.append(groups.share("exact_recall", each.exact, each.groups))
    return found


def _estimated(of: Subject, name: str, estimate: Estimate, count: int) -> Figure:
    return of.figure(name, estimate.value, count, (estimate.low, estimate.high))


def of_gold(half: str) -> list[Figure]:
    """Return the figures on public labelled names."""
    is_test = half == "test"
    assignees = gold.assignees()
    figures = of_quality(ASSIGNEES, measure.of_gold(assignees, half), is_test_half=is_test)
    others = {"spellings": measure.without_largest_loss(assignees, half)}
    data = f"{ASSIGNEES}, without the organisation of most misses"
    figures += of_quality(data, others, is_test_half=is_test)
    for way, qualities in measure.of_simpler_ways(half).items():
        figures += of_quality(ASSIGNEES, qualities, is_test_half=is_test, method=f"only {way}")
    affiliations = measure.of_gold(gold.affiliations(), half)
    # Each affiliation is mentioned once.
    spellings = {"spellings": affiliations["spellings"]}
    figures += of_quality("IETF affiliations", spellings, is_test_half=is_test)
    right, wrong, missed, _ = measure.of_pairs(half)
    pairs = subject("company pairs (KvK)", "pairs of spellings", is_test_half=is_test)
    figures.append(pairs.share("precision", right, right + wrong))
    figures.append(pairs.share("recall", right, right + missed))
    names, merged, largest = measure.of_registered()
    entities = subject("distinct legal entities (GLEIF)", "pairs of names", is_test_half=False)
    figures.append(entities.share("wrong_link_share", merged, math.comb(names, 2), names))
    of_names = subject("distinct legal entities (GLEIF)", "names", is_test_half=False)
    figures.append(of_names.figure("largest_group", largest, names))
    error, count = measure.calibration_of(assignees, None, half)
    scored = subject(ASSIGNEES, "scored pairs", is_test_half=is_test)
    return [*figures, _estimated(scored, "calibration_error", error, count)]


def of_planted() -> list[Figure]:
    """Return the figures on planted mentions, drawn from another seed than those to learn from."""
    mentions, registry = make_mentions(PLANTED, measure.TEST_SEED)
    found = measure.planted_quality(measure.with_parties(mentions, registry))
    figures = of_quality("planted", {"mentions": found["all"]}, is_test_half=False)
    figures += of_quality(SCRIPTS, {"mentions": found["two scripts"]}, is_test_half=False)
    error, count = measure.calibration_of(mentions, registry)
    scored = subject("planted", "scored pairs", is_test_half=False)
    return [*figures, _estimated(scored, "calibration_error", error, count)]


def of_speed(sizes: list[int]) -> list[Figure]:
    """Return time, memory and quality of each size, and how time grows from first to last."""
    runs = [run_apart(size) for size in sizes]
    figures = []
    for run in runs:
        data = f"planted, {run.mentions:,} mentions"
        of = subject(data, "run", is_test_half=False)
        for name, value in (
            ("items_per_second", run.mentions / run.seconds),
            ("seconds", run.seconds),
            ("cpu_seconds", run.cpu_seconds),
            ("peak_gb", run.peak_gb),
            ("largest_group", run.largest),
            ("largest_true_group", run.largest_true),
        ):
            figures.append(of.figure(name, value, run.mentions))
        pairs = subject(f"{data}, two scripts", "pairs of mentions", is_test_half=False)
        for name, estimate in (("precision", run.precision), ("recall", run.recall)):
            figures.append(_estimated(pairs, name, Estimate(*estimate), run.mentions))
    if len(runs) > 1:
        data = f"planted, {sizes[0]:,} to {sizes[-1]:,} mentions"
        counts = [run.mentions for run in runs]
        for level, times in (
            ("processor time", [run.cpu_seconds for run in runs]),
            ("time by the clock", [run.seconds for run in runs]),
        ):
            of = subject(data, level, is_test_half=False)
            exponent = growth_exponent(counts, times)
            figures.append(of.figure("growth_exponent", exponent, len(runs)))
    return figures


def run_apart(size: int) -> Run:
    """Link planted mentions in a process of its own, whose memory nothing else has used."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.linkage.parties", "--worker", str(size)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def work(size: int) -> dict[str, object]:
    """Link planted mentions in this process; making them is not counted."""
    mentions, registry = make_mentions(size, measure.TEST_SEED)
    started, used = time.perf_counter(), time.process_time()
    linked = measure.with_parties(mentions, registry)
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    found = measure.planted_quality(linked)["two scripts"]
    return {
        "mentions": linked.height,
        "seconds": seconds,
        "cpu_seconds": cpu,
        "peak_gb": peak,
        "largest": linked["party_id"].value_counts()["count"].max(),
        "largest_true": linked["truth"].value_counts()["count"].max(),
        "precision": [found.precision.value, found.precision.low, found.precision.high],
        "recall": [found.recall.value, found.recall.low, found.recall.high],
    }


def measure_parties(options: argparse.Namespace) -> list[Figure]:
    """Return all figures of the matcher."""
    return [*of_gold(options.half), *of_planted(), *of_speed(options.sizes)]


def parser() -> argparse.ArgumentParser:
    """Return the options of this benchmark."""
    options = argparse.ArgumentParser(prog="benchmarks.linkage.parties", description=__doc__)
    options.add_argument("--half", choices=["tune", "test"], default="test")
    options.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    options.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    return options


if __name__ == "__main__":
    if (asked := parser().parse_known_args()[0]).worker:
        print(json.dumps(work(asked.worker)))
    else:
        show(measure_parties, parser())

"""The party matcher, measured: quality on data it was not tuned on, and speed.

python -m benchmarks.linkage            # prints the report
python -m benchmarks.linkage --write    # writes it to docs/linkage.md
python -m benchmarks.linkage --train    # learns transforms/linkage/party_model.json again
python -m benchmarks.linkage --part tune --sizes 10000   # while working on the matcher
"""

from __future__ import annotations

import argparse
import json
import math
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path

import polars as pl

from benchmarks.linkage import gold, measure, report
from benchmarks.linkage.planted import make_mentions
from benchmarks.linkage.train import write_model

PAGE = Path(__file__).parents[2] / "docs" / "linkage.md"
SIZES = (10_000, 100_000, 1_000_000)
CALIBRATED_ON = 30_000


def measure_size(count: int) -> dict[str, object]:
    """Return speed, memory and quality of one size, measured in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.linkage", "--worker", str(count)],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def work(count: int) -> dict[str, object]:
    """Link planted mentions in this process; making them is not counted."""
    mentions, registry = make_mentions(count, measure.TEST_SEED)
    started, used = time.perf_counter(), time.process_time()
    linked = measure.with_parties(mentions, registry)
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    qualities = measure.planted_quality(linked)
    return {
        "mentions": linked.height,
        "seconds": seconds,
        "cpu_seconds": cpu,
        "peak_gb": peak,
        "largest": linked["party_id"].value_counts()["count"].max(),
        "largest_true": linked["truth"].value_counts()["count"].max(),
        "precision": str(qualities["two scripts"].precision),
        "recall": str(qualities["two scripts"].recall),
    }


def exponent(runs: list[dict[str, object]], column: str) -> float | None:
    """Return the slope of log time over log size: 1 is linear."""
    if len(runs) < 2:
        return None
    first, last = runs[0], runs[-1]
    rise = math.log(float(str(last[column])) / float(str(first[column])))
    return rise / math.log(float(str(last["mentions"])) / float(str(first["mentions"])))


def main() -> None:
    """Measure, and print or write the report."""
    parser = argparse.ArgumentParser(prog="benchmarks.linkage", description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--train", action="store_true")
    parser.add_argument("--part", choices=["tune", "test"], default="test")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        print(json.dumps(work(arguments.worker)))
        return
    if arguments.train:
        write_model()
        return
    part = arguments.part
    runs = [measure_size(each) for each in arguments.sizes]
    assignees = gold.assignees()
    planted, registry = make_mentions(CALIBRATED_ON, measure.TEST_SEED)
    page = report.render(
        part=part,
        machine=f"{platform.machine()}, Python {platform.python_version()}",
        assignees=measure.of_gold(assignees, part),
        loss=measure.largest_loss(assignees, part),
        simpler=measure.of_simpler_ways(part),
        affiliations=measure.of_gold(gold.affiliations(), part),
        pairs=measure.of_pairs(part),
        registered=measure.of_registered(),
        planted=measure.of_planted(CALIBRATED_ON, measure.TEST_SEED),
        calibrations={
            "assignees": measure.calibration_of(assignees, None),
            "planted": measure.calibration_of(planted, registry),
        },
        types=measure.of_types(part),
        runs=runs,
        exponents={each: exponent(runs, each) for each in ("seconds", "cpu_seconds")},
    )
    if arguments.write:
        PAGE.write_text(page, "utf-8")
    else:
        print(page)


if __name__ == "__main__":
    pl.Config.set_tbl_rows(50)
    main()

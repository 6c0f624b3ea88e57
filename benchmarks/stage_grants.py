"""Weekly grants to staging, in MB/s per core, against lxml that builds the same trees and stops.

    python -m benchmarks.stage_grants [--megabytes 1000] [--repeat 3] [--json]
    python -m benchmarks.stage_grants --peak 2048      # peak memory of one large file

The yardstick splits the same file into documents and builds a whole tree of each, nothing
else. Ours writes all tables to Parquet, with quarantine and counts: on one core without
shards, and then with shards on two, where it pays half a second for a second process. A real
week has some 1000 MB unpacked.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from unittest import mock

from lxml import etree

from benchmarks.inputs import real_files, stage
from ingest.patents import us_weekly
from ingest.readers.xml import STRICT, split_documents

MEGABYTE = 1_000_000
ONE_THREAD = {"POLARS_MAX_THREADS": "1", "ARROW_NUM_THREADS": "1"}
ADDRESS = "patents/uspto_grants"


def repeated_grants(folder: Path, megabytes: int) -> Path:
    """Write the real weekly grants over and over, whole weeks, into one concatenated file."""
    weeks = [path.read_bytes() for path in real_files("patent/uspto_fulltext_bulk", "ipg*.xml")]
    week = b"".join(each.rstrip() + b"\n" for each in weeks)
    path = folder / "ipg_repeated.xml"
    with path.open("wb") as file:
        for _ in range(-(-megabytes * MEGABYTE // len(week))):
            file.write(week)
    return path


def build_trees(path: Path) -> int:
    """Build a tree of every document and let go of it; return how many there were."""
    parser = etree.XMLParser(**STRICT)
    count = 0
    with path.open("rb") as stream:
        for record in split_documents(stream):
            etree.fromstring(record.raw, parser)
            count += 1
    return count


def stage_on_one_core(path: Path, out: Path) -> None:
    """Stage a file in this process, whole; the caller has bound the engines to one thread."""
    with mock.patch.object(us_weekly, "SHARD_BYTES", sys.maxsize):
        stage(ADDRESS, path, out, jobs=1)


def run_worker(what: str, path: Path, out: Path) -> float:
    """Return the seconds, or for `peak` the peak megabytes, of one task in its own process."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.stage_grants", "--worker", what, str(path), str(out)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ if what == "two" else os.environ | ONE_THREAD,
    )
    return float(done.stdout)


def work(what: str, path: Path, out: Path) -> float:
    """Do one task of a worker process."""
    started = time.perf_counter()
    if what == "lxml":
        build_trees(path)
    elif what == "two":
        stage(ADDRESS, path, out, jobs=2)
    else:
        stage_on_one_core(path, out)
    if what == "peak":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE
    return time.perf_counter() - started


def main() -> None:
    """Measure and print MB/s, the ratio to lxml, the speed-up of two cores, or the peak."""
    parser = argparse.ArgumentParser(prog="benchmarks.stage_grants", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--peak", type=int, metavar="MEGABYTES")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--worker", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        what, path, out = arguments.worker
        print(work(what, Path(path), Path(out)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        path = repeated_grants(folder, arguments.peak or arguments.megabytes)
        size = path.stat().st_size / MEGABYTE
        figures: dict[str, float] = {"megabytes": round(size)}
        if arguments.peak:
            figures["peak_megabytes"] = round(run_worker("peak", path, folder / "out"))
        else:
            runs = range(arguments.repeat)
            tasks = ("lxml", "stage", "two")
            # In turn, so that whatever else the machine does meets all of them alike.
            seconds = [[run_worker(each, path, folder / each) for each in tasks] for _ in runs]
            lxml, one, two = (median(each) for each in zip(*seconds, strict=True))
            figures |= {
                "lxml_mb_per_second": round(size / lxml, 1),
                "iplake_mb_per_second_one_core": round(size / one, 1),
                "iplake_mb_per_second_two_cores": round(size / two, 1),
                "ratio_to_lxml_per_core": round(lxml / one, 3),
                "speed_up_of_two_cores": round(one / two, 2),
            }
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:32} {value:>12,}")


if __name__ == "__main__":
    main()

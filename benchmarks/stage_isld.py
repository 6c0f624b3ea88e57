"""ETSI's export to staging: MB/s of its unpacked text, and peak memory, from a zip like its own.

    python -m benchmarks.stage_isld [--megabytes 400] [--json]

The zip holds one CSV, as ETSI's does (2.4 GB in 147 MB): the bundled sample's lines over and
over, each with numbers of its own. It is staged whole in a process of its own, which is
watched; making the zip does not count.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from benchmarks.inputs import stage

ADDRESS = "standards/etsi_isld"
SAMPLE = Path(__file__).parents[1] / "samples" / "docbox.etsi.org" / "IPR/Open/ISLD-export.zip"
MEGABYTE = 1_000_000
TARGET_PEAK_MEGABYTES = 500
NUMBERED = {0: "IPRD_ID", 8: "DIPG_ID"}
"""Columns that differ from line to line, by their place; none before them has a semicolon."""


def made_up_export(folder: Path, megabytes: int) -> tuple[Path, int]:
    """Write a zip of one export of at least so many megabytes; return it and its lines."""
    with zipfile.ZipFile(SAMPLE) as packed:
        header, *lines = packed.read(packed.namelist()[0]).decode().splitlines(keepends=True)
    cells = [line.split(";") for line in lines]
    path = folder / "ISLD-export.zip"
    written = count = 0
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("ISLD-export.csv", "w", force_zip64=True) as out,
    ):
        written += out.write(header.encode())
        while written < megabytes * MEGABYTE:
            for each in cells:
                count += 1
                for at in NUMBERED:
                    each[at] = f'"{count + at}"'
            written += out.write("".join(";".join(each) for each in cells).encode())
    return path, count


def work(path: Path, out: Path) -> dict[str, float]:
    """Stage the export in this process; return seconds and peak megabytes."""
    started = time.perf_counter()
    stage(ADDRESS, path, out, jobs=1)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE
    return {"seconds": seconds, "peak_megabytes": peak}


def main() -> None:
    """Measure and print MB/s and peak memory; end with 1 if the peak is over its target."""
    parser = argparse.ArgumentParser(prog="benchmarks.stage_isld", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=400)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--worker", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        path, out = arguments.worker
        print(json.dumps(work(Path(path), Path(out))))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        path, lines = made_up_export(folder, arguments.megabytes)
        with zipfile.ZipFile(path) as packed:
            size = packed.infolist()[0].file_size / MEGABYTE
        command = [sys.executable, "-m", "benchmarks.stage_isld", "--worker", str(path)]
        done = subprocess.run(
            [*command, str(folder / "out")], capture_output=True, text=True, check=True
        )
        found = json.loads(done.stdout.splitlines()[-1])
        figures = {
            "megabytes": round(size),
            "megabytes_packed": round(path.stat().st_size / MEGABYTE),
            "lines": lines,
            "mb_per_second": round(size / found["seconds"], 1),
            "lines_per_second": round(lines / found["seconds"]),
            "peak_megabytes": round(found["peak_megabytes"]),
        }
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:20} {value:>12,}")
    sys.exit(figures["peak_megabytes"] > TARGET_PEAK_MEGABYTES)


if __name__ == "__main__":
    main()

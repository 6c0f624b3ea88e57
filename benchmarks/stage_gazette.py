"""Gazette CSV to staging, in rows/s, against DuckDB's own read_csv to Parquet of the same rows.

    python -m benchmarks.stage_gazette [--rows 500000] [--repeat 5] [--json]

The yardstick reads UTF-8 and writes one table as it stands; ours reads GB18030 and writes
three cleaned tables with quarantine and counts.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import duckdb

from benchmarks.inputs import repeated_gazette, stage


def in_turn(repeat: int, *tasks: Callable[[], object]) -> list[float]:
    """Return the median seconds of each of some tasks, done in turn.

    So whatever else the machine does meets all of them alike.
    """
    seconds: list[list[float]] = [[] for _ in tasks]
    for _ in range(repeat):
        for task, runs in zip(tasks, seconds, strict=True):
            started = time.perf_counter()
            task()
            runs.append(time.perf_counter() - started)
    return [median(runs) for runs in seconds]


def main() -> None:
    """Measure and print rows/s and the ratio."""
    parser = argparse.ArgumentParser(prog="benchmarks.stage_gazette", description=__doc__)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        ours, utf8, rows = repeated_gazette(folder, arguments.rows)
        target = folder / "yardstick.parquet"

        def yardstick() -> None:
            with duckdb.connect() as connection:
                connection.execute(
                    f"copy (from read_csv('{utf8}', all_varchar = true, quote = '\"'))"
                    f" to '{target}' (format parquet, compression zstd)"
                )

        def staged() -> None:
            stage("patents/cnipa_gazette", ours, folder / "out", jobs=2)

        theirs, own = in_turn(arguments.repeat, yardstick, staged)
    figures = {
        "rows": rows,
        "duckdb_rows_per_second": round(rows / theirs),
        "iplake_rows_per_second": round(rows / own),
        "ratio": round(theirs / own, 3),
    }
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:28} {value:>12,}")


if __name__ == "__main__":
    main()

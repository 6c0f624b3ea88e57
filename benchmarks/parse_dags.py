"""Seconds that the DAG folder takes to parse in a fresh interpreter, Airflow's import set apart.

    python -m benchmarks.parse_dags [--repeat 5] [--json]

The target is 2 s for the whole folder.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile

from scripts.environment import ROOT

CODE = f"""
import time, airflow.sdk
from airflow.dag_processing.dagbag import DagBag
started = time.perf_counter()
bag = DagBag(dag_folder={str(ROOT / "dags")!r})
assert not bag.import_errors and len(bag.dags) > 10
print(time.perf_counter() - started)
"""


def main() -> None:
    """Measure and print the least of some runs."""
    parser = argparse.ArgumentParser(prog="benchmarks.parse_dags", description=__doc__)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    seconds = []
    with tempfile.TemporaryDirectory() as home:
        for _ in range(arguments.repeat):
            done = subprocess.run(
                [sys.executable, "-c", CODE],
                capture_output=True,
                text=True,
                check=True,
                env={"AIRFLOW_HOME": home, "PATH": "", "AIRFLOW__CORE__LOAD_EXAMPLES": "False"},
            )
            seconds.append(float(done.stdout.split()[-1]))
    least = round(min(seconds), 2)
    print(json.dumps({"seconds": least}) if arguments.json else f"{least} s")


if __name__ == "__main__":
    main()

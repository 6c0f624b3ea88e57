"""The environment that the Makefile's runs share: which lake, which mirror, which Airflow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
AIRFLOW_HOME = ROOT / ".airflow"


def use_lake(home: Path, mirror: Path, profile: str) -> None:
    """Set the lake's variables where the caller's environment leaves them open."""
    os.environ.setdefault("IPLAKE_HOME", str(home))
    if "IPLAKE_MIRROR" not in os.environ:
        os.environ["IPLAKE_MIRROR"] = str(mirror)
        os.environ.setdefault("IPLAKE_PROFILE", profile)


def use_airflow() -> None:
    """Point Airflow at the project's DAGs and a database of its own, and make that ready."""
    os.environ.setdefault("AIRFLOW_HOME", str(AIRFLOW_HOME))
    # `airflow standalone` looks for the command `airflow` on the path.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    settings = {
        "CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "CORE__LOAD_EXAMPLES": "False",
        "CORE__PARALLELISM": "4",
        "CORE__EXECUTOR": "LocalExecutor",
        "API__HOST": "127.0.0.1",
        "SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.1",
        "LOGGING__LOGGING_LEVEL": "WARNING",
        # Airflow starts the tasks' Python by itself: keep the project importable there.
        "CORE__EXECUTE_TASKS_NEW_PYTHON_INTERPRETER": "False",
    }
    for name, value in settings.items():
        os.environ.setdefault(f"AIRFLOW__{name}", value)
    subprocess.run(
        [sys.executable, "-m", "airflow", "db", "migrate"],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )

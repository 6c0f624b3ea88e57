"""DAGs: one per source and one warehouse, light to parse, retrying only what may pass."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from iplake import registry
from iplake.errors import GateFailed, Locked, RetryableError, SourceBusy, SourceChanged, SourceDown
from scripts.environment import ROOT

DAGS = ROOT / "dags"
HEAVY = ["polars", "duckdb", "pandas", "pyarrow", "great_expectations", "dbt", "lxml", "warehouse"]


@pytest.fixture(scope="module")
def airflow_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("airflow")


def in_airflow(code: str, home: Path) -> str:
    """Run code in a fresh process with an Airflow of its own; return what it prints last."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"AIRFLOW_HOME": str(home), "PATH": "", "AIRFLOW__CORE__LOAD_EXAMPLES": "False"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


LOAD = f"""
import runpy, sys, json
from airflow.sdk import DAG
found = {{}}
for name in ("sources", "warehouse_release"):
    space = runpy.run_path({str(DAGS)!r} + "/" + name + ".py")
    found |= {{d.dag_id: d for d in space.values() if isinstance(d, DAG)}}
"""


def test_every_source_has_its_dag_with_the_declared_shape(airflow_home: Path) -> None:
    code = LOAD + (
        "print(json.dumps({i: sorted(d.task_ids) for i, d in found.items() if i != 'warehouse'}))"
    )
    shapes = eval(in_airflow(code, airflow_home))  # noqa: S307
    assert len(shapes) >= 14
    assert sorted(shapes) == sorted(a.replace("/", "__") for a in registry.sources())
    assert set(map(tuple, shapes.values())) == {("gate", "land", "stage")}


def test_the_warehouse_waits_for_the_assets_of_all_sources(airflow_home: Path) -> None:
    code = LOAD + (
        "w = found['warehouse']; names = sorted(each.name for each in"
        " w.timetable.asset_condition.objects); print(json.dumps(names))"
    )
    assert eval(in_airflow(code, airflow_home)) == sorted(registry.sources())  # noqa: S307


def test_nothing_heavy_is_imported_while_parsing(airflow_home: Path) -> None:
    code = LOAD + f"print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    assert in_airflow(code, airflow_home) == "[]"


@pytest.mark.parametrize(
    ("error", "is_retried"),
    [
        (SourceBusy, True),
        (SourceDown, True),
        (Locked, True),
        (SourceChanged, False),
        (GateFailed, False),
    ],
)
def test_only_retryable_errors_are_retried(
    airflow_home: Path, error: type[Exception], *, is_retried: bool
) -> None:
    assert issubclass(error, RetryableError) is is_retried
    code = LOAD + (
        f"from iplake import errors; p = found['patents__cnipa_gazette'].get_task('land')"
        f".retry_policy; print(p.evaluate(errors.{error.__name__}('x'), 1, 3).action.value)"
    )
    assert in_airflow(code, airflow_home) == ("retry" if is_retried else "fail")

"""Core and marts come out the same on Spark as on DuckDB, from the same staged samples."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.conftest import ROOT
from warehouse import refresh

PYTHON = ROOT / ".venv-spark" / "bin" / "python"
SCRIPT = ROOT / "tests" / "spark" / "build_on_spark.py"


def content(table: pl.DataFrame) -> tuple[int, str]:
    """Return the rows of a table and a checksum of its content that no order of rows changes."""
    # Sums of fractions differ in their last digits by the order of adding.
    rows = table.select(sorted(table.columns)).with_columns(
        pl.col(pl.Float64).round_sig_figs(12), pl.col(pl.Int32).cast(pl.Int64)
    )
    lines = sorted(repr(row) for row in rows.iter_rows())
    return len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest()


@pytest.mark.spark
def test_both_engines_build_the_same(staged_samples: Path, tmp_path: Path) -> None:
    refresh.build()
    done = subprocess.run(
        [PYTHON, SCRIPT, ROOT / "dbt_project", staged_samples, tmp_path],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    with duckdb.connect(staged_samples / "builds" / "next" / "iplake.duckdb") as connection:
        names = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables()"
            " where schema_name in ('core', 'marts') order by all"
        ).fetchall()
        on_duckdb = {name: content(connection.table(name).pl()) for (name,) in names}
    on_spark = {
        path.name.removesuffix(".parquet"): content(pl.read_parquet(path))
        for path in (tmp_path / "tables").glob("*.parquet")
    }
    assert len(on_duckdb) >= 30
    assert on_duckdb.keys() == on_spark.keys()
    assert {name for name in on_duckdb if on_duckdb[name] != on_spark[name]} == set()

"""Builds the dbt project, layer by layer, into the database that is to be published next."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from iplake import lake, registry
from iplake.declaration import ColumnType, Table
from iplake.errors import GateFailed, LakeError
from iplake.log import get_logger
from iplake.settings import settings
from warehouse import build_state

log = get_logger(__name__)

PROJECT = Path(__file__).parents[1] / "dbt_project"

# Seeds and snapshots of facts belong to the core: marts may lean on them.
SELECT = {
    "staging": ["path:models/staging"],
    "link": [
        "+int_party__spelled,path:models/core",
        "+int_party__spelled,path:seeds",
        "int_work__standing",
    ],
    "core": ["path:models/core", "path:seeds"],
    "marts": ["path:models/marts"],
}

DUCKDB_TYPES: dict[ColumnType, str] = {
    "string": "varchar",
    "int": "bigint",
    "float": "double",
    "bool": "boolean",
    "date": "date",
    "timestamp": "timestamp with time zone",
}


@dataclass(frozen=True, slots=True)
class BuildResult:
    """One built layer: the rows of each of its tables, and how many tests held."""

    layer: str
    row_counts: Mapping[str, int]
    tests: int


def build_models(layer: str) -> BuildResult:
    """Build and test one layer; the first one starts the build afresh.

    Raises GateFailed if a test of the project fails, LakeError if a model cannot be built.
    """
    database = lake.build_database()
    if layer == "staging":
        shutil.rmtree(database.parent, ignore_errors=True)
        ensure_every_table_has_a_file()
    schema = "core" if layer == "link" else layer
    lake.ensure(database.parent)
    build_state.begin(layer)
    # "buildable": a test that also reads a later layer waits for that one.
    arguments = [
        "build",
        "--indirect-selection",
        "buildable",
        "--exclude-resource-type",
        "unit_test",
    ]
    results = run_dbt([*arguments, "--select", *SELECT[layer]])
    shutil.copyfile(target() / "manifest.json", lake.build_manifest())
    tests = sum(each.node.resource_type == "test" for each in results)
    with duckdb.connect(database, read_only=True) as connection:
        names = connection.execute(
            "select table_name from duckdb_tables() where schema_name = ? order by all", [schema]
        ).fetchall()
        rows = {
            name: connection.execute(f'select count(*) from {schema}."{name}"').fetchall()[0][0]
            for (name,) in names
        }
    build_state.end(layer)
    log.info("built", layer=layer, tables=len(rows), rows=sum(rows.values()), tests=tests)
    return BuildResult(layer, rows, tests)


def run_dbt(arguments: list[str]) -> list[Any]:
    """Run dbt in this process on the lake's build; return the results, node by node."""
    variables = {
        "staging": str(lake.home() / "staging"),
        "xref": str(lake.xref()),
        "database": str(lake.build_database()),
    }
    outcome = dbtRunner().invoke(
        [
            "--log-level",
            "none",
            "--log-path",
            str(lake.ensure(lake.home() / "logs" / "dbt")),
            *arguments,
            "--vars",
            json.dumps(variables),
            "--project-dir",
            str(PROJECT),
            "--profiles-dir",
            str(PROJECT),
            "--target-path",
            str(target()),
            "--threads",
            str(settings().jobs),
        ]
    )
    # The adapter keeps the file open for its next run in this process; others want to read it.
    DuckDBConnectionManager.close_all_connections()
    if outcome.exception is not None:
        raise LakeError("dbt could not start", said=str(outcome.exception).strip())
    results = list(outcome.result)
    refuse_failures(results)
    return results


def target() -> Path:
    """Return where dbt keeps what it compiles; kept, so that it parses only what changed."""
    return lake.ensure(lake.scratch() / "dbt")


def refuse_failures(results: Iterable[Any]) -> None:
    """Raise on the first model that did not build, or else on all tests that failed."""
    broken = [each for each in results if each.status == "error"]
    if broken:
        raise LakeError(
            "a node of the dbt project did not build; its SQL is in the lake's scratch/dbt",
            node=broken[0].node.name,
            said=" ".join(str(broken[0].message).split()),
            others=len(broken) - 1,
        )
    failed = [each for each in results if each.status == "fail"]
    if failed:
        raise GateFailed(
            "tests of the dbt project failed; no release is made of this build",
            tests=", ".join(f"{each.node.name} ({each.failures} rows)" for each in failed),
        )


def ensure_every_table_has_a_file() -> None:
    """Give each table that has never been staged an empty file with its declared columns."""
    for source in registry.sources().values():
        for name, table in source.tables.items():
            folder = lake.ensure(lake.staging(source, name))
            empty = lake.empty(source, name)
            empty.unlink(missing_ok=True)
            if not any(folder.glob("*.parquet")):
                write_empty(empty, table)


def write_empty(path: Path, table: Table) -> None:
    """Write a Parquet file without rows that has a table's declared columns."""
    columns = ", ".join(
        f'cast(null as {DUCKDB_TYPES[kind]}) as "{name}"' for name, kind in table.all_columns()
    )
    with duckdb.connect() as connection:
        connection.sql(f"select {columns} limit 0").write_parquet(str(path))

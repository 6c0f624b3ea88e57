"""Builds core and marts on Spark (Sail) from staged Parquet; runs in the second environment.

`python build_on_spark.py PROJECT LAKE SCRATCH`: writes every built table to
`SCRATCH/tables/<schema>.<table>.parquet`.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow.parquet as pq
import yaml
from pysail.spark import SparkConnectServer

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def main(project: Path, lake: Path, scratch: Path) -> None:
    """Start Sail, show it the staged files, build, and write down what was built."""
    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    _, port = server.listening_address
    os.environ["SPARK_REMOTE"] = f"sc://127.0.0.1:{port}"
    try:
        build_and_write(project, lake, scratch)
    finally:
        server.stop()


def build_and_write(project: Path, lake: Path, scratch: Path) -> None:
    """Build in the Spark that SPARK_REMOTE names, and write down what was built."""
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.getOrCreate()
    try:
        show_staging(spark, lake / "staging")
        show_links(spark, lake / "xref")
        load_seeds(spark, project / "seeds", scratch)
        build(project, scratch)
        write_tables(spark, scratch / "tables")
    finally:
        # Without this the process would wait for the server for ever.
        spark.stop()


def show_staging(spark: SparkSession, staging: Path) -> None:
    """Make a table of each staged folder, in a schema named like its source."""
    for schema in ("staging", "core", "marts"):
        spark.sql(f"create database if not exists {schema}")
    for folder in sorted(staging.glob("*/*/*")):
        source, table = folder.parent.name, folder.name
        if table.startswith("_"):
            continue
        spark.sql(f"create database if not exists {source}")
        spark.sql(f"create table {source}.{table} using parquet location '{folder}'")


def show_links(spark: SparkSession, xref: Path) -> None:
    """Make a table of each file of links."""
    spark.sql("create database if not exists xref")
    for path in sorted(xref.glob("*.parquet")):
        spark.sql(f"create table xref.{path.stem} using parquet location '{path}'")


def write_tables(spark: SparkSession, folder: Path) -> None:
    """Write every table of core and marts to a Parquet file."""
    folder.mkdir()
    for schema in ("core", "marts"):
        for row in spark.sql(f"show tables in {schema}").collect():
            name = f"{schema}.{row['tableName']}"
            pq.write_table(spark.table(name).toArrow(), folder / f"{name}.parquet")


def load_seeds(spark: SparkSession, seeds: Path, scratch: Path) -> None:
    """Load the seeds as tables of core.

    `dbt seed` writes an empty cell as the text None through a Spark session
    (dbt-spark 1.11), so DuckDB reads the files here.
    """
    declared = yaml.safe_load((seeds / "_seeds.yml").read_text(encoding="utf-8"))["seeds"]
    types = {"string": "varchar"}
    for seed in declared:
        columns = {
            name: types.get(kind, kind) for name, kind in seed["config"]["column_types"].items()
        }
        path = scratch / f"{seed['name']}.parquet"
        duckdb.read_csv(str(seeds / f"{seed['name']}.csv"), columns=columns).write_parquet(
            str(path)
        )
        spark.sql(f"create table core.{seed['name']} using parquet location '{path}'")


def build(project: Path, scratch: Path) -> None:
    """Run `dbt build` against the Spark target; exit with what failed."""
    from dbt.cli.main import dbtRunner

    variables = {
        "staging": "",
        "xref": "",
        "database": "",
        "spark_warehouse": str(scratch / "tables_of_dbt"),
    }
    outcome = dbtRunner().invoke(
        [
            "build",
            "--target=spark",
            f"--vars={json.dumps(variables)}",
            "--exclude-resource-types",
            "unit_test",
            "seed",
            f"--log-path={scratch / 'logs'}",
            f"--target-path={scratch / 'target'}",
            f"--project-dir={project}",
            f"--profiles-dir={project}",
            "--log-level=none",
        ]
    )
    if not outcome.success:
        failed = [
            f"{each.node.name}: {each.message}"
            for each in outcome.result or []
            if each.status in {"error", "fail"}
        ]
        sys.exit(f"dbt on Spark: {outcome.exception or failed}")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))

"""From a finished build to a release: fresh files beside, hashes, one swap of the pointer."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from expectations import gates
from iplake import lake
from iplake.errors import ConfigError
from iplake.log import get_logger
from iplake.settings import settings
from warehouse import meta
from warehouse.reader import (
    DATABASE,
    POINTER,
    RELEASE_FILE,
    Release,
    list_releases,
    order,
    release,
)

log = get_logger(__name__)

SCHEMAS = ("core", "marts")
PINS = "pins.json"


def publish(build: Path, manifest: Path, today: date) -> Release:
    """Make a finished build the current release, in one step no reader can see half of."""
    releases = lake.ensure(lake.releases())
    previous = next((each for each in list_releases() if each.is_current), None)
    name = next_name(today)
    with tempfile.TemporaryDirectory(dir=lake.scratch()) as scratch:
        folder = Path(scratch) / name
        (folder / "marts").mkdir(parents=True)
        row = meta.release_row(name, previous)
        models = meta.read_models(manifest)
        rows = copy_tables(build, folder / DATABASE)
        with duckdb.connect(folder / DATABASE) as connection:
            meta.write(connection, row, models, rows, previous)
        hashes = export_marts(folder)
        facts = row | {
            "storage_version": storage_version(folder / DATABASE),
            "inputs": meta.inputs(),
            "row_counts": rows,
            "content_sha256": hashes,
            "gates": gates.results(),
        }
        text = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (folder / RELEASE_FILE).write_text(text, encoding="utf-8")
        folder.rename(releases / name)
    point_at(name)
    log.info("published", release=name, marts=len(hashes), rows=sum(rows.values()))
    prune(settings().keep_releases)
    return release(name)


def next_name(today: date) -> str:
    """Return `YYYY-MM-DD.N` with the first N that is free on that day."""
    day = today.isoformat()
    taken = [order(each.name)[1] for each in list_releases() if order(each.name)[0] == day]
    return f"{day}.{max(taken, default=0) + 1}"


def point_at(name: str) -> None:
    """Make `current` point at a release, in one step."""
    pointer = lake.releases() / POINTER
    fresh = pointer.with_suffix(".next")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(name)
    fresh.replace(pointer)


def copy_tables(build: Path, target: Path) -> dict[str, int]:
    """Copy core and marts of a build into a fresh file with their comments; return their rows."""
    counts: dict[str, int] = {}
    with duckdb.connect(target) as connection:
        connection.execute(f"attach {quoted(str(build), chr(39))} as build (read_only)")
        for schema in SCHEMAS:
            connection.execute(f"create schema {quoted(schema)}")
        tables = connection.execute(
            "select schema_name, table_name, comment from duckdb_tables()"
            " where database_name = 'build' and schema_name in ('core', 'marts') order by all"
        ).fetchall()
        if not any(schema == "marts" for schema, _, _ in tables):
            raise ConfigError("the build has no marts; run `iplake build`", build=build.name)
        for schema, table, comment in tables:
            name = f"{quoted(schema)}.{quoted(table)}"
            connection.execute(f"create table {name} as from build.{name}")
            if comment:
                connection.execute(f"comment on table {name} is {quoted(comment, chr(39))}")
            [row] = connection.execute(f"select count(*) from {name}").fetchall()
            counts[f"{schema}.{table}"] = row[0]
        columns = connection.execute(
            "select schema_name, table_name, column_name, comment from duckdb_columns()"
            " where database_name = 'build' and schema_name in ('core', 'marts')"
            " and comment is not null order by all"
        ).fetchall()
        present = {(schema, table) for schema, table, _ in tables}
        for schema, table, column, comment in columns:
            if (schema, table) in present:
                name = f"{quoted(schema)}.{quoted(table)}.{quoted(column)}"
                connection.execute(f"comment on column {name} is {quoted(comment, chr(39))}")
        connection.execute("detach build")
    return counts


def export_marts(folder: Path) -> dict[str, str]:
    """Write the Parquet twin of every mart, its rows in full order; return their sha256."""
    hashes: dict[str, str] = {}
    with duckdb.connect(folder / DATABASE, read_only=True) as connection:
        marts = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts' order by all"
        ).fetchall()
        for (mart,) in marts:
            path = folder / "marts" / f"{mart}.parquet"
            connection.execute(
                f"copy (from marts.{quoted(mart)} order by all)"
                f" to {quoted(str(path), chr(39))} (format parquet, compression zstd)"
            )
            with path.open("rb") as file:
                hashes[mart] = hashlib.file_digest(file, "sha256").hexdigest()
    return hashes


def storage_version(database: Path) -> str:
    """Return which engine versions can open the file, as the engine itself says."""
    with duckdb.connect(database, read_only=True) as connection:
        found = connection.execute(
            "select tags['storage_version'] from duckdb_databases() where not internal"
        ).fetchone()
    return str(found[0]) if found and found[0] else "unknown"


def pins() -> list[str]:
    """Return the releases that are never pruned."""
    path = lake.releases() / PINS
    return list(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else []


def pin(name: str) -> None:
    """Keep a release for good."""
    kept = sorted({*pins(), release(name).name})
    (lake.releases() / PINS).write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def prune(keep: int) -> list[str]:
    """Remove all but the last `keep` releases, the pinned and the current; return their names."""
    unpinned = [each for each in list_releases() if each.name not in pins()]
    gone = [each for each in unpinned[:-keep] if not each.is_current]
    for each in gone:
        shutil.rmtree(each.folder)
    return [each.name for each in gone]


def diff(before: str, after: str) -> list[dict[str, object]]:
    """Return per mart how many rows came, changed and went between two releases.

    A row is changed if its key stands in both with other values; keys are those of
    `meta."table"` of the later release. A mart without a key there counts whole rows.
    """
    old, new = release(before), release(after)
    with duckdb.connect() as connection:
        connection.execute(f"attach {quoted(str(old.database), chr(39))} as old (read_only)")
        connection.execute(f"attach {quoted(str(new.database), chr(39))} as new (read_only)")
        keys = dict(
            connection.execute(
                """select table_name, key_columns from new.meta."table" where layer = 'marts'"""
            ).fetchall()
        )
        return [_diff_mart(connection, mart, _split(keys.get(mart))) for mart in _marts(connection)]


def _split(key: str | None) -> list[str]:
    return key.split(", ") if key else []


def _marts(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "select distinct table_name from duckdb_tables() where schema_name = 'marts'"
        " and database_name in ('old', 'new') order by all"
    ).fetchall()
    return [mart for (mart,) in rows]


def _diff_mart(
    connection: duckdb.DuckDBPyConnection, mart: str, key: Sequence[str]
) -> dict[str, object]:
    columns = {side: columns_of(connection, side, mart) for side in ("old", "new")}
    name = f"marts.{quoted(mart)}"
    if not columns["old"] or not columns["new"]:
        side = "new" if columns["new"] else "old"
        [row] = connection.execute(f"select count(*) from {side}.{name}").fetchall()
        count = row[0]
        return {
            "mart": mart,
            "added": count if side == "new" else 0,
            "changed": 0,
            "removed": count if side == "old" else 0,
            "columns": "mart is new" if side == "new" else "mart is gone",
        }
    shared = [column for column in columns["new"] if column in columns["old"]]
    listed = ", ".join(quoted(column) for column in shared)
    counts: dict[str, int] = {}
    for label, one, other in (("added", "new", "old"), ("removed", "old", "new")):
        only = f"select {listed} from {one}.{name} except all select {listed} from {other}.{name}"
        [row] = connection.execute(f"select count(*) from ({only})").fetchall()
        counts[label] = row[0]
        if key:
            keys = ", ".join(quoted(column) for column in key)
            fresh = f"select {keys} from ({only}) except select {keys} from {other}.{name}"
            [row] = connection.execute(f"select count(*) from ({fresh})").fetchall()
            counts[f"{label}_keys"] = row[0]
    changed = counts["added"] - counts["added_keys"] if key else 0
    moved = set(columns["new"]) ^ set(columns["old"])
    return {
        "mart": mart,
        "added": counts["added_keys"] if key else counts["added"],
        "changed": changed,
        "removed": counts["removed_keys"] if key else counts["removed"],
        "columns": ", ".join(sorted(moved)) or "same",
    }


def columns_of(connection: duckdb.DuckDBPyConnection, side: str, mart: str) -> list[str]:
    """Return the columns of a mart in one of the attached releases; none if it is not there."""
    rows = connection.execute(
        "select column_name from duckdb_columns() where database_name = ?"
        " and schema_name = 'marts' and table_name = ? order by column_index",
        [side, mart],
    ).fetchall()
    return [column for (column,) in rows]


def quoted(text: str, mark: str = '"') -> str:
    """Return an identifier (or, with a single quote, a literal) quoted for SQL.

    >>> quoted('a"b')
    '"a""b"'
    """
    return f"{mark}{text.replace(mark, mark * 2)}{mark}"

"""Schema `meta` of a release: what is in it, from where, how fresh, and what the gates said."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

import iplake
from expectations import gates
from iplake import lake, registry
from iplake.manifest import snapshots
from iplake.settings import settings
from warehouse import link_quality
from warehouse.reader import Release
from warehouse.staging import Receipt

Row = dict[str, object]

COLUMNS: dict[str, dict[str, pa.DataType]] = {
    "release": {
        "release": pa.string(),
        "previous_release": pa.string(),
        "iplake_version": pa.string(),
        "engine": pa.string(),
        "engine_version": pa.string(),
        "profile": pa.string(),
    },
    "source_status": {
        "source": pa.string(),
        "title": pa.string(),
        "title_zh": pa.string(),
        "publisher": pa.string(),
        "licence": pa.string(),
        "republish": pa.string(),
        "citation": pa.string(),
        "cadence": pa.string(),
        "revision_habit": pa.string(),
        "snapshot_count": pa.int64(),
        "last_landed_at": pa.string(),
        "record_count": pa.int64(),
        "staged_count": pa.int64(),
        "quarantined_count": pa.int64(),
    },
    "table": {
        "layer": pa.string(),
        "table_name": pa.string(),
        "source": pa.string(),
        "grain": pa.string(),
        "key_columns": pa.string(),
        "row_count": pa.int64(),
    },
    "column": {
        "layer": pa.string(),
        "table_name": pa.string(),
        "column_name": pa.string(),
        "data_type": pa.string(),
        "unit": pa.string(),
        "doc": pa.string(),
        "doc_zh": pa.string(),
    },
    "gate_result": {
        "gate": pa.string(),
        "subject": pa.string(),
        "table_name": pa.string(),
        "measure": pa.string(),
        "observed": pa.float64(),
        "floor": pa.float64(),
        "ceiling": pa.float64(),
        "severity": pa.string(),
        "is_passed": pa.bool_(),
    },
    "link_quality": {
        "link_type": pa.string(),
        "data": pa.string(),
        "level": pa.string(),
        "method": pa.string(),
        "measure": pa.string(),
        "value": pa.float64(),
        "low": pa.float64(),
        "high": pa.float64(),
        "item_count": pa.int64(),
        "target": pa.string(),
        "is_test_half": pa.bool_(),
        "version": pa.string(),
        "is_current_version": pa.bool_(),
        "command": pa.string(),
        "measured_date": pa.string(),
    },
    "revision": {
        "table_name": pa.string(),
        "previous_release": pa.string(),
        "rows_before": pa.int64(),
        "rows_after": pa.int64(),
    },
}
"""Every table of `meta` and its columns."""


@dataclass(frozen=True, slots=True)
class Model:
    """What dbt's manifest says of one core or mart model."""

    layer: str
    name: str
    doc: str
    key: tuple[str, ...]
    least_rows: Mapping[str, int]
    columns: Mapping[str, Mapping[str, object]]
    required: tuple[str, ...]


def read_models(manifest: Path) -> list[Model]:
    """Return the core and mart models and seeds of a dbt manifest, in order of name."""
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    models = [
        Model(
            layer=node["schema"],
            name=node["alias"],
            doc=node["description"],
            key=tuple(node["config"]["meta"].get("key", ())),
            least_rows=node["config"]["meta"].get("rows", {}),
            columns=node["columns"],
            required=tuple(
                name
                for name, column in node["columns"].items()
                if any(each["type"] == "not_null" for each in column["constraints"])
            ),
        )
        for node in nodes
        if node["resource_type"] in {"model", "seed"} and node["schema"] in {"core", "marts"}
    ]
    return sorted(models, key=lambda model: (model.layer, model.name))


def inputs() -> list[Row]:
    """Return every staged snapshot with where it came from and what it came to."""
    rows: list[Row] = []
    for source in registry.sources().values():
        manifests = {each.snapshot_id: each for each in snapshots(source)}
        for path in sorted(lake.receipts(source).glob("*.json")):
            receipt = Receipt.from_json(path.read_text(encoding="utf-8"))
            manifest = manifests[receipt.snapshot_id]
            main = receipt.counts[source.main_table]
            rows.append(
                {
                    "source": source.address,
                    "snapshot_id": receipt.snapshot_id,
                    "file": receipt.file_name,
                    "url": manifest.url,
                    "sha256": manifest.sha256,
                    "landed_at": manifest.fetched_at,
                    "records": main.records,
                    "staged": main.staged,
                    "quarantined": main.quarantined,
                }
            )
    return rows


def source_status() -> list[Row]:
    """Return one row per declared source: its terms, and the state of its staged data."""
    staged = inputs()
    rows: list[Row] = []
    for source in registry.sources().values():
        own = [row for row in staged if row["source"] == source.address]
        rows.append(
            {
                "source": source.address,
                "title": source.title.en,
                "title_zh": source.title.zh,
                "publisher": source.publisher,
                "licence": source.licence.name,
                "republish": source.licence.republish,
                "citation": source.citation,
                "cadence": source.cadence,
                "revision_habit": source.revision,
                "snapshot_count": len(own),
                "last_landed_at": max((str(row["landed_at"]) for row in own), default=None),
                "record_count": _sum(own, "records"),
                "staged_count": _sum(own, "staged"),
                "quarantined_count": _sum(own, "quarantined"),
            }
        )
    return rows


def _sum(rows: Sequence[Row], name: str) -> int:
    return sum(int(str(row[name])) for row in rows)


def staged_rows() -> dict[str, dict[str, int]]:
    """Return the rows staged by source address and table, from the receipts."""
    rows: dict[str, dict[str, int]] = {}
    for source in registry.sources().values():
        total = dict.fromkeys(source.tables, 0)
        for path in lake.receipts(source).glob("*.json"):
            receipt = Receipt.from_json(path.read_text(encoding="utf-8"))
            for table, count in receipt.counts.items():
                total[table] += count.staged
        rows[source.address] = total
    return rows


def write(
    connection: duckdb.DuckDBPyConnection,
    release: Row,
    models: Sequence[Model],
    row_counts: Mapping[str, int],
    previous: Release | None,
) -> None:
    """Write schema `meta` into a release's database."""
    tables: dict[str, list[Row]] = {
        "release": [release],
        "source_status": source_status(),
        "table": [*_staging_tables(), *_model_tables(models, row_counts)],
        "column": [*_staging_columns(), *_model_columns(connection, models)],
        "gate_result": gates.results(),
        "link_quality": link_quality.rows(connection),
        "revision": _revision(row_counts, previous),
    }
    connection.execute("create schema meta")
    for name, columns in COLUMNS.items():
        rows = pa.Table.from_pylist(tables[name], schema=pa.schema(columns))
        connection.register("rows", rows)
        connection.execute(f'create table meta."{name}" as from rows')
        connection.unregister("rows")


def release_row(name: str, previous: Release | None) -> Row:
    """Return the row of `meta.release`."""
    return {
        "release": name,
        "previous_release": previous.name if previous else None,
        "iplake_version": iplake.__version__,
        "engine": "duckdb",
        "engine_version": duckdb.__version__,
        "profile": settings().profile,
    }


def _staging_tables() -> list[Row]:
    rows = staged_rows()
    return [
        {
            "layer": "staging",
            "table_name": name,
            "source": source.address,
            "grain": table.grain,
            "key_columns": ", ".join(("_snapshot_id", *table.key)),
            "row_count": rows[source.address][name],
        }
        for source in registry.sources().values()
        for name, table in source.tables.items()
    ]


def _model_tables(models: Sequence[Model], row_counts: Mapping[str, int]) -> list[Row]:
    return [
        {
            "layer": model.layer,
            "table_name": model.name,
            "source": None,
            "grain": model.doc.partition("\n")[0],
            "key_columns": ", ".join(model.key) or None,
            "row_count": row_counts[f"{model.layer}.{model.name}"],
        }
        for model in models
        if f"{model.layer}.{model.name}" in row_counts
    ]


def _staging_columns() -> list[Row]:
    return [
        {
            "layer": "staging",
            "table_name": f"{source.address}/{table_name}",
            "column_name": name,
            "data_type": column.type,
            "unit": column.unit,
            "doc": column.doc,
            "doc_zh": column.doc_zh,
        }
        for source in registry.sources().values()
        for table_name, table in source.tables.items()
        for name, column in table.columns.items()
    ]


def _model_columns(connection: duckdb.DuckDBPyConnection, models: Sequence[Model]) -> list[Row]:
    described = {
        (model.layer, model.name, name): column
        for model in models
        for name, column in model.columns.items()
    }
    found = connection.execute(
        "select schema_name, table_name, column_name, data_type from duckdb_columns()"
        " where schema_name in ('core', 'marts') order by schema_name, table_name, column_index"
    ).fetchall()
    rows: list[Row] = []
    for layer, table, name, data_type in found:
        column = described.get((layer, table, name), {})
        rows.append(
            {
                "layer": layer,
                "table_name": table,
                "column_name": name,
                "data_type": data_type.lower(),
                "unit": column.get("meta", {}).get("unit"),  # type: ignore[attr-defined]
                "doc": column.get("description"),
                "doc_zh": None,
            }
        )
    return rows


def _revision(row_counts: Mapping[str, int], previous: Release | None) -> list[Row]:
    if previous is None:
        return []
    before: Mapping[str, int] = previous.facts["row_counts"]  # type: ignore[assignment]
    return [
        {
            "table_name": name,
            "previous_release": previous.name,
            "rows_before": before.get(name, 0),
            "rows_after": row_counts.get(name, 0),
        }
        for name in sorted({*before, *row_counts})
    ]

"""`iplake sources`: what is declared, how fresh it is, and how what came differs from it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from iplake import lake, registry
from iplake.cli import AsJson, show
from iplake.contract import Drift
from iplake.declaration import META_COLUMNS, Source
from iplake.errors import ConfigError
from iplake.manifest import snapshots
from iplake.settings import settings
from warehouse import refresh
from warehouse.staging import Receipt

DAYS = {"daily": 1, "weekly": 7, "monthly": 31, "quarterly": 92, "yearly": 366}
LATE_AFTER_PERIODS = 2
LONG = {"publisher", "tables", "licence", "terms"}

Row = dict[str, object]

app = typer.Typer(help="List the declared sources, or check what came from one.")


@app.callback(invoke_without_command=True)
def list_sources(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List the declared sources: what they are, how often they change, their terms, how fresh."""
    if context.invoked_subcommand:
        return
    rows: list[Row] = []
    for source in registry.sources().values():
        landed = snapshots(source)
        rows.append(
            {
                "source": source.address,
                "title": source.title.en,
                "publisher": source.publisher,
                "cadence": source.cadence,
                "revision": source.revision,
                "licence": source.licence.name,
                "republish": source.licence.republish,
                "automated": source.access.automated if source.access else True,
                "terms": " ".join(source.terms.split()),
                "state": freshness(source)[0],
                "last_landed_at": landed[-1].fetched_at if landed else None,
                "tables": ", ".join(source.tables),
            }
        )
    if not as_json:
        # A screen is narrow.
        rows = [{name: value for name, value in row.items() if name not in LONG} for row in rows]
    show(rows, as_json=as_json, title="Declared sources")


@app.command()
def check(
    source: Annotated[str, typer.Argument(help="An address like patents/cnipa_gazette.")],
    file: Annotated[
        list[Path] | None,
        typer.Option("--file", help="Check these raw files, without network or lake."),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Compare what came from a source with its declaration: new, missing and changed fields.

    `new` fields are known to nobody and were left out; `refused` records are in quarantine;
    `never filled` columns are declared, and no record has them.
    """
    declared = registry.get(source)
    if file:
        with tempfile.TemporaryDirectory(prefix="iplake-check-") as out:
            drift = refresh.stage_with_drift(source, file, Path(out), settings().jobs)
            rows = list(
                _differences(
                    declared,
                    drift,
                    [Path(out) / "quarantine.parquet"],
                    {name: [Path(out) / f"{name}.parquet"] for name in declared.tables},
                )
            )
    else:
        rows = _of_lake(declared)
    show(rows, as_json=as_json, title=f"{source}: how it differs from its declaration")


def _of_lake(source: Source) -> list[Row]:
    current = refresh.current_snapshots(source)
    receipts = [lake.receipt_path(source, each) for each in current]
    if not any(path.exists() for path in receipts):
        raise ConfigError(
            "nothing of this source is staged; `iplake land` and `iplake stage` it first, "
            "or name a file with --file",
            source=source.address,
        )
    drift = [
        found
        for path in receipts
        if path.exists()
        for found in Receipt.from_json(path.read_text(encoding="utf-8")).drift
    ]
    refused = [
        path
        for table in source.tables
        for snapshot_id in current
        for path in sorted(lake.quarantine(source, table).glob(f"{snapshot_id}.*.parquet"))
    ]
    staged = {
        table: [
            path
            for snapshot_id in current
            for path in sorted(lake.staging(source, table).glob(f"{snapshot_id}.*.parquet"))
        ]
        for table in source.tables
    }
    return list(_differences(source, drift, refused, staged))


def _differences(
    source: Source,
    drift: Sequence[Drift],
    refused: Sequence[Path],
    staged: dict[str, list[Path]],
) -> Iterator[Row]:
    for each in drift:
        yield _row(each.table, "new", each.field, each.records, each.locator)
    if refused:
        reasons = (
            pl.scan_parquet(list(refused))
            .group_by("table", "reason_code", maintain_order=True)
            .agg(pl.len(), pl.col("locator", "detail").first())
            .collect()
        )
        for table, reason, count, locator, detail in reasons.iter_rows():
            yield _row(table, "refused", reason, count, f"{locator}: {detail}")
    for table, paths in staged.items():
        if not paths:
            continue
        names = [name for name in source.tables[table].columns if name not in META_COLUMNS]
        filled = pl.scan_parquet(paths).select(pl.len(), pl.col(names).count()).collect()
        [rows] = filled["len"].to_list()
        for name in names if rows else []:
            if filled[name].item() == 0:
                yield _row(table, "never filled", name, rows, "")


def _row(table: str, difference: str, field: str, records: int, example: str) -> Row:
    return {
        "table": table,
        "difference": difference,
        "field": field,
        "records": records,
        "example": example,
    }


def freshness(source: Source) -> tuple[str, str]:
    """Return a source's state (`fresh`, `late`, `failed` or `empty`), and why."""
    note = lake.failure(source)
    if note.exists():
        told = json.loads(note.read_text(encoding="utf-8"))
        return "failed", f"{told['error']}: {told['reason']}"
    landed = snapshots(source)
    if not landed:
        return "empty", "never fetched"
    age = (datetime.now(UTC) - datetime.fromisoformat(landed[-1].fetched_at)).days
    period = DAYS.get(source.cadence)
    if period is not None and age > period * LATE_AFTER_PERIODS:
        return "late", f"landed {age} days ago, expected {source.cadence}"
    return "fresh", ""

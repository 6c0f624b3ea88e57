"""The commands of the lake: each is one step of `warehouse.refresh`, with its progress shown."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import duckdb
import polars as pl
import typer

from iplake import registry
from iplake.cli import AsJson, out, show
from iplake.errors import ConfigError
from iplake.settings import settings
from warehouse import link_commands, meta, reader, refresh, release_diff, sources
from warehouse import publish as publishing
from warehouse.party_commands import party
from warehouse.progress import progress
from warehouse.sources import freshness
from warehouse.staging import Count

Sources = Annotated[
    list[str] | None,
    typer.Argument(help="Addresses like patents/cnipa_gazette; all declared ones if none given."),
]


class Format(StrEnum):
    """What `iplake query` prints."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


def register(app: typer.Typer) -> None:
    """Hang the lake's commands on the command line."""
    app.command("refresh")(refresh_)
    app.command()(land)
    app.command()(stage)
    app.command()(build)
    app.command()(gate)
    app.command("publish")(publish_)
    app.command()(party)
    app.command()(status)
    app.command()(query)
    app.add_typer(releases, name="releases")
    app.add_typer(sources.app, name="sources")
    app.add_typer(link_commands.app, name="link")


def _addresses(sources: list[str] | None) -> list[str]:
    return [registry.get(address).address for address in sources or registry.sources()]


def refresh_(sources: Sources = None, *, as_json: AsJson = False) -> None:
    """Land, stage, gate, build, gate and publish; what is done already is not done again."""
    with progress() as tell:
        release = refresh.refresh(_addresses(sources), tell)
    show_status(as_json=as_json)
    if not as_json:
        out.print(f"current release: [bold]{release.name}[/] in {release.folder}")


def land(
    sources: Annotated[list[str], typer.Argument(help="Addresses like patents/cnipa_gazette.")],
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day to fetch files of.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day to fetch files of.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Fetch what is new at the sources into the raw store."""
    if since and until and since > until:
        raise ConfigError("--since is after --until", since=since.date(), until=until.date())
    rows: list[dict[str, object]] = []
    with progress() as tell:
        for address in _addresses(sources):
            tell(f"{address}: landing")
            days = (each.date() if each else None for each in (since, until))
            for snapshot_id in refresh.land(address, *days):
                rows.append({"source": address, "snapshot_id": snapshot_id})
    show(rows, as_json=as_json, title="Current snapshots")


def stage(
    sources: Annotated[list[str], typer.Argument(help="Addresses like patents/cnipa_gazette.")],
    file: Annotated[
        list[Path] | None,
        typer.Option("--file", help="Stage these raw files, without network or lake."),
    ] = None,
    out_dir: Annotated[
        Path | None, typer.Option("--out", help="Where --file writes its Parquet files.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes for parts of a file.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Turn landed snapshots, or given files, into typed Parquet; refused records to quarantine."""
    counts: dict[str, dict[str, Count]] = {}
    with progress() as tell:
        if file or out_dir:
            if not (file and out_dir and len(sources) == 1):
                raise ConfigError("--file and --out go together, with exactly one source")
            tell(f"{sources[0]}: staging {len(file)} files")
            jobs = jobs or settings().jobs
            counts[sources[0]] = refresh.stage_files(sources[0], file, out_dir, jobs)
        else:
            for address in _addresses(sources):
                source = registry.get(address)
                for snapshot_id in refresh.current_snapshots(source):
                    tell(f"{address}: staging {snapshot_id}")
                    refresh.stage(address, snapshot_id)
                refresh.drop_superseded(address)
                counts[address] = refresh.counts(source)
    rows: list[dict[str, object]] = [
        {
            "source": address,
            "table": table,
            "records": count.records,
            "staged": count.staged,
            "quarantined": count.quarantined,
        }
        for address, tables in counts.items()
        for table, count in tables.items()
    ]
    show(rows, as_json=as_json, title="Records in = staged + quarantined")


def build(*, as_json: AsJson = False) -> None:
    """Build core and marts from what is staged, with all their tests."""
    with progress() as tell:
        tell("building")
        results = refresh.build()
    rows: list[dict[str, object]] = [
        {"layer": result.layer, "model": model, "rows": count}
        for result in results
        for model, count in result.row_counts.items()
    ]
    show(rows, as_json=as_json, title="Built")


def gate(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Sources to gate; the marts of the build if none.")
    ] = None,
) -> None:
    """Measure staged sources, or the marts of the build, and refuse what breaks a floor."""
    if sources:
        for address in _addresses(sources):
            refresh.gate_staging(address)
    else:
        refresh.gate_marts()
    out.print("passed")


def publish_() -> None:
    """Make the build the current release, if the gate lets it pass."""
    with progress() as tell:
        tell("gate")
        refresh.gate_marts()
        tell("publishing")
        release = refresh.publish()
    out.print(f"current release: [bold]{release.name}[/] in {release.folder}")


def status(*, as_json: AsJson = False) -> None:
    """Show what is fresh, late, failed or never fetched, with the reason."""
    show_status(as_json=as_json)


def show_status(*, as_json: bool) -> None:
    """Print one row per source: its state, when it was landed, and its counts."""
    rows: list[dict[str, object]] = []
    for row in meta.source_status():
        state, reason = freshness(registry.get(str(row["source"])))
        rows.append(
            {
                "source": row["source"],
                "state": state,
                "last_landed_at": row["last_landed_at"],
                "files": row["snapshot_count"],
                "records": row["record_count"],
                "staged": row["staged_count"],
                "quarantined": row["quarantined_count"],
                "reason": reason,
            }
        )
    show(rows, as_json=as_json, title="Sources")


def query(
    sql: Annotated[str, typer.Argument(help="A query, as in: select * from meta.source_status")],
    release: Annotated[
        str | None, typer.Option("--release", help="A release by name; the current one if absent.")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="What to print.")] = Format.table,
    *,
    as_json: AsJson = False,
) -> None:
    """Run a read-only query on a release. A refresh that runs meanwhile does not disturb it."""
    with reader.connect(release) as connection:
        try:
            # Of nothing but blanks and comments there is no result at all.
            answer = cast("duckdb.DuckDBPyConnection | None", connection.execute(sql))
            if answer is None:
                raise ConfigError("expected a query, found none")
            print_result(answer.pl(), Format.json if as_json else format_)
        except duckdb.Error as error:
            raise ConfigError(f"the query failed: {error}") from error
        except pl.exceptions.PolarsError as error:
            raise ConfigError(
                "the result has a type that is not printed; cast it, as in interval::varchar",
                said=str(error),
            ) from error


def print_result(result: pl.DataFrame, format_: Format) -> None:
    """Print the rows of a result."""
    match format_:
        case Format.table | Format.json:
            show(result.to_dicts(), as_json=format_ is Format.json)
        case Format.csv:
            sys.stdout.write(result.write_csv())
        case Format.parquet:
            if sys.stdout.isatty():
                raise ConfigError("Parquet is binary; send it to a file, as in > result.parquet")
            result.write_parquet(sys.stdout.buffer)


releases = typer.Typer(help="List, compare, pin and prune releases.", no_args_is_help=True)


@releases.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """List the published releases, the newest last."""
    rows: list[dict[str, object]] = [
        {
            "release": each.name,
            "current": each.is_current,
            "pinned": each.name in publishing.pins(),
            "profile": each.facts["profile"],
            "folder": str(each.folder),
        }
        for each in reader.list_releases()
    ]
    show(rows, as_json=as_json, title="Releases")


@releases.command("show")
def show_release(release: str, *, as_json: AsJson = False) -> None:
    """Show what a release holds: its tables with their rows."""
    found = reader.release(release)
    counts = found.facts["row_counts"]
    assert isinstance(counts, dict)
    rows: list[dict[str, object]] = [{"table": name, "rows": n} for name, n in counts.items()]
    show(rows, as_json=as_json, title=f"Release {found.name}")


@releases.command()
def diff(
    before: str,
    after: str,
    mart: Annotated[
        str | None,
        typer.Option("--mart", help="List the rows of this mart, as in mart_party_portfolio."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many rows to list with --mart.")] = 100,
    *,
    as_json: AsJson = False,
) -> None:
    """Count the rows that came, changed and went per mart between two releases, or list them.

    Rows of parties say what became of their ids between the two, by `core.id_history`.
    """
    rows = (
        release_diff.rows_of(before, after, mart, limit) if mart else publishing.diff(before, after)
    )
    show(rows, as_json=as_json, title=f"From {before} to {after}")


@releases.command()
def pin(release: str) -> None:
    """Keep a release for good; pruning leaves it alone."""
    publishing.pin(release)
    out.print(f"pinned {release}")


@releases.command()
def prune(
    keep: Annotated[
        int | None, typer.Option(min=1, help="How many to keep; the setting if absent.")
    ] = None,
) -> None:
    """Remove the oldest releases; the current one and pinned ones stay."""
    gone = publishing.prune(keep or settings().keep_releases)
    out.print(f"removed: {', '.join(gone) or 'none'}")

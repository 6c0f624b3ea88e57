"""`iplake link`: which things are the same; `parties` does it for a table that a user brings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from iplake.cli import AsJson, show
from iplake.errors import ConfigError
from warehouse import reader, refresh
from warehouse.progress import progress

app = typer.Typer(help="Link what is the same thing: the whole step, or a table that you bring.")


@app.callback(invoke_without_command=True)
def link(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Divide the names of what is staged into parties; part of `iplake build` and `refresh`."""
    if context.invoked_subcommand:
        return
    [_, built] = refresh.build(("staging", "link"))
    rows: list[dict[str, object]] = [
        {"table": name, "rows": count} for name, count in built.row_counts.items()
    ]
    show(rows, as_json=as_json, title="Linked")


@app.command()
def parties(
    mentions: Annotated[
        Path,
        typer.Option(
            help="CSV or Parquet with mention_id and name, and where present city, region, "
            "country, address, date, lei, ror, uscc, grid, isni."
        ),
    ],
    out: Annotated[
        Path, typer.Option(help="CSV or Parquet to write: mention_id, party_id, score.")
    ],
    against_lake: Annotated[
        bool,
        typer.Option(
            "--against-lake",
            help="Give mentions that are parties of the lake its ids, and party_name. All names "
            "of the lake are linked again with yours: it takes as long as `iplake link`.",
        ),
    ] = False,
    release: Annotated[
        str | None,
        typer.Option(
            "--release", help="The release that --against-lake means, if not the current."
        ),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Say which mentions of organisations mean the same one. Names alone are enough.

    Numbers that are none or fail their check digits, and columns that nobody knows, are left
    out and reported.
    """
    if release and not against_lake:
        raise ConfigError("--release goes with --against-lake", release=release)
    lake = reader.release(release) if against_lake else None
    with progress() as tell:
        row = refresh.link_mentions(mentions, out, lake, tell)
    show([row], as_json=as_json, title=f"Parties in {out}")

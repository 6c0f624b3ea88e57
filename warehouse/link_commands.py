"""`iplake link`: which things are the same; `parties` does it for a table that a user brings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from iplake.cli import AsJson, show
from warehouse import refresh

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
            "country, address, date, lei, ror, uscc."
        ),
    ],
    out: Annotated[
        Path, typer.Option(help="CSV or Parquet to write: mention_id, party_id, score.")
    ],
    *,
    as_json: AsJson = False,
) -> None:
    """Say which mentions of organisations mean the same one. Names alone are enough."""
    row: dict[str, object] = dict(refresh.link_mentions(mentions, out))
    show([row], as_json=as_json, title=f"Parties in {out}")

"""The command line: a shell that other packages hang their commands on.

A package offers commands by an entry point in the group `iplake.commands`: a function
that takes the Typer app. So the kernel imports none of them.
"""

from __future__ import annotations

import json
import shutil
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

import iplake
from iplake import log, registry
from iplake.errors import ConfigError, LakeError
from iplake.render import render
from iplake.scaffold import Format, scaffold
from iplake.settings import settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]

# A pipe has no width of its own; tables that are read in a log want more than 80.
WIDTH = None if sys.stdout.isatty() else shutil.get_terminal_size((160, 50)).columns
out = Console(width=WIDTH)
err = Console(stderr=True)

app = typer.Typer(
    name="iplake",
    help="An open data lake and warehouse for intellectual property.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    epilog="Exit codes: 0 good, 1 a gate refused the data, 2 wrong use or settings, "
    "3 a source failed or changed, 4 another run holds the lake.",
)


def show(rows: Sequence[dict[str, object]], *, as_json: bool, title: str | None = None) -> None:
    """Print rows as a table for people, or as JSON for programs."""
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
        return
    if not rows:
        out.print(f"{title or 'result'}: no rows")
        return
    table = Table(title=title, title_justify="left", header_style="bold")
    for name, value in rows[0].items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(name, value) for name, value in row.items()))
    out.print(table)


def _cell(name: str, value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value) if name.endswith(("year", "number", "id")) else f"{value:,}"
        case float():
            return f"{value:,.10g}"
        case datetime():
            return value.isoformat(" ", "minutes")
        case _:
            return str(value)


@app.command()
def version() -> None:
    """Print the version of iplake."""
    typer.echo(iplake.__version__)


@app.command("new-source")
def new_source(
    address: Annotated[str, typer.Argument(help="As in standards/din_catalogue.")],
    kind: Annotated[
        Format, typer.Option("--format", help="Files in csv, or pages of an interface in json.")
    ] = "csv",
) -> None:
    """Write the files of a new source: they run as they are, and wait to be changed."""
    root = Path(iplake.__file__).parents[1]
    written = scaffold(root, address, kind)
    registry.sources.cache_clear()
    for path in [*written, *render(root, check=False)]:
        typer.echo(path.relative_to(root).as_posix())
    example = f"tests/examples/{address}/first/input.{kind}"
    typer.echo(
        "\nNow change them to what the source is; docs/add-a-source.md says how. To see it run:"
    )
    typer.echo(f"  iplake stage {address} --file {example} --out out")
    typer.echo("  make render test")


@app.command("render")
def render_command(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit 2 if a file is out of date.")
    ] = False,
) -> None:
    """Write what is derived from the declarations: dbt sources and staging models, dictionary."""
    root = Path(iplake.__file__).parents[1]
    changed = render(root, check=check)
    for path in changed:
        typer.echo(path.relative_to(root).as_posix())
    if check and changed:
        raise ConfigError("rendered files are out of date; run `make render`", files=len(changed))


def main() -> None:
    """Run the command line; an error of the lake becomes its message and its exit code.

    Whatever else goes wrong never ends with 1, which says that a gate refused the data.
    """
    try:
        load_settings()
        log.configure()
        for entry_point in entry_points(group="iplake.commands"):
            entry_point.load()(app)
        app()
    except (LakeError, OSError) as error:
        err.print(f"[red]{type(error).__name__}:[/] ", end="", highlight=False)
        err.print(str(error), markup=False, highlight=False, soft_wrap=True)
        sys.exit(error.exit_code if isinstance(error, LakeError) else ConfigError.exit_code)
    except Exception:
        traceback.print_exc()
        sys.exit(LakeError.exit_code)


def load_settings() -> None:
    """Read the settings; raise ConfigError where they are damaged or name an unknown source."""
    try:
        sources = settings().sources
    # Of pydantic, of its settings, or of TOML: all of them are value errors.
    except ValueError as error:
        raise ConfigError(f"settings are not valid: {error}") from error
    for domain, names in sources.items():
        for name in names:
            registry.get(f"{domain}/{name}")

"""How far a long command is, on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from iplake.cli import err

Tell = Callable[[str], None]


@contextmanager
def progress() -> Iterator[Tell]:
    """Show a line with what is being done and for how long, on standard error."""
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=err,
        transient=True,
    ) as bar:
        task = bar.add_task("starting")
        yield lambda what: bar.update(task, description=what)

"""Where things lie in the lake: one function per place, nothing is spelt out elsewhere."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from iplake.declaration import Source
from iplake.errors import Locked
from iplake.settings import settings

SCRATCH_SECONDS = 7 * 24 * 60 * 60


EMPTY = "empty.parquet"


def home() -> Path:
    """Return the lake's folder."""
    return settings().home.absolute()


def ensure(folder: Path) -> Path:
    """Return the folder, made if it was not there."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def raw(source: Source) -> Path:
    """Return where a source's landed snapshots lie, a folder each."""
    return home() / "raw" / source.domain / source.name


def inbox(source: Source) -> Path:
    """Return the drop folder that a deployer fills for a source without an open endpoint."""
    return home() / "inbox" / source.domain / source.name


def staging(source: Source, table: str) -> Path:
    """Return where a table's staged Parquet files lie."""
    return home() / "staging" / source.domain / source.name / table


def empty(source: Source, table: str) -> Path:
    """Return the file that stands for a table of which nothing has been staged yet."""
    return staging(source, table) / EMPTY


def quarantine(source: Source, table: str) -> Path:
    """Return where a table's refused records lie."""
    return home() / "quarantine" / source.domain / source.name / table


def receipts(source: Source) -> Path:
    """Return where the receipts of a source's staged snapshots lie."""
    return home() / "staging" / source.domain / source.name / "_receipts"


def receipt_path(source: Source, snapshot_id: str) -> Path:
    """Return the receipt that says a snapshot is staged whole."""
    return receipts(source) / f"{snapshot_id}.json"


def scratch() -> Path:
    """Return the folder for unfinished work; on the lake's own file system, so renames hold."""
    return ensure(home() / "scratch")


def sweep_scratch() -> None:
    """Remove unfinished work of runs that were killed, a week or more ago."""
    for path in scratch().glob("tmp*"):
        if time.time() - path.stat().st_mtime > SCRATCH_SECONDS:
            shutil.rmtree(path, ignore_errors=True)


def xref() -> Path:
    """Return where scored links lie."""
    return home() / "xref"


def builds() -> Path:
    """Return where unpublished builds lie."""
    return home() / "builds"


def build_database() -> Path:
    """Return the DuckDB file of the build that is to be published next."""
    return builds() / "next" / "iplake.duckdb"


def build_manifest() -> Path:
    """Return dbt's manifest of that build."""
    return builds() / "next" / "manifest.json"


def build_state() -> Path:
    """Return the note on how far that build is."""
    return builds() / "next" / "state.json"


def gates() -> Path:
    """Return where the gates keep their verdicts."""
    return home() / "gates"


def releases() -> Path:
    """Return where the published releases lie."""
    return home() / "releases"


def failure(source: Source) -> Path:
    """Return the note on why a source's last run failed; it is absent while all is well."""
    return home() / "status" / f"{source.domain}__{source.name}.json"


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Hold a named lock of the lake; raise Locked at once if another run holds it."""
    path = ensure(home() / "locks") / f"{name.replace('/', '__')}.lock"
    try:
        with FileLock(path, timeout=0):
            yield
    except Timeout as error:
        raise Locked(
            "another run is at work here; wait for it, or stop it", lock=str(path)
        ) from error

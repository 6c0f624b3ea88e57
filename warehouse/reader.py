"""Read-only access to releases. Readers are never blocked: a release is never written again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from iplake import lake
from iplake.errors import ConfigError

DATABASE = "iplake.duckdb"
RELEASE_FILE = "release.json"
POINTER = "current"
NAME = re.compile(r"\d{4}-\d{2}-\d{2}\.\d+")


@dataclass(frozen=True, slots=True)
class Release:
    """One published release: its name and folder, and what its `release.json` says."""

    name: str
    folder: Path
    facts: dict[str, object]
    is_current: bool

    @property
    def database(self) -> Path:
        """The DuckDB file of the release."""
        return self.folder / DATABASE


def order(name: str) -> tuple[str, int]:
    """Return what releases are sorted by: the date, then the number within it."""
    day, _, number = name.partition(".")
    return day, int(number)


def list_releases() -> list[Release]:
    """Return all published releases, oldest first."""
    folder = lake.releases()
    if not folder.is_dir():
        return []
    names = [path.name for path in folder.iterdir() if NAME.fullmatch(path.name)]
    pointed = _pointed()
    return [_load(name, pointed) for name in sorted(names, key=order)]


def release(name: str | None = None) -> Release:
    """Return a release by its name, or the current one."""
    pointed = _pointed()
    wanted = name or pointed
    if wanted is None:
        raise ConfigError(
            "there is no release yet; run `iplake refresh` first", lake=str(lake.home())
        )
    if not NAME.fullmatch(wanted) or not (lake.releases() / wanted / RELEASE_FILE).exists():
        known = ", ".join(each.name for each in list_releases()) or "none"
        raise ConfigError("no such release", release=wanted, known=known)
    return _load(wanted, pointed)


def _pointed() -> str | None:
    pointer = lake.releases() / POINTER
    return pointer.readlink().name if pointer.is_symlink() else None


def _load(name: str, pointed: str | None) -> Release:
    folder = lake.releases() / name
    facts = json.loads((folder / RELEASE_FILE).read_text(encoding="utf-8"))
    return Release(name, folder, facts, name == pointed)


@contextmanager
def connect(name: str | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a release read-only, the current one unless named.

    The connection can read nothing but its release: no other file, no network.
    """
    connection = duckdb.connect(release(name).database, read_only=True)
    try:
        connection.execute("set autoinstall_known_extensions = false")
        connection.execute("set autoload_known_extensions = false")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield connection
    finally:
        connection.close()

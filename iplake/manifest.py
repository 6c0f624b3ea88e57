"""What is known of each landed file: the manifest beside it, from which all state is derived."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from iplake import lake
from iplake.contract import Request
from iplake.declaration import Source

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """One landed file. `url` is the source's own address, `fetched_from` the mirror's.

    `size` is in bytes; `fetched_at` is ISO 8601 in UTC. `body` is what was posted, if anything.
    """

    address: str
    snapshot_id: str
    url: str
    fetched_from: str
    name: str
    status: int
    headers: dict[str, str]
    sha256: str
    size: int
    fetched_at: str
    licence: str
    body: str | None = None

    @property
    def request(self) -> Request:
        """What the file answers: a later answer to the same replaces it."""
        return Request(self.url, self.body)


def read_manifest(path: Path) -> Manifest:
    """Return the manifest in a file."""
    return Manifest(**json.loads(path.read_text(encoding="utf-8")))


def snapshots(source: Source) -> list[Manifest]:
    """Return the manifests of all landed snapshots of a source, oldest first."""
    found = (read_manifest(path) for path in lake.raw(source).glob(f"*/{MANIFEST}"))
    return sorted(found, key=lambda manifest: (manifest.fetched_at, manifest.snapshot_id))

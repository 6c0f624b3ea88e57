"""Deliveries: folders of files with a `SHA256SUMS` beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from iplake import registry


def folder_of(address: str, out: Path, path: str = "") -> Path:
    """Return the folder of a mirror, made if absent, that stands for a source's base address."""
    parts = urlsplit(urljoin(registry.get(address).endpoint.base_url, path))
    folder = out / parts.netloc / parts.path.strip("/")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_delivery(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files and their checksums into a folder."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    write_checksums(folder, files)


def link_delivery(folder: Path, files: Iterable[Path]) -> None:
    """Link real files into a folder, and write their checksums."""
    names = []
    for path in files:
        link = folder / path.name
        link.unlink(missing_ok=True)
        link.symlink_to(path.resolve())
        names.append(path.name)
    write_checksums(folder, names)


def write_checksums(folder: Path, names: Iterable[str]) -> None:
    """Write `SHA256SUMS` as sha256sum does, in order of the names."""
    lines = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in sorted(names)
    ]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")

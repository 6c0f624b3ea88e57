"""The raw store: bytes as received, content-addressed, never edited, each with a manifest."""

from __future__ import annotations

import gzip
import hashlib
import json
import tempfile
import zipfile
import zlib
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from ingest.readers.archive import open_members
from ingest.session import HTML_STARTS, Session
from ingest.web import is_web
from iplake import lake
from iplake.contract import RawFile, Resource
from iplake.declaration import Source
from iplake.errors import ConfigError, SourceChanged
from iplake.log import get_logger
from iplake.manifest import MANIFEST, Manifest, read_manifest

log = get_logger(__name__)

BEGINNING = 1 << 16


def land(session: Session, source: Source, resource: Resource, before: Manifest | None) -> Manifest:
    """Fetch a resource into the raw store unless the same bytes lie there; return its manifest.

    `before` is the newest landed snapshot of the same URL, whose ETag saves the transfer.
    A file that is not what the publisher's checksum says, that is cut off, or an HTML page in
    place of data, raises SourceChanged and leaves nothing behind.
    """
    name = safe_name(resource.name)
    with tempfile.TemporaryDirectory(dir=lake.scratch()) as scratch:
        target = Path(scratch) / name
        result = session.download(resource, target, before.headers if before else {})
        if result.unchanged and before:
            return before
        refuse_html(target, resource)
        refuse_cut_off(target, resource, has_lines=is_web(result.fetched_from))
        check(target, resource)
        if resource.refuse:
            resource.refuse(_beginning(target), resource.url)
        sha256 = digest(target, "sha256")
        if before and before.sha256 == sha256:
            return before
        asked = [*filter(None, (resource.url, resource.body)), sha256]
        folder = lake.raw(source) / _id(asked)
        if folder.exists() and before:
            # The source has gone back to an older file, which is its newest now.
            folder = lake.raw(source) / _id([*asked, before.snapshot_id])
        if folder.exists():
            return read_manifest(folder / MANIFEST)
        manifest = Manifest(
            address=source.address,
            snapshot_id=folder.name,
            url=resource.url,
            fetched_from=result.fetched_from,
            name=name,
            status=result.status,
            headers=result.headers,
            sha256=sha256,
            size=target.stat().st_size,
            fetched_at=datetime.now(UTC).isoformat(timespec="microseconds"),
            licence=source.licence.name,
            body=resource.body,
        )
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (Path(scratch) / MANIFEST).write_text(text, encoding="utf-8")
        lake.ensure(folder.parent)
        landed = Path(scratch).rename(folder)
        # The context manager removes the scratch folder it made: give it an empty one.
        Path(scratch).mkdir()
    log.info("landed", source=source.address, file=name, bytes=manifest.size, snapshot=landed.name)
    return manifest


def _id(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def raw_file(source: Source, snapshot_id: str) -> RawFile:
    """Return a landed file, after a look whether it still is what its manifest says."""
    folder = lake.raw(source) / snapshot_id
    if not (folder / MANIFEST).exists():
        raise ConfigError("no such snapshot; land it first", source=source.address, id=snapshot_id)
    manifest = read_manifest(folder / MANIFEST)
    path = folder / manifest.name
    found = digest(path, "sha256") if path.exists() else "no file"
    if found != manifest.sha256:
        raise SourceChanged(
            "a landed file is not what its manifest says; remove the snapshot and land it again",
            source=source.address,
            file=path,
            expected_sha256=manifest.sha256,
            found=found,
        )
    landed_at = datetime.fromisoformat(manifest.fetched_at)
    return RawFile(path, manifest.name, manifest.url, snapshot_id, landed_at)


def safe_name(name: str) -> str:
    """Return a file name that can't leave its folder, or refuse it.

    >>> safe_name("ipg050104.zip")
    'ipg050104.zip'
    """
    if PurePosixPath(name).name != name or name in {"", ".", "..", MANIFEST} or "\\" in name:
        raise SourceChanged("expected a plain file name", found=name)
    return name


def refuse_html(path: Path, resource: Resource) -> None:
    """Raise SourceChanged if an HTML page came in place of a data file."""
    with path.open("rb") as file:
        start = file.read(512).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(HTML_STARTS):
        raise SourceChanged(
            "expected a data file, found an HTML page; open the address and see what it says",
            url=resource.url,
            found=start[:60].decode("utf-8", "replace"),
        )


def refuse_cut_off(path: Path, resource: Resource, *, has_lines: bool) -> None:
    """Raise SourceChanged if a file is empty or does not end as its kind does.

    Not every server says how long a file is, and some say it wrongly. With `has_lines` the last
    line of a text without a checksum has an end: all publishers end their lines, not all people.
    """
    with path.open("rb") as file:
        start = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
        file.seek(max(0, path.stat().st_size - 4096))
        end = file.read()
    last, end = end[-1:], end.rstrip(b"\x00 \t\r\n")
    if start.startswith(b"PK\x03\x04"):
        is_whole = zipfile.is_zipfile(path)
    elif start.startswith(b"\x1f\x8b"):
        is_whole = _unpacks(path)
    elif start.startswith((b"<?xml", b"{", b"[")):
        is_whole = end.endswith((b">",) if start.startswith(b"<") else (b"}", b"]"))
    elif start:
        is_text = has_lines and b"\x00" not in start and resource.checksum is None
        is_whole = not is_text or last == b"\n"
    else:
        is_whole = False
    if not is_whole:
        raise SourceChanged(
            "a file is damaged or cut off; land it again",
            url=resource.url,
            bytes=path.stat().st_size,
            ends=end[-40:].decode("utf-8", "replace"),
        )


def _unpacks(path: Path) -> bool:
    """Return whether a gzipped file unpacks to its end, where its checksum stands."""
    try:
        with gzip.open(path) as unpacked:
            while unpacked.read(1 << 20):
                pass
    except (OSError, EOFError, zlib.error):
        return False
    return True


def _beginning(path: Path) -> bytes:
    """Return the first bytes of a file, or of what is packed in it."""
    for member in open_members(path):
        return member.stream.read(BEGINNING)
    return b""


def check(path: Path, resource: Resource) -> None:
    """Raise SourceChanged if a file differs from the checksum that its publisher gives."""
    if resource.checksum is None:
        return
    algorithm, _, expected = resource.checksum.partition(":")
    found = digest(path, algorithm)
    if found != expected.lower():
        raise SourceChanged(
            "a file is not what its publisher's checksum says; fetch it again",
            url=resource.url,
            algorithm=algorithm,
            expected=expected,
            found=found,
        )


def digest(path: Path, algorithm: str) -> str:
    """Return a file's checksum in hex, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest()

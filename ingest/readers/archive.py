"""Opens plain, gzipped, zipped and tarred files alike, within bounds."""

from __future__ import annotations

import gzip
import io
import re
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from ingest.readers.beginning import beginning
from iplake.errors import SourceChanged

ZIP = b"PK\x03\x04"

MAX_RATIO = 200
"""Unpacked bytes for each packed one. XML and CSV of offices pack 5 to 40 times."""

MAX_BYTES = 64 << 30
FREE_BYTES = 10 << 20
"""Small members may pack better than MAX_RATIO: a table of zeros is no bomb."""

MAX_DEPTH = 3
HELD_BYTES = 64 << 20
"""A larger archive within an archive is kept on disk while it is read."""

DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside a raw file; the raw file itself if that is not packed."""

    name: str
    stream: BinaryIO


def whole(member: Member, bound: int = 64 << 20) -> bytes:
    """Return all bytes of a file that is understood as a whole; SourceChanged past a bound."""
    raw = member.stream.read(bound + 1)
    if len(raw) > bound:
        raise SourceChanged(
            "a file that is held whole is longer than its bound", file=member.name, bound=bound
        )
    return raw


class Bounded(io.RawIOBase):
    """A binary stream that refuses to grow past its bound, and reports damage as ours."""

    def __init__(self, stream: BinaryIO, packed: int, where: str) -> None:
        self._stream = stream
        self._left = min(MAX_BYTES, max(FREE_BYTES, packed * MAX_RATIO))
        self._where = where

    def readable(self) -> bool:
        """Return true: this is a stream to read from."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer; raise SourceChanged past the bound or where the file is damaged."""
        view = memoryview(cast("bytearray", buffer)).cast("B")
        try:
            data = self._stream.read(len(view))
        except (EOFError, OSError, zlib.error, zipfile.BadZipFile, tarfile.TarError) as error:
            raise SourceChanged(
                "a packed file is damaged or cut off; land it again",
                file=self._where,
                said=str(error),
            ) from error
        self._left -= len(data)
        if self._left < 0:
            raise SourceChanged(
                "a packed file unpacks to more than its bound: a zip bomb?",
                file=self._where,
                bound_ratio=MAX_RATIO,
            )
        view[: len(data)] = data
        return len(data)


def open_members(path: Path, pattern: str = "*") -> Iterator[Member]:
    """Yield the files inside a raw file whose names fit, in the archive's order.

    What a file is, is seen in its first bytes, not in its name. Member names that would
    leave the folder raise SourceChanged, and so does a damaged or exploding archive.
    """
    packed = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(262)
    if start.startswith(ZIP):
        with path.open("rb") as file:
            yield from _zip_members(cast("BinaryIO", file), path.name, pattern)
    elif start.startswith(b"\x1f\x8b"):
        with gzip.open(path) as unpacked:
            bounded = Bounded(cast("BinaryIO", unpacked), packed, path.name)
            stream = cast("BinaryIO", io.BufferedReader(bounded))
            head = beginning(stream, 262)
            if head[257:262] == b"ustar":
                yield from _tar_members(stream, path.name, pattern)
            else:
                yield Member(path.name.removesuffix(".gz"), stream)
    elif start[257:262] == b"ustar":
        with path.open("rb") as plain:
            yield from _tar_members(plain, path.name, pattern)
    else:
        with path.open("rb") as plain:
            yield Member(path.name, plain)


def open_nested_members(path: Path, pattern: str = "*") -> Iterator[Member]:
    """Yield the files that fit, also those in zip files inside of the raw file, in their order.

    The name of a file in an inner archive has the archive's in front: `A/B.zip!C.xml`.
    """
    for member in open_members(path):
        yield from _entered(member, pattern, depth=1, is_raw=member.name == path.name)


def _entered(member: Member, pattern: str, *, depth: int, is_raw: bool) -> Iterator[Member]:
    if not beginning(member.stream, len(ZIP)).startswith(ZIP):
        if is_raw or PurePosixPath(member.name).match(pattern):
            yield member
        return
    if depth > MAX_DEPTH:
        raise SourceChanged("archives within archives go too deep: a zip bomb?", file=member.name)
    with tempfile.SpooledTemporaryFile(HELD_BYTES) as held:
        shutil.copyfileobj(member.stream, held)
        for inner in _zip_members(cast("BinaryIO", held), member.name, "*"):
            named = Member(f"{member.name}!{inner.name}", inner.stream)
            yield from _entered(named, pattern, depth=depth + 1, is_raw=False)


def _zip_members(file: BinaryIO, where: str, pattern: str) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile as error:
        raise SourceChanged(
            "a zip file is damaged or cut off; land it again", file=where, said=str(error)
        ) from error
    with archive:
        for info in archive.infolist():
            safe_member(info.filename, where)
        for info in archive.infolist():
            if info.is_dir() or not PurePosixPath(info.filename).match(pattern):
                continue
            within = f"{where}!{info.filename}"
            try:
                stream = archive.open(info)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
                raise SourceChanged(
                    "a file in a zip is damaged, encrypted or packed in a way that nobody reads",
                    file=within,
                    said=str(error)[:200],
                ) from error
            with stream:
                bounded = Bounded(cast("BinaryIO", stream), info.compress_size, within)
                yield Member(info.filename, cast("BinaryIO", io.BufferedReader(bounded, 1 << 20)))


def _tar_members(stream: BinaryIO, where: str, pattern: str) -> Iterator[Member]:
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                safe_member(info.name, where)
                if info.isfile() and PurePosixPath(info.name).match(pattern):
                    content = archive.extractfile(info)
                    if content is not None:
                        within = f"{where}!{info.name}"
                        bounded = Bounded(cast("BinaryIO", content), info.size, within)
                        yield Member(info.name, cast("BinaryIO", io.BufferedReader(bounded)))
    except tarfile.TarError as error:
        raise SourceChanged(
            "a tar file is damaged or cut off; land it again", file=where, said=str(error)
        ) from error


def safe_member(name: str, where: str) -> None:
    """Raise SourceChanged if a member's name would lead out of a folder.

    Titles of standards in file names have colons: only a drive's letter before one leads away.
    """
    parts = PurePosixPath(name.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or DRIVE.match(name):
        raise SourceChanged(
            "an archive names a file outside of itself; do not unpack it by hand",
            file=where,
            member=name,
        )

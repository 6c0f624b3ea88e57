"""Opens plain, gzipped, zipped and tarred files alike, within bounds."""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from iplake.errors import SourceChanged

MAX_RATIO = 200
"""Unpacked bytes for each packed one. XML and CSV of offices pack 5 to 40 times."""

MAX_BYTES = 64 << 30
FREE_BYTES = 10 << 20
"""Small members may pack better than MAX_RATIO: a table of zeros is no bomb."""

DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside a raw file; the raw file itself if that is not packed."""

    name: str
    stream: BinaryIO


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
        except (EOFError, OSError, zlib.error, zipfile.BadZipFile) as error:
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
    if start.startswith(b"PK\x03\x04"):
        yield from _zip_members(path, pattern)
    elif start.startswith(b"\x1f\x8b"):
        with gzip.open(path) as unpacked:
            buffered = io.BufferedReader(Bounded(cast("BinaryIO", unpacked), packed, path.name))
            head = buffered.peek(262)
            stream = cast("BinaryIO", buffered)
            if head[257:262] == b"ustar":
                yield from _tar_members(stream, path, pattern)
            else:
                yield Member(path.name.removesuffix(".gz"), stream)
    else:
        with path.open("rb") as plain:
            yield Member(path.name, plain)


def _zip_members(path: Path, pattern: str) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise SourceChanged(
            "a zip file is damaged or cut off; land it again", file=path.name, said=str(error)
        ) from error
    with archive:
        for info in archive.infolist():
            safe_member(info.filename, path)
        for info in archive.infolist():
            if info.is_dir() or not PurePosixPath(info.filename).match(pattern):
                continue
            with archive.open(info) as stream:
                where = f"{path.name}!{info.filename}"
                bounded = Bounded(cast("BinaryIO", stream), info.compress_size, where)
                yield Member(info.filename, cast("BinaryIO", io.BufferedReader(bounded, 1 << 20)))


def _tar_members(stream: BinaryIO, path: Path, pattern: str) -> Iterator[Member]:
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            safe_member(info.name, path)
            if info.isfile() and PurePosixPath(info.name).match(pattern):
                content = archive.extractfile(info)
                if content is not None:
                    yield Member(info.name, cast("BinaryIO", content))


def safe_member(name: str, path: Path) -> None:
    """Raise SourceChanged if a member's name would lead out of a folder.

    Titles of standards in file names have colons: only a drive's letter before one leads away.
    """
    parts = PurePosixPath(name.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or DRIVE.match(name):
        raise SourceChanged(
            "an archive names a file outside of itself; do not unpack it by hand",
            file=path.name,
            member=name,
        )

"""Streams delimited text of any encoding as Polars frames, in blocks of whole lines."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import polars as pl

from iplake.contract import Rejection, excerpt
from iplake.errors import SourceChanged

BLOCK_BYTES = 4 << 20
END = "\x1f"
END_NAME = "_end"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited file is written. Without `quote`, quotation marks are plain text."""

    separator: str = ","
    quote: str | None = '"'
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of a file: text columns as named in the header, and `_record_number`.

    `records` counts the lines, the rejected ones included.
    """

    records: int
    rows: pl.DataFrame
    rejections: tuple[Rejection, ...]


def read_header(stream: BinaryIO, dialect: Dialect) -> list[str]:
    """Read the header line off a stream and return its names; SourceChanged if there is none."""
    line = stream.readline(1 << 20)
    try:
        text = line.removeprefix(codecs.BOM_UTF8).decode(dialect.encoding).rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise SourceChanged(
            "expected a header line of text", encoding=dialect.encoding, found=line[:60]
        ) from error
    if not text:
        raise SourceChanged("expected a header line, found an empty file")
    return next(csv.reader([text], delimiter=dialect.separator))


def read_blocks(
    stream: BinaryIO, header: Sequence[str], dialect: Dialect, table: str
) -> Iterator[Block]:
    """Yield the lines after the header as frames, with as little in memory as a block.

    A line with too many or too few cells, or with bytes that its encoding does not know,
    becomes a rejection with its number in the file; the other lines go on.
    """
    taken = 0
    rest = b""
    while chunk := stream.read(BLOCK_BYTES):
        chunk = rest + chunk
        # In GB18030, GBK and UTF-8 alike no byte of a longer character is a newline.
        cut = chunk.rfind(b"\n") + 1
        chunk, rest = chunk[:cut], chunk[cut:]
        if chunk:
            block = _block(chunk, header, dialect, table, taken)
            taken += block.records
            yield block
    if rest.strip():
        yield _block(rest, header, dialect, table, taken)


def _block(chunk: bytes, header: Sequence[str], dialect: Dialect, table: str, taken: int) -> Block:
    """Return one block; the fast way for sound lines, line by line where one is damaged."""
    chunk = chunk.replace(b"\r\n", b"\n")
    if not chunk.endswith(b"\n"):
        chunk += b"\n"
    lines = chunk.count(b"\n")
    try:
        frame = _parse(chunk.decode(dialect.encoding), header, dialect)
    except (UnicodeDecodeError, pl.exceptions.ComputeError):
        return _line_by_line(chunk, header, dialect, table, taken)
    if frame.height != lines or not (frame[END_NAME] == END).all():
        return _line_by_line(chunk, header, dialect, table, taken)
    numbers = range(taken + 1, taken + 1 + lines)
    return Block(lines, _numbered(frame.drop(END_NAME), numbers), ())


def _parse(text: str, header: Sequence[str], dialect: Dialect) -> pl.DataFrame:
    # A line with too few cells is told from one with empty last cells by a mark at its end.
    marked = text.replace("\n", f"{dialect.separator}{END}\n").encode()
    return pl.read_csv(
        marked,
        has_header=False,
        separator=dialect.separator,
        quote_char=dialect.quote,
        schema=dict.fromkeys((*header, END_NAME), pl.String),
        empty_string_is_null=False,
        extra_columns="raise",
    )


def _numbered(frame: pl.DataFrame, numbers: Sequence[int]) -> pl.DataFrame:
    return frame.with_columns(pl.Series("_record_number", numbers, dtype=pl.Int64))


def _line_by_line(
    chunk: bytes, header: Sequence[str], dialect: Dialect, table: str, taken: int
) -> Block:
    rejections: list[Rejection] = []
    rows: list[list[str]] = []
    numbers: list[int] = []
    lines = chunk.split(b"\n")
    if not lines[-1].strip():
        lines.pop()
    for number, line in enumerate(lines, start=taken + 1):
        # The header is line 1 of the file.
        locator = f"line {number + 1}"
        try:
            text = line.decode(dialect.encoding).rstrip("\r")
        except UnicodeDecodeError as error:
            detail = f"expected {dialect.encoding}, found byte {line[error.start]:#04x}"
            raw = line.decode(dialect.encoding, "replace")
            rejections.append(Rejection(table, "bad_bytes", locator, detail, excerpt(raw)))
            continue
        cells = _cells(text, dialect)
        if len(cells) != len(header):
            reason = "too_many_cells" if len(cells) > len(header) else "too_few_cells"
            detail = f"expected {len(header)} cells, found {len(cells)}"
            rejections.append(Rejection(table, reason, locator, detail, excerpt(text)))
            continue
        rows.append(cells)
        numbers.append(number)
    schema = dict.fromkeys(header, pl.String)
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return Block(len(lines), _numbered(frame, numbers), tuple(rejections))


def _cells(line: str, dialect: Dialect) -> list[str]:
    if dialect.quote is None:
        return line.split(dialect.separator)
    return next(csv.reader([line], delimiter=dialect.separator, quotechar=dialect.quote), [])

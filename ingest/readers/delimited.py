"""Streams delimited text of any encoding as Polars frames, in blocks of whole lines."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import polars as pl
import pyarrow as pa

from iplake.contract import Drift, Rejection, excerpt
from iplake.errors import SourceChanged

BLOCK_BYTES = 8 << 20
PIECE_BYTES = 64 << 10
MAX_RECORD_LINES = 1000
MAX_RECORD_BYTES = 64 << 20
STAND_INS = {"\r": "\ufdd0", "\n": "\ufdd1"}
"""Code points that Unicode promises never to give a character, in place of line ends."""

# A long cell is no error of its own: the record's length has a bound.
csv.field_size_limit(MAX_RECORD_BYTES)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited file is written. Without `quote`, quotation marks are plain text.

    `errors` says what becomes of bytes that the encoding does not know, as in `codecs`.
    """

    separator: str = ","
    quote: str | None = '"'
    encoding: str = "utf-8"
    errors: str = "strict"


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of a file: text columns as named in the header, and `_record_number`.

    `records` counts the lines, the rejected ones included.
    """

    records: int
    rows: pl.DataFrame
    rejections: tuple[Rejection, ...]


def as_arrow(rows: pl.DataFrame) -> pa.Table:
    """Return a frame's rows as Arrow has them, without a copy of their text."""
    return rows.to_arrow(compat_level=pl.CompatLevel.newest())


def read_header(stream: BinaryIO, dialect: Dialect) -> list[str]:
    """Read the header line off a stream and return its names; SourceChanged if there is none."""
    line = stream.readline(1 << 20)
    try:
        text = (
            line.removeprefix(codecs.BOM_UTF8)
            .decode(dialect.encoding, dialect.errors)
            .rstrip("\r\n")
        )
    except UnicodeDecodeError as error:
        raise SourceChanged(
            "expected a header line of text", encoding=dialect.encoding, found=line[:60]
        ) from error
    if not text:
        raise SourceChanged("expected a header line, found an empty file")
    try:
        return next(csv.reader([text], delimiter=dialect.separator))
    except csv.Error as error:
        raise SourceChanged(
            "expected a header line of names", found=text[:60], said=str(error)
        ) from error


def unknown_columns(
    header: Sequence[str], known: Collection[str], table: str, ignored: Collection[str] = ()
) -> tuple[Drift, ...]:
    """Return the columns of a file that are neither known nor ignored; for its first batch.

    A known column that the header lacks raises SourceChanged, and so does one named twice.
    """
    if len(set(header)) < len(header):
        raise SourceChanged("a column is named twice", table=table, found=", ".join(header)[:500])
    if missing := sorted(set(known) - set(header)):
        raise SourceChanged(
            "a column is missing; look whether it was renamed",
            table=table,
            missing=", ".join(missing),
            found=", ".join(header)[:500],
        )
    new = [name for name in header if name not in known and name not in ignored]
    return tuple(Drift(table, name, 0, f"column {header.index(name) + 1}") for name in new)


def read_blocks(
    stream: BinaryIO,
    header: Sequence[str],
    dialect: Dialect,
    table: str,
    *,
    header_line: int = 1,
) -> Iterator[Block]:
    """Yield the lines after the header as frames, with as little in memory as a block.

    A line with too many or too few cells, or with bytes that its encoding does not know,
    becomes a rejection with its number in the file; the other lines go on. A quoted cell
    may hold line breaks: such a record is one, and named by its first line. `header_line`
    is where the header stands, for files with lines above it.
    """
    reading = _Reading(header, dialect, table, line=header_line)
    rest = b""
    while chunk := stream.read(BLOCK_BYTES):
        chunk = rest + chunk
        cut = _cut(chunk, dialect)
        chunk, rest = chunk[:cut], chunk[cut:]
        if len(rest) > MAX_RECORD_BYTES:
            raise SourceChanged(
                "a line does not end; is this another file?", begins=excerpt(rest[:80])
            )
        if chunk:
            yield reading.block(chunk)
    if rest.strip():
        yield reading.block(rest)


def _cut(chunk: bytes, dialect: Dialect) -> int:
    """Return where the last whole record of a chunk ends."""
    # In GB18030, GBK and UTF-8 alike no byte of a longer character is a newline.
    cut = chunk.rfind(b"\n") + 1
    if dialect.quote is None or chunk.count(dialect.quote.encode(), 0, cut) % 2 == 0:
        return cut
    # Quotation marks do not pair: a record goes on in the next chunk, or a mark is astray.
    lines = chunk[:cut].split(b"\n")[:-1]
    at = 0
    while at < len(lines):
        end = _end_of_record(lines, at, dialect)
        if end is None and len(lines) - at < MAX_RECORD_LINES:
            return cut - sum(len(line) + 1 for line in lines[at:])
        at = end or at + 1
    return cut


@dataclass(slots=True)
class _Reading:
    """Where a file's reading stands: records taken and lines passed, the header included."""

    header: Sequence[str]
    dialect: Dialect
    table: str
    taken: int = 0
    line: int = 1

    def block(self, chunk: bytes) -> Block:
        """Return one block; the fast way for sound lines, line by line where one is damaged."""
        if b"\r" in chunk:
            chunk = chunk.replace(b"\r\n", b"\n")
        if not chunk.endswith(b"\n"):
            chunk += b"\n"
        lines = chunk.count(b"\n")
        block = self._all_at_once(chunk, lines) or self._line_by_line(chunk)
        self.taken += block.records
        self.line += lines
        return block

    def _all_at_once(self, chunk: bytes, lines: int) -> Block | None:
        # The parser takes a carriage return at a cell's end for a line's, and drops it.
        if b"\r" in chunk:
            return None
        try:
            text = _as_utf8(chunk, self.dialect)
            frame = _parse(text, self.header, self.dialect)
        except (UnicodeDecodeError, pl.exceptions.PolarsError):
            return None
        if frame.height != lines or not _is_filled(frame, text, self.dialect):
            return None
        numbers = range(self.taken + 1, self.taken + 1 + lines)
        return Block(lines, _numbered(frame, numbers), ())

    def _line_by_line(self, chunk: bytes) -> Block:
        rejections: list[Rejection] = []
        rows: list[list[str]] = []
        numbers: list[int] = []
        records = 0
        for at, line in _whole_lines(chunk, self.dialect):
            records += 1
            cells = self._cells(line, f"line {self.line + 1 + at}")
            if isinstance(cells, Rejection):
                rejections.append(cells)
            else:
                rows.append(cells)
                numbers.append(self.taken + records)
        schema = dict.fromkeys(self.header, pl.String)
        frame = pl.DataFrame(rows, schema=schema, orient="row")
        return Block(records, _numbered(frame, numbers), tuple(rejections))

    def _cells(self, line: bytes, locator: str) -> list[str] | Rejection:
        encoding = self.dialect.encoding
        try:
            text = line.decode(encoding, self.dialect.errors).rstrip("\r")
        except UnicodeDecodeError as error:
            detail = f"expected {encoding}, found byte {line[error.start]:#04x}"
            raw = excerpt(line.decode(encoding, "replace"))
            return Rejection(self.table, "bad_bytes", locator, detail, raw)
        if _ends_in_quotes(line, self.dialect, is_open=False):
            detail = "a quotation mark opens a cell, and none closes it"
            return Rejection(self.table, "unclosed_quote", locator, detail, excerpt(text))
        cells = _divided(text, self.dialect)
        if len(cells) == len(self.header):
            return cells
        reason = "too_many_cells" if len(cells) > len(self.header) else "too_few_cells"
        detail = f"expected {len(self.header)} cells, found {len(cells)}"
        return Rejection(self.table, reason, locator, detail, excerpt(text))


def _whole_lines(chunk: bytes, dialect: Dialect) -> Iterator[tuple[int, bytes]]:
    """Yield each record with the number of lines before it; quoted line breaks divide none.

    A quote that nothing closes within MAX_RECORD_LINES damages its own line only.
    """
    lines = chunk.split(b"\n")
    if not lines[-1]:
        lines.pop()
    at = 0
    while at < len(lines):
        end = _end_of_record(lines, at, dialect) or at + 1
        yield at, b"\n".join(lines[at:end])
        at = end


def _end_of_record(lines: list[bytes], start: int, dialect: Dialect) -> int | None:
    """Return the line after a record, or None if a quote in it is never closed."""
    is_open = False
    for at in range(start, min(start + MAX_RECORD_LINES, len(lines))):
        is_open = _ends_in_quotes(lines[at], dialect, is_open=is_open)
        if not is_open:
            return at + 1
    return None


def _ends_in_quotes(line: bytes, dialect: Dialect, *, is_open: bool) -> bool:
    """Return whether a quoted cell goes on after the line; `is_open` if one goes on into it.

    Only a cell's first character opens it: in `12" pipe` the mark is text.
    """
    if dialect.quote is None or dialect.quote.encode() not in line:
        return is_open
    quote = dialect.quote.encode()
    for cell in line.rstrip(b"\r").split(dialect.separator.encode()):
        text = cell
        if not is_open:
            is_open = cell.startswith(quote)
            text = cell[1:]
        # A doubled mark is one in the text; an odd number of them at the end closes the cell.
        if is_open and (len(text) - len(text.rstrip(quote))) % 2 == 1:
            is_open = False
    return is_open


def _as_utf8(chunk: bytes, dialect: Dialect) -> bytes:
    """Return a chunk's text in UTF-8, recoded in pieces that stay in the processor's cache.

    Between two pieces other threads may run.
    """
    decoder = codecs.getincrementaldecoder(dialect.encoding)(dialect.errors)
    pieces = (chunk[at : at + PIECE_BYTES] for at in range(0, len(chunk), PIECE_BYTES))
    text = [decoder.decode(piece).encode() for piece in pieces]
    return b"".join([*text, decoder.decode(b"", final=True).encode()])


def _parse(text: bytes, header: Sequence[str], dialect: Dialect) -> pl.DataFrame:
    return pl.read_csv(
        text,
        has_header=False,
        separator=dialect.separator,
        quote_char=dialect.quote,
        schema=dict.fromkeys(header, pl.String),
        empty_string_is_null=False,
        extra_columns="raise",
    )


def _is_filled(frame: pl.DataFrame, text: bytes, dialect: Dialect) -> bool:
    """Return whether every line has all its cells; the parser fills up those that have not.

    Lines with too many it refuses, so that the lengths of all cells and of the text tell.
    """
    within = int(frame.select(pl.sum_horizontal(pl.all().str.len_bytes().sum())).item())
    between = len(text)
    if dialect.quote is not None and (quotes := text.count(dialect.quote.encode())):
        marks = pl.all().str.count_matches(dialect.quote, literal=True).sum()
        within -= int(frame.select(pl.sum_horizontal(marks)).item())
        between -= quotes
    # Of a full line, a separator after each cell but the last, and the end of the line.
    return between - within == frame.height * frame.width


def _numbered(frame: pl.DataFrame, numbers: Sequence[int]) -> pl.DataFrame:
    return frame.with_columns(pl.Series("_record_number", numbers, dtype=pl.Int64))


def _divided(line: str, dialect: Dialect) -> list[str]:
    if dialect.quote is None:
        return line.split(dialect.separator)
    # The csv module takes any line end for the end of the record, unless it sees quotes.
    for end, stand_in in STAND_INS.items():
        line = line.replace(end, stand_in)
    cells = next(csv.reader([line], delimiter=dialect.separator, quotechar=dialect.quote), [])
    for end, stand_in in STAND_INS.items():
        cells = [cell.replace(stand_in, end) for cell in cells]
    return cells

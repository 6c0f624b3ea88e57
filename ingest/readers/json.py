"""Streams JSON: one big array of objects, or an object on each line."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Collection, Iterator
from typing import BinaryIO, cast

import ijson

from ingest.collect import Record
from ingest.readers.beginning import beginning
from iplake.errors import RecordRejected, SourceChanged

HEAD = 64
HEAD_BYTES = 4096
ENVELOPE_BYTES = 8192
MAX_LINE_BYTES = 64 << 20
MAX_PAGE_BYTES = 64 << 20
MAX_DEPTH = 200
"""Levels of objects and lists; answers and dumps have a dozen."""

_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_REST_OF_TEXT = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))

Object = dict[str, object]


class Shallow:
    """A stream of JSON that refuses to go deeper than MAX_DEPTH.

    The parser below holds the path of each level: a few hundred kilobytes of brackets would
    take all memory there is.
    """

    def __init__(self, stream: BinaryIO, where: str) -> None:
        self._stream = stream
        self._where = where
        self._depth = 0
        self._is_in_text = False
        self._held = b""
        """A backslash whose character is still to come."""

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; raise SourceChanged if they lead too deep."""
        chunk = self._stream.read(size)
        for bracket in self._brackets(self._held + chunk):
            self._depth += 1 if bracket in b"[{" else -1
            if self._depth > MAX_DEPTH:
                raise SourceChanged(
                    "JSON goes too deep: a bomb?", file=self._where, levels=MAX_DEPTH
                )
        return chunk

    def _brackets(self, chunk: bytes) -> bytes:
        """Return the brackets that stand outside of texts, one of which may go on from before."""
        self._held = b""
        if self._is_in_text:
            rest = _REST_OF_TEXT.match(chunk)
            chunk = chunk[rest.end() if rest else 0 :]
            if not chunk.startswith(b'"'):
                self._held = chunk
                return b""
            self._is_in_text, chunk = False, chunk[1:]
        chunk = _TEXT.sub(b"", chunk)
        chunk, mark, begun = chunk.partition(b'"')
        if mark:
            rest = _REST_OF_TEXT.match(begun)
            self._is_in_text, self._held = True, begun[rest.end() if rest else 0 :]
        return chunk.translate(None, _NO_BRACKETS)


def iter_objects(stream: BinaryIO, where: str, path: str = "item") -> Iterator[Record[Object]]:
    """Yield the objects of one array in a JSON document, without ever holding the document.

    `path` leads to the array's items, as ijson has it (`item` for an array at the top,
    `data.item` for one in the field `data`). A document that is cut off or damaged yields
    the whole objects before, and then one refused record. `where` names the file.
    """
    refuse_other_formats(stream, where)
    number = 0
    try:
        for content in ijson.items(Shallow(stream, where), path, use_float=True):
            number += 1
            raw = json.dumps(content, ensure_ascii=False).encode()
            yield Record(number, f"{where} item {number}", as_object(content), raw)
    except (ijson.JSONError, UnicodeDecodeError) as error:
        broken = RecordRejected("truncated", "JSON breaks off or is damaged", said=str(error))
        yield Record(number + 1, f"{where} item {number + 1}", broken, b"")


def listed_under(stream: BinaryIO, where: str, names: Collection[str]) -> tuple[str, list[str]]:
    """Return under which of some names a JSON document has its list, and its other first fields.

    For answers that wrap their records in an envelope. The beginning is looked at, nothing is
    read off the stream; if none of the names is there, SourceChanged says what is instead.
    """
    refuse_other_formats(stream, where)
    head = beginning(stream, ENVELOPE_BYTES)
    found: list[str] = []
    try:
        for path, event, value in ijson.parse(io.BytesIO(head)):
            if path == "" and event == "map_key":
                found.append(value)
    except (ijson.JSONError, UnicodeDecodeError):
        pass  # The beginning of a document breaks off in any case.
    for name in found:
        if name in names:
            return name, [other for other in found if other != name]
    raise SourceChanged(
        "an answer has none of its lists; look whether it is an error, or was renamed",
        file=where,
        expected=" or ".join(names),
        found=", ".join(found) or head[:HEAD].decode("utf-8", "replace"),
    )


def iter_members(stream: BinaryIO, where: str, path: str) -> Iterator[Record[tuple[str, Object]]]:
    """Yield name and object of each member of the object at `path`, one in memory at a time.

    Damage in the document ends it with one refused record, as in `iter_objects`.
    """
    refuse_other_formats(stream, where)
    number = 0
    try:
        for name, found in ijson.kvitems(Shallow(stream, where), path, use_float=True):
            number += 1
            raw = json.dumps({name: found}, ensure_ascii=False).encode()
            content = as_object(found)
            pair = content if isinstance(content, RecordRejected) else (name, content)
            yield Record(number, f"{where} {name}", pair, raw)
    except (ijson.JSONError, UnicodeDecodeError) as error:
        broken = RecordRejected("truncated", "JSON breaks off or is damaged", said=str(error))
        yield Record(number + 1, f"{where} item {number + 1}", broken, b"")


def iter_lines(stream: BinaryIO, where: str) -> Iterator[Record[Object]]:
    """Yield the object on each line; a line that is no JSON object is a refused record."""
    refuse_other_formats(stream, where)
    number = 0
    while line := stream.readline(MAX_LINE_BYTES):
        if line.isspace():
            continue
        number += 1
        yield Record(number, f"{where} line {number}", decoded(line), line)


def iter_page(stream: BinaryIO, where: str, field: str) -> Iterator[Record[Object]]:
    """Yield the objects in one field of an interface's answer, which is held whole.

    An answer without that field, which may be an error in the guise of a page, raises
    SourceChanged; damage ends it with one refused record, as in `iter_objects`.
    """
    refuse_other_formats(stream, where)
    page = stream.read(MAX_PAGE_BYTES + 1)
    if len(page) > MAX_PAGE_BYTES or f'"{field}"'.encode() not in page:
        raise SourceChanged(
            f"expected a page with {field}; is this an error, or another file?",
            file=where,
            found=page[:200].decode("utf-8", "replace"),
        )
    buffered = cast("BinaryIO", io.BufferedReader(io.BytesIO(page)))
    yield from iter_objects(buffered, where, f"{field}.item")


def decoded(raw: bytes) -> Object | RecordRejected:
    """Return the JSON object in some bytes, or why there is none.

    >>> decoded(b'{"a": 1}')
    {'a': 1}
    >>> print(decoded(b'{"a": '))
    not valid JSON (said=Expecting value: line 1 column 7 (char 6))
    """
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return RecordRejected("invalid_json", "not valid JSON", said=str(error))
    return as_object(content)


def as_object(content: object) -> Object | RecordRejected:
    """Return a decoded value if it is an object, or why it cannot be a record."""
    if isinstance(content, dict):
        return content
    return RecordRejected("wrong_type", "expected a JSON object", found=repr(content)[:80])


def unknown_keys(value: object, known: Collection[str], ignored: Collection[str] = ()) -> list[str]:
    """Return the paths in a value that are neither known nor ignored, each once.

    A path has the names from the top down, through objects and lists alike, as in
    `authorships/institutions/ror`. What lies below an ignored or an unknown path is not
    looked at, nor are fields whose value is null.

    >>> unknown_keys({"a": [{"b": 1, "z": 2}], "c": {"d": 1}, "e": 1}, {"a", "a/b"}, {"c"})
    ['a/z', 'e']
    """
    found: set[str] = set()
    stack: list[tuple[object, str]] = [(value, "")]
    while stack:
        inner, parent = stack.pop()
        if isinstance(inner, list):
            stack.extend((item, parent) for item in inner if isinstance(item, dict | list))
        elif isinstance(inner, dict):
            for name, below in inner.items():
                path = f"{parent}/{name}" if parent else str(name)
                if below is None or path in ignored:
                    continue
                if path not in known:
                    found.add(path)
                elif isinstance(below, dict | list):
                    stack.append((below, path))
    return sorted(found)


def text_of(value: object) -> str:
    """Return a value that has to be a text."""
    if isinstance(value, str):
        return value
    raise wrong_type("a text", value)


def object_of(value: object) -> Object:
    """Return a value that has to be an object."""
    if isinstance(value, dict):
        return value
    raise wrong_type("an object", value)


def list_of(value: object) -> list[object]:
    """Return a value that has to be a list."""
    if isinstance(value, list):
        return value
    raise wrong_type("a list", value)


def number_of(value: object) -> float | None:
    """Return a value that has to be a number or null, as a float."""
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise wrong_type("a number", value)


def text_or_none(value: object) -> str | None:
    """Return a value that has to be a text or null."""
    return None if value is None else text_of(value)


def integer_or_none(value: object) -> int | None:
    """Return a value that has to be a whole number or null."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise wrong_type("a whole number", value)


def flag_or_none(value: object) -> bool | None:
    """Return a value that has to be true, false or null."""
    if value is None or isinstance(value, bool):
        return value
    raise wrong_type("true or false", value)


def objects_of(value: object) -> list[Object]:
    """Return a value that has to be a list of objects; null is an empty one."""
    return [] if value is None else [object_of(each) for each in list_of(value)]


def texts_of(value: object) -> list[str]:
    """Return a value that has to be a list of texts; null is an empty one."""
    return [] if value is None else [text_of(each) for each in list_of(value)]


def head_of(stream: BinaryIO, where: str) -> bytes:
    """Return the beginning of a JSON stream, which stays unread: it tells kinds of answers apart.

    Raises SourceChanged if the stream is no JSON at all.
    """
    refuse_other_formats(stream, where)
    return beginning(stream, HEAD_BYTES)


def wrong_type(expected: str, found: object) -> RecordRejected:
    """Return the rejection of a value; whoever has the record knows which field it is."""
    error = RecordRejected("wrong_type", f"expected {expected}", found=repr(found)[:80])
    return error.of(found)


def first_byte(stream: BinaryIO) -> bytes:
    """Return the first byte of a buffered stream that is neither a mark nor a blank, unread."""
    return beginning(stream, HEAD).removeprefix(codecs.BOM_UTF8).lstrip()[:1]


def refuse_other_formats(stream: BinaryIO, where: str) -> None:
    """Raise SourceChanged if a stream does not begin as JSON does; skip a byte order mark."""
    if first_byte(stream) not in (b"[", b"{"):
        raise SourceChanged(
            "expected JSON; is this another file?",
            file=where,
            found=stream.read(HEAD).decode("utf-8", "replace"),
        )
    # ijson takes the mark for damage.
    if beginning(stream, HEAD).startswith(codecs.BOM_UTF8):
        stream.read(len(codecs.BOM_UTF8))

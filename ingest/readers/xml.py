"""Streams XML: files of many documents, and one big document of many records.

Nothing here loads a DTD, opens the network, or expands an entity. A document that declares
entities of its own is refused, except for unparsed ones (`NDATA`: names of drawings), because
libxml2 expands entities in attribute values whatever it is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import IO

from lxml import etree

from ingest.collect import Record
from ingest.readers.elements import local_name
from iplake.contract import report_leftovers
from iplake.errors import RecordRejected, SourceChanged

CHUNK = 1 << 18
MAX_DOCUMENT_BYTES = 128 << 20
"""A longer document is refused without being held; the largest US grants have some 100 MB."""

MAX_PROLOG_BYTES = 4 << 20
RAW_BYTES = 4096
MARK_BYTES = 9
BORDER = b"\n<?xml"

STRICT = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""What every parser is told here."""

_PROLOG_PART = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
# Possessive, so that a prolog of many comments is never read in more ways than one.
_DOCTYPE = re.compile(
    rb"""<!DOCTYPE\s+(?P<root>[^\s\[>]++)
         (?:"[^"]*"|'[^']*'|[^\["'>])*+
         (?:\[(?P<subset>(?:<!--.*?-->|<\?.*?\?>|"[^"]*"|'[^']*'|[^\]"'<]|<(?!!--|\?))*+)\]\s*+)?
         >""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_ENTITY = re.compile(rb"<!ENTITY\b[^>]{0,200}", re.DOTALL)
_UNPARSED_ENTITY = re.compile(
    rb"""<!ENTITY\s+[^\s%"'>]+\s+(?:SYSTEM|PUBLIC\s+("[^"]*"|'[^']*'))
         \s*("[^"]*"|'[^']*')\s+NDATA\s+\S+\s*>""",
    re.VERBOSE,
)
_ROOT = re.compile(rb"<([A-Za-z_][^\s/>]*)")
_MARK = re.compile(rb"<[?!](?:xml[ \t\r\n]|\[CDATA\[|--)")


def split_documents(
    stream: IO[bytes], *, limit: int | None = None, first: int = 1
) -> Iterator[Record[bytes]]:
    """Yield the documents of a file in which each has its own `<?xml` prolog.

    A border is `<?xml` at the start of a line, outside of CDATA sections and comments. One
    document is held at a time. With `limit` only so many bytes are read, for shards, and
    `first` is the number of the first document. Bytes that are no XML at all raise
    SourceChanged; a document over MAX_DOCUMENT_BYTES comes as a RecordRejected.
    """
    at = stream.tell() if stream.seekable() else 0
    number = first
    for start, content in _pieces(stream, limit):
        if content.isspace():
            continue
        if number == first:
            refuse_other_formats(content)
        locator = f"document {number} at byte {at + start}"
        if len(content) > MAX_DOCUMENT_BYTES:
            too_long = RecordRejected(
                "document_too_long", "a document is longer than its bound", bound=MAX_DOCUMENT_BYTES
            )
            yield Record(number, locator, too_long, content[:RAW_BYTES])
        else:
            yield Record(number, locator, content, content)
        number += 1
    if number == first:
        refuse_other_formats(b"")


def document_starts(stream: IO[bytes]) -> Iterator[int]:
    """Yield where the documents of a seekable stream begin, counted from its place.

    Quick where the file has neither CDATA sections nor comments, in which a border is none;
    from the first of these on it splits like `split_documents`.
    """
    began = stream.tell()
    found, last, offset = 0, -1, 0
    tail = b""
    while True:
        chunk = stream.read(1 << 20)
        window = tail + chunk
        whole = len(window) - (MARK_BYTES if chunk else 0)
        for mark in _MARK.finditer(window):
            at = mark.start()
            if at >= whole:
                break
            if not mark[0].startswith(b"<?xml"):
                stream.seek(began)
                starts = (start for start, piece in _pieces(stream, None) if not piece.isspace())
                yield from islice(starts, found, None)
                return
            place = offset + at
            if place > last and (place == 0 or window[at - 1 : at] == b"\n"):
                yield place
                found, last = found + 1, place
        if not chunk:
            return
        # One byte more than a mark, so that the line's end before it is seen.
        tail = window[-MARK_BYTES - 1 :]
        offset += len(window) - len(tail)


def _pieces(stream: IO[bytes], limit: int | None) -> Iterator[tuple[int, bytes]]:
    """Yield offset and bytes from border to border; of a too long piece only its beginning."""
    buffer = bytearray()
    offset = searched = dropped = 0
    left = limit
    while chunk := stream.read(CHUNK if left is None else min(CHUNK, left)):
        left = None if left is None else left - len(chunk)
        buffer += chunk
        while (found := buffer.find(BORDER, searched)) >= 0:
            if found + len(BORDER) == len(buffer):
                break  # the byte behind tells <?xml from <?xml-stylesheet
            searched = found + len(BORDER)
            if buffer[searched] not in b" \t\r\n" or _is_enclosed(buffer, found):
                continue
            cut = found + 1
            yield offset, bytes(buffer[:cut])
            offset += cut + dropped
            dropped = searched = 0
            del buffer[:cut]
        else:
            searched = max(searched, len(buffer) - len(BORDER))
        if len(buffer) > MAX_DOCUMENT_BYTES + 2 * CHUNK:
            dropped += len(buffer) - MAX_DOCUMENT_BYTES - CHUNK
            del buffer[MAX_DOCUMENT_BYTES:-CHUNK]
            searched = MAX_DOCUMENT_BYTES
    if buffer:
        yield offset, bytes(buffer)


def _is_enclosed(buffer: bytearray, at: int) -> bool:
    """Return whether a place lies within a CDATA section or a comment."""
    # Most documents have neither, and to look forward is the faster way to see that.
    return any(
        buffer.find(opening, 0, at) >= 0
        and buffer.rfind(opening, 0, at) > buffer.rfind(closing, 0, at)
        for opening, closing in ((b"<![CDATA[", b"]]>"), (b"<!--", b"-->"))
    )


def root_of(document: bytes) -> tuple[str, int]:
    """Return the name of a document's root element, and where its start tag stands.

    Refuses a document with entities of its own, or without a root element.

    >>> root_of(b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "a.dtd" [ ]><a/>')
    ('a', 52)
    """
    at = _after_prolog(document)
    matched = _ROOT.match(document, at)
    if matched is None:
        raise RecordRejected(
            "empty_document", "expected a root element", found=document[at : at + 40]
        )
    return matched[1].decode("utf-8", "replace"), at


def _after_prolog(document: bytes) -> int:
    """Return where the prolog ends; refuse entities that the document declares itself."""
    at = 3 if document.startswith(b"\xef\xbb\xbf") else 0
    while True:
        if matched := _PROLOG_PART.match(document, at):
            at = matched.end()
        elif matched := _DOCTYPE.match(document, at):
            refuse_entities(matched["subset"] or b"")
            at = matched.end()
        else:
            return at


def refuse_entities(subset: bytes) -> None:
    """Raise RecordRejected if a DTD's internal subset declares entities that could expand.

    >>> refuse_entities(b'<!ENTITY D1.TIF SYSTEM "D1.TIF" NDATA TIF>')
    >>> refuse_entities(b'<!ENTITY a "aaaa">')
    Traceback (most recent call last):
    ...
    iplake.errors.RecordRejected: a document declares entities of its own: an entity bomb? \
(found=<!ENTITY a "aaaa")
    """
    if b"<!ENTITY" not in subset:
        return
    rest = _UNPARSED_ENTITY.sub(b"", _COMMENT.sub(b"", subset))
    if found := _ENTITY.search(rest):
        raise RecordRejected(
            "entity_declaration",
            "a document declares entities of its own: an entity bomb?",
            found=found[0].decode("utf-8", "replace")[:80],
        )


def refuse_other_formats(start: bytes) -> None:
    """Raise SourceChanged if a file does not begin like XML, or is an HTML page."""
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    opening = head[:14].lower()
    if not head.startswith(b"<") or opening.startswith((b"<html", b"<!doctype html")):
        raise SourceChanged(
            "expected XML, found something else; open the file and see what it says",
            found=head[:60].decode("utf-8", "replace"),
        )


def parse_document(document: bytes) -> etree._Element:
    """Return the root of one whole document; RecordRejected if it is cut off or ill-formed."""
    root, _ = root_of(document)
    try:
        return etree.fromstring(document, strict_parser())
    except etree.XMLSyntaxError as error:
        has_end = document.rfind(f"</{root}".encode(), -1000) >= 0
        raise not_well_formed(error, is_cut=not has_end) from error


def strict_parser() -> etree.XMLParser:
    """Return a parser that loads nothing, expands nothing and keeps libxml2's own bounds."""
    return etree.XMLParser(**STRICT)


def not_well_formed(error: etree.XMLSyntaxError, *, is_cut: bool) -> RecordRejected:
    """Return the rejection for a parser's error: `truncated` if the input is cut off."""
    reason = "truncated" if is_cut else "ill_formed"
    return RecordRejected(reason, "not well-formed XML", said=str(error))


def iter_elements(
    stream: IO[bytes], tag: str, beside: Collection[str] | None = None
) -> Iterator[Record[etree._Element]]:
    """Yield each `tag` element of one big document as a record, and free it afterwards.

    `tag` is as lxml has it: `case-file`, `{namespace}TradeMark`, `{*}TradeMark`; it does not
    hold itself. A record is emptied when the next one is asked for. If the file breaks off,
    the whole records before are yielded and a last one is refused as `truncated`, or as
    `ill_formed` where its tail is. Damage with more records behind it raises SourceChanged,
    because nobody could say how many are lost, and so does a file that is no XML. A document
    that declares entities is one refused record; nothing of it is parsed.
    `beside` are the local names of what may stand before or between the records: another one is
    reported with the record after it, as it may be a record of a new kind.
    """
    start = stream.read(CHUNK)
    refuse_other_formats(start)
    try:
        start = _with_whole_prolog(start, stream)
    except RecordRejected as error:
        yield Record(1, f"{local_name(tag)} 1", error, start[:RAW_BYTES])
        return
    yield from _pull(start, stream, tag, beside)


def _pull(
    start: bytes, stream: IO[bytes], tag: str, beside: Collection[str] | None
) -> Iterator[Record[etree._Element]]:
    parser = etree.XMLPullParser(events=("end",), tag=tag, **STRICT)
    name = local_name(tag).encode()
    closing = b"</" + name + b">"
    pending = start
    """Bytes since the last whole record."""
    number = 0
    looked_at: etree._Element | None = None
    failed: etree.XMLSyntaxError | None = None
    chunk = start
    while failed is None:
        try:
            if chunk:
                parser.feed(chunk)
            else:
                parser.close()
        except etree.XMLSyntaxError as error:
            failed = error
        for _, element in parser.read_events():
            number += 1
            if element.prefix:
                closing = b"</" + element.prefix.encode() + b":" + name + b">"
            pending = pending.partition(closing)[2] if failed else pending
            raw = etree.tostring(element, with_tail=False)[:RAW_BYTES]
            if beside is not None:
                report_leftovers(_before(element, looked_at), ignore=beside, within="(beside) ")
                looked_at = element.getprevious()
            yield Record(number, f"{local_name(tag)} {number}", element, raw)
            free(element)
        if failed is None:
            if not chunk:
                return
            chunk = stream.read(CHUNK)
            pending = pending[pending.rfind(closing) + 1 :][-MAX_DOCUMENT_BYTES:] + chunk
    begun = re.compile(rb"<(?:[\w.-]+:)?" + re.escape(name) + rb"[\s/>]")
    places = [matched.start() for matched in begun.finditer(pending)]
    if len(places) > 1 or _has_more(stream, begun):
        raise SourceChanged(
            "an XML file is damaged in its middle; land it again",
            whole_records_before=number,
            said=str(failed),
        )
    raw = pending[places[0] if places else -RAW_BYTES :][:RAW_BYTES]
    broken = not_well_formed(failed, is_cut=not chunk)
    yield Record(number + 1, f"{local_name(tag)} {number + 1}", broken, raw)


def _before(element: etree._Element, last: etree._Element | None) -> Iterator[str]:
    """Yield the local names of other elements before a record, back to the last one known."""
    for other in element.itersiblings("*", preceding=True):
        if other is last:
            return
        if other.tag != element.tag:
            yield local_name(str(other.tag))


def _with_whole_prolog(start: bytes, stream: IO[bytes]) -> bytes:
    """Return the first bytes of a stream, read on until its root's start tag stands in them."""
    while _ROOT.match(start, _after_prolog(start)) is None and len(start) < MAX_PROLOG_BYTES:
        more = stream.read(CHUNK)
        if not more:
            break
        start += more
    return start


def _has_more(stream: IO[bytes], begun: re.Pattern[bytes]) -> bool:
    """Return whether the rest of a stream holds the start of a record."""
    tail = b""
    while more := stream.read(CHUNK):
        if begun.search(tail + more):
            return True
        tail = more[-200:]
    return False


def free(element: etree._Element) -> None:
    """Empty an element that was read, and take those of its kind before it off the tree."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and (previous := element.getprevious()) is not None:
        if previous.tag != element.tag:
            return
        parent.remove(previous)

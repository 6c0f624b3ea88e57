"""Reads YAML as text only: one document, or the items of one long list, one in memory at a time.

Scalars stay as they are written, so that `1.10` is no number, `No` no false, and a day no
date. Tags are not followed, and documents with anchors are refused: an alias may stand for
any amount of text, and catalogues have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

import yaml

from ingest.collect import Record
from ingest.readers.json import Object, as_object
from iplake.errors import RecordRejected, SourceChanged

MAX_BYTES = 16 << 20
"""A longer document is refused without being read; the longest of catalogues have some 200 KB."""

# What may be one, seen fast: a node may begin with an anchor, or be an alias.
_ANCHOR = re.compile(rb"(?m)^[ ]*(?:- +)*(?:[^\s#'\"][^\n#'\"]*?: +)?[&*][^\s&*]")


def decoded(raw: bytes) -> Object | RecordRejected:
    r"""Return the object in a YAML document, its scalars as text, or why there is none.

    >>> decoded(b"---\nversion: 1.10\nis: [no, ~]\n")
    {'version': '1.10', 'is': ['no', '~']}
    >>> decoded(b"a: &x [1]\nb: *x\n").reason_code
    'anchor'
    """
    if len(raw) > MAX_BYTES:
        return RecordRejected("document_too_long", "a document is longer than its bound")
    try:
        if _ANCHOR.search(raw) and _has_anchor(raw):
            return RecordRejected("anchor", "a document has an anchor or an alias")
        return as_object(yaml.load(raw, yaml.CBaseLoader))  # noqa: S506 - text only, no tags
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        said = " ".join(str(error).split())[:200]
        return RecordRejected("invalid_yaml", "not valid YAML", said=said)


def _has_anchor(raw: bytes) -> bool:
    """Return whether a document truly has an anchor or alias; the text of a title may look so."""
    events = yaml.parse(raw, yaml.CBaseLoader)
    return any(getattr(event, "anchor", None) for event in events)


def iter_items(stream: BinaryIO, where: str) -> Iterator[Record[Object]]:
    """Yield the objects of a document that is one list, written with a dash per item.

    `where` names the file.
    """
    number = 0
    item = bytearray()
    for line in stream:
        if line.startswith(b"- "):
            if item:
                number += 1
                yield _item(number, where, item)
            item = bytearray(b"  " + line[2:])
        elif item:
            item += line
            if len(item) > MAX_BYTES:
                raise SourceChanged("an item does not end", file=where, item=number + 1)
        elif line.strip() not in {b"---", b""}:
            raise SourceChanged(
                "expected a list", file=where, found=line[:60].decode("utf-8", "replace")
            )
    if not item:
        raise SourceChanged("expected a list, found nothing", file=where)
    yield _item(number + 1, where, item)


def _item(number: int, where: str, item: bytearray) -> Record[Object]:
    raw = bytes(item)
    return Record(number, f"{where} item {number}", decoded(raw), raw)


def is_list(head: bytes) -> bool:
    """Return whether a document is a list of objects, by its beginning."""
    lines = (line for line in head.splitlines() if line.strip() and line.strip() != b"---")
    return next(lines, b"").startswith(b"- ")

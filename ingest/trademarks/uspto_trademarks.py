"""US trademarks: daily and annual files of case files, and single ones as TSDR gives them.

TSDR has another host and another key than the portal of the daily files, and a source has one of
each: its answers are read where they are given (`iplake stage --file`), and not fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count
from types import ModuleType

from lxml import etree

from ingest.collect import Parsed, Record, collect
from ingest.discover import listed_in_odp_product
from ingest.readers.archive import Member, open_members
from ingest.readers.beginning import beginning
from ingest.readers.elements import without_namespaces
from ingest.readers.json import Object, iter_objects
from ingest.readers.xml import iter_elements
from ingest.trademarks import (
    uspto_trademarks_json,
    uspto_trademarks_st66,
    uspto_trademarks_st96,
    uspto_trademarks_tdxf,
)
from ingest.trademarks.uspto_trademarks_rows import SCHEMAS
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import RecordRejected, SourceChanged

PRODUCT = "TRTDXFAP"
HEAD_BYTES = 4096
ROOT = re.compile(rb"<!DOCTYPE\s+([\w.-]+)|<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
DAILY_ROOTS = ("trademark-applications-daily", "case-file")
XML_PARSERS = (uspto_trademarks_st96, uspto_trademarks_st66)

Case = tuple[ModuleType, etree._Element | Object]
"""A case file with the module that knows its format."""


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the daily files."""
    return listed_in_odp_product(fetch, source.endpoint.base_url, PRODUCT)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: files come zipped, and a zip is read from its beginning."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield case files with owners, classes, events and statements."""
    return collect(_case_files(file), _parse, source, SCHEMAS, unknown=_unknown)


def _unknown(case: Case) -> list[str]:
    module, content = case
    unknown: Callable[[object], list[str]] = module.unknown
    return unknown(content)


def _parse(case: Case) -> Parsed:
    module, content = case
    parse: Callable[[object], Parsed] = module.parse
    return parse(content)


def _case_files(file: RawFile) -> Iterator[Record[Case]]:
    numbers = count(1)
    # A case file of TSDR may come zipped, with a page and pictures beside it.
    for member in open_members(file.path, "*.xml"):
        for locator, content, raw in _cases(member):
            yield Record(next(numbers), f"{member.name} {locator}", content, raw)


def _cases(member: Member) -> Iterator[tuple[str, Case | RecordRejected, bytes]]:
    """Yield locator, case file and beginning of each record, whatever its format."""
    head = beginning(member.stream, HEAD_BYTES)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        yield from _of_json(member)
        return
    module = next((each for each in XML_PARSERS if each.BODY.encode() in head), None)
    if module is None:
        _refuse_other_documents(head, member.name)
        module = uspto_trademarks_tdxf
    beside = {"action-key"} if module is uspto_trademarks_tdxf else None
    for record in iter_elements(member.stream, module.TAG, beside):
        content = record.content
        if isinstance(content, RecordRejected):
            yield record.locator, content, record.raw
        elif module is uspto_trademarks_tdxf:
            yield record.locator, (module, content), record.raw
        else:
            yield record.locator, (module, without_namespaces(content)), record.raw


def _of_json(member: Member) -> Iterator[tuple[str, Case | RecordRejected, bytes]]:
    is_empty = True
    for record in iter_objects(member.stream, member.name, uspto_trademarks_json.PATH):
        is_empty = False
        content: Case | RecordRejected
        if isinstance(record.content, RecordRejected):
            content = record.content
        else:
            try:
                flat = uspto_trademarks_json.flattened(record.content)
                content = (uspto_trademarks_json, flat)
            except RecordRejected as error:
                content = error
        yield record.locator.removeprefix(f"{member.name} "), content, record.raw
    if is_empty:
        raise SourceChanged("expected case files, found other JSON", file=member.name)


def _refuse_other_documents(head: bytes, where: str) -> None:
    """Raise SourceChanged for XML that is of something else, such as a list of documents.

    What is no XML at all, or empty, the reader refuses in its own words.
    """
    found = next((each[1] or each[2] for each in ROOT.finditer(head)), None)
    if found is not None and found.decode() not in (*DAILY_ROOTS, "html", "HTML"):
        raise SourceChanged(
            "expected case files; is this another product's file?", file=where, root=found.decode()
        )

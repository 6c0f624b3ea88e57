"""EPO full text: weekly archives of archives with a European document each, and ES translations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import PurePosixPath
from urllib.parse import urljoin

from lxml import etree

from ingest.collect import Parsed, Record, collect
from ingest.patents import epo_fulltext_ep, epo_fulltext_ftm
from ingest.patents.epo_fulltext_rows import SCHEMAS
from ingest.readers.archive import open_nested_members
from ingest.readers.json import list_of, object_of, text_of
from ingest.readers.xml import parse_document, split_documents
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import RecordRejected, SourceChanged

FILES = (".zip", ".tar", ".xml")
"""Deliveries also hold notices and statistics, as office documents."""

PARSERS = {
    epo_fulltext_ep.ROOT: epo_fulltext_ep.parse,
    epo_fulltext_ftm.ROOT: epo_fulltext_ftm.parse,
}
UNKNOWN = {
    epo_fulltext_ep.ROOT: epo_fulltext_ep.unknown,
    epo_fulltext_ftm.ROOT: epo_fulltext_ftm.unknown,
}
# What lies beside the documents of a delivery: its index, and each document's table of contents.
LISTS = ("index.xml", "toc.xml")


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the archives of every delivery of the products that the declaration names."""
    for product in source.endpoint.queries:
        url = urljoin(source.endpoint.base_url, f"products/{product}")
        try:
            yield from _archives(_fields(fetch.json(url)), url)
        except (KeyError, ValueError, RecordRejected) as error:
            raise SourceChanged(
                "expected deliveries with files, each with id, name, checksum and day",
                url=url,
                missing=str(error),
            ) from error


def _archives(product: dict[str, object], url: str) -> Iterator[Resource]:
    for delivery in map(_fields, list_of(product["deliveries"])):
        for file in map(_fields, list_of(delivery["files"])):
            name = text_of(file["filename"])
            if not name.lower().endswith(FILES):
                continue
            checksum = text_of(file["filechecksum"])
            if len(checksum) != 40:
                raise ValueError(f"a SHA-1 checksum of 40 digits, found {checksum!r}")
            yield Resource(
                url=f"{url}/delivery/{delivery['deliveryid']}/file/{file['fileid']}/download",
                name=name,
                checksum=f"sha1:{checksum.lower()}",
                published=date.fromisoformat(text_of(file["filepublicationdatetime"])[:10]),
            )


def _fields(value: object) -> dict[str, object]:
    """Return an object's fields by lower-case name: clients of the service write `fileID`, too."""
    return {name.lower(): each for name, each in object_of(value).items()}


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: an archive is read from its beginning."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield the rows of every document, in the order of the archives."""
    return collect(_documents(file), _parse, source, SCHEMAS, unknown=_unknown)


@dataclass(slots=True)
class _Package:
    """What a delivery's index names, and what was found in it."""

    listed: set[str] = field(default_factory=set)
    found: set[str] = field(default_factory=set)

    def list(self, index: etree._Element, folder: PurePosixPath) -> None:
        """Take down the files of an index; their folders are written as Windows does."""
        for each in index.iter("ftm-package-file"):
            place = (each.findtext("file-location") or "").replace("\\", "/").strip("/")
            path = str(folder / place / (each.findtext("filename") or ""))
            if path.lower().endswith((".zip", ".xml")):
                self.listed.add(path)

    def check(self) -> None:
        """Raise SourceChanged if a file is listed and not there."""
        if missing := sorted(self.listed - self.found):
            raise SourceChanged(
                "a delivery lacks files that its index names; land it again", missing=missing[:5]
            )


def _documents(file: RawFile) -> Iterator[Record[etree._Element]]:
    numbers = count(1)
    package = _Package()
    is_empty = True
    for member in open_nested_members(file.path, "*.[xX][mM][lL]"):
        package.found.add(member.name.partition("!")[0])
        name = PurePosixPath(member.name.rpartition("!")[2])
        is_list = name.name.lower() in LISTS and member.name != file.path.name
        for record in split_documents(member.stream):
            content = _opened(record.content)
            if is_list:
                if isinstance(content, RecordRejected):
                    raise SourceChanged(
                        "a delivery's index is damaged; land it again",
                        file=member.name,
                        said=str(content),
                    )
                package.list(content, name.parent)
                continue
            if not isinstance(content, RecordRejected) and content.tag not in PARSERS:
                if is_empty:
                    raise SourceChanged(
                        "expected European documents; is this another product's file?",
                        file=member.name,
                        found=content.tag,
                    )
                content = RecordRejected(
                    "unknown_document", "not a European document", root=content.tag
                )
            is_empty = False
            locator = f"{member.name} {record.locator}"
            yield Record(next(numbers), locator, content, record.raw)
    if is_empty:
        raise SourceChanged("expected European documents, found none", file=file.name)
    package.check()


def _opened(document: bytes | RecordRejected) -> etree._Element | RecordRejected:
    if isinstance(document, RecordRejected):
        return document
    try:
        return parse_document(document)
    except RecordRejected as error:
        return error


def _unknown(document: etree._Element) -> list[str]:
    return UNKNOWN[str(document.tag)](document)


def _parse(document: etree._Element) -> Parsed:
    return PARSERS[str(document.tag)](document)

"""arXiv: records of its OAI-PMH interface, month by month of their last modification."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import BinaryIO
from urllib.parse import quote

from lxml import etree

from ingest.collect import Parsed, Record, Row, collect, strings
from ingest.readers.archive import Member, open_members
from ingest.readers.beginning import beginning
from ingest.readers.elements import text, unknown_paths
from ingest.readers.xml import iter_elements, parse_document, refuse_other_formats
from iplake.contract import Batch, Fetcher, Paging, RawFile, Request, Resource, Shard
from iplake.declaration import Source
from iplake.errors import RecordRejected, SourceBusy, SourceChanged

OAI = "{http://www.openarchives.org/OAI/2.0/}"
ARXIV = "{http://arxiv.org/OAI/arXiv/}"
SCHEMAS = {
    "records": strings(
        "oai_identifier", "datestamp", "status", "sets", "id", "created", "updated", "title",
        "categories", "comments", "report_number", "msc_class", "acm_class", "journal_reference",
        "doi", "licence", author_count="int64",
    ),
    "record_authors": strings(
        "oai_identifier", "family", "given", "suffix", "affiliations", author_number="int64"
    ),
    "record_categories": strings("oai_identifier", "category", sequence_number="int64"),
}  # fmt: skip
KNOWN = frozenset(
    """
    header header/identifier header/datestamp header/setSpec metadata metadata/arXiv
    metadata/arXiv/id metadata/arXiv/created metadata/arXiv/updated metadata/arXiv/authors
    metadata/arXiv/authors/author metadata/arXiv/authors/author/keyname
    metadata/arXiv/authors/author/forenames metadata/arXiv/authors/author/suffix
    metadata/arXiv/authors/author/affiliation metadata/arXiv/title metadata/arXiv/categories
    metadata/arXiv/comments metadata/arXiv/report-no metadata/arXiv/msc-class
    metadata/arXiv/acm-class metadata/arXiv/journal-ref metadata/arXiv/doi metadata/arXiv/license
    """.split()
)
# Abstracts are left in the raw file; `proxy` names who sent a paper in for its authors.
IGNORED = frozenset({"metadata/arXiv/abstract", "metadata/arXiv/proxy", "about"})

LISTS = re.compile(rb"<(?:\w+:)?(?:ListRecords|GetRecord)[\s/>]")
ERROR = re.compile(rb"""<(?:\w+:)?error\s+code\s*=\s*["'](\w+)["']""")
EMPTY = "noRecordsMatch"
HEAD_BYTES = 4096


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield a harvest of each month since the first datestamp, for each declared set.

    The interface itself is asked for its first day and for today.
    """
    base = source.endpoint.base_url
    url = f"{base}?verb=Identify"
    told = fetch.text(url).encode()
    root = _oai(told, url)
    try:
        first = date.fromisoformat(_identified(root, "Identify", "earliestDatestamp"))
        today = date.fromisoformat(_identified(root, "responseDate"))
    except ValueError as error:
        raise SourceChanged("expected two days", url=url, said=str(error)) from error
    for number, spec in enumerate(source.endpoint.queries or ("",), 1):
        chosen = f"&set={quote(spec, safe=':')}" if spec else ""
        for start, end in _months(first, today):
            query = f"verb=ListRecords&metadataPrefix=arXiv&from={start}&until={end}{chosen}"
            name = f"records-{number}-{start:%Y-%m}.zip"
            yield Resource(f"{base}?{query}", name, None, end, pages=Paging(_following, _hits))


def _identified(root: etree._Element, *path: str) -> str:
    value = root.findtext("/".join(OAI + part for part in path)) or ""
    return value.strip()[:10]


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield first and last day of each month; the current one ends in the future."""
    start = first.replace(day=1)
    while start <= last:
        following = (start + timedelta(days=32)).replace(day=1)
        yield start, following - timedelta(days=1)
        start = following


def _following(request: Request, answer: bytes) -> Request | None:
    """Return the request with the page's resumption token; the last page has an empty one."""
    root = _oai(answer, request.url)
    token = (root.findtext(f".//{OAI}resumptionToken") or "").strip()
    if not token:
        return None
    base = request.url.partition("?")[0]
    return Request(f"{base}?verb=ListRecords&resumptionToken={quote(token, safe='')}")


def _hits(answer: bytes) -> int | None:
    token = _oai(answer, "").find(f".//{OAI}resumptionToken")
    size = None if token is None else token.get("completeListSize")
    return None if size is None else int(size)


def _oai(answer: bytes, url: str) -> etree._Element:
    """Return the root of an answer; its errors come with HTTP 200, and are raised here."""
    refuse_other_formats(answer[:HEAD_BYTES])
    try:
        root = parse_document(answer)
    except RecordRejected as error:
        raise SourceBusy("an answer breaks off", url=url, said=str(error)) from error
    if root.tag != f"{OAI}OAI-PMH":
        raise SourceChanged("expected an OAI-PMH answer", url=url, found=str(root.tag))
    for refusal in root.iter(f"{OAI}error"):
        code = refusal.get("code")
        if code == "badResumptionToken":
            # Tokens end at midnight: the harvest has to begin again.
            raise SourceBusy("a resumption token has ended; try again", url=url)
        if code != EMPTY:
            raise SourceChanged("the interface refuses", url=url, code=code, said=refusal.text)
    return root


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: a harvest's pages are read one after the other."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield the records of every page, with authors and categories."""
    return collect(_records(file), _parse, source, SCHEMAS, unknown=_unknown)


def _records(file: RawFile) -> Iterator[Record[etree._Element]]:
    numbers = count(1)
    for member in open_members(file.path):
        if _is_empty(member):
            continue
        for each in iter_elements(member.stream, f"{OAI}record", beside=()):
            yield Record(next(numbers), f"{member.name} {each.locator}", each.content, each.raw)


def _is_empty(member: Member) -> bool:
    """Return whether an answer says that nothing matches; SourceChanged for other answers."""
    head = _peeked(member.stream)
    refuse_other_formats(head)
    if LISTS.search(head):
        return False
    error = ERROR.search(head)
    if error is None or error[1].decode() != EMPTY:
        raise SourceChanged(
            "expected a list of records; what does the answer say?",
            file=member.name,
            code=error[1].decode() if error else None,
            found=head[:300].decode("utf-8", "replace"),
        )
    return True


def _peeked(stream: BinaryIO) -> bytes:
    return beginning(stream, HEAD_BYTES)


def _unknown(record: etree._Element) -> list[str]:
    return unknown_paths(record, KNOWN, IGNORED)


def _parse(record: etree._Element) -> Parsed:
    header = record.find(f"{OAI}header")
    if header is None:
        raise RecordRejected("missing_field", "expected a header")
    identifier = text(header, f"{OAI}identifier")
    status = header.get("status")
    if status not in (None, "deleted"):
        raise RecordRejected("unknown_category", "unknown status", field="status", found=status)
    paper = record.find(f"{OAI}metadata/{ARXIV}arXiv")
    if paper is None and status is None:
        raise RecordRejected("missing_field", "expected arXiv metadata", where=identifier)
    authors = [] if paper is None else paper.findall(f"{ARXIV}authors/{ARXIV}author")
    row: Row = {
        "oai_identifier": identifier,
        "datestamp": text(header, f"{OAI}datestamp"),
        "status": status,
        "sets": "|".join(each.text or "" for each in header.findall(f"{OAI}setSpec")),
        "id": _of(paper, "id"),
        "created": _of(paper, "created"),
        "updated": _of(paper, "updated"),
        "title": _of(paper, "title"),
        "categories": _of(paper, "categories"),
        "comments": _of(paper, "comments"),
        "report_number": _of(paper, "report-no"),
        "msc_class": _of(paper, "msc-class"),
        "acm_class": _of(paper, "acm-class"),
        "journal_reference": _of(paper, "journal-ref"),
        "doi": _of(paper, "doi"),
        "licence": _of(paper, "license"),
        "author_count": len(authors),
    }
    categories = (_of(paper, "categories") or "").split()
    return {
        "records": [row],
        "record_authors": [
            {
                "oai_identifier": identifier,
                "author_number": at,
                "family": _of(author, "keyname"),
                "given": _of(author, "forenames"),
                "suffix": _of(author, "suffix"),
                "affiliations": "|".join(
                    filter(None, (text(each) for each in author.findall(f"{ARXIV}affiliation")))
                ),
            }
            for at, author in enumerate(authors, 1)
        ],
        "record_categories": [
            {"oai_identifier": identifier, "sequence_number": at, "category": category}
            for at, category in enumerate(categories, 1)
        ],
    }


def _of(element: etree._Element | None, name: str) -> str | None:
    return None if element is None else text(element, f"{ARXIV}{name}")

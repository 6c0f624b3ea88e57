"""The RFC Editor's index: one XML document with an entry per RFC."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.collect import Parsed, Row, collect, strings
from ingest.discover import listed_in_declaration
from ingest.readers.archive import open_members
from ingest.readers.beginning import beginning
from ingest.readers.elements import text, unknown_paths
from ingest.readers.xml import iter_elements
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import RecordRejected, SourceChanged

SCHEMAS = {
    "rfcs": strings(
        "doc_id", "title", "day", "month", "year", "formats", "keywords", "draft", "notes",
        "current_status", "publication_status", "stream", "area", "working_group", "errata_url",
        "doi",
        author_count="int64", editor_count="int64", page_count="int64",
    ),
    "rfc_relations": strings("doc_id", "relation", "other_doc_id", sequence_number="int64"),
}  # fmt: skip
RELATIONS = ("obsoletes", "obsoleted-by", "updates", "updated-by", "is-also", "see-also")
# The Editor's own index has page counts beside the formats, older copies within them.
KNOWN = frozenset(
    """
    doc-id title author author/name author/title date date/day date/month date/year format
    format/file-format format/page-count page-count keywords keywords/kw draft notes notes/p
    current-status publication-status stream area wg_acronym errata-url doi
    """.split()
) | {path for name in RELATIONS for path in (name, f"{name}/doc-id")}
# Abstracts are under copyright; persons are counted, as no question about standards needs
# their names; how long a file is in characters depends on its format.
IGNORED = frozenset(
    """
    abstract author/organization author/org-abbrev format/char-count
    """.split()
)


BESIDE = frozenset({"bcp-entry", "fyi-entry", "std-entry", "rfc-not-issued-entry"})
"""Entries of other series, and of numbers that were never given."""


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the index."""
    return listed_in_declaration(source)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: the index has some 14 MB."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield RFCs and their relations.

    The index has entries of BCP, STD and FYI too: these say of which RFCs they consist, which
    each of these RFCs says itself under `is-also`; and numbers that were never issued.
    """
    for member in open_members(file.path):
        head = beginning(member.stream, 1 << 12)
        if b"<rfc-index" not in head:
            raise SourceChanged(
                "expected the index of RFCs; BCP, STD and FYI in YAML are of standards/relaton",
                file=member.name,
                found=head[:60].decode("utf-8", "replace"),
            )
        records = iter_elements(member.stream, "{*}rfc-entry", BESIDE)
        yield from collect(records, _parse, source, SCHEMAS, unknown=_unknown)


def _unknown(entry: etree._Element) -> list[str]:
    return unknown_paths(entry, KNOWN, IGNORED)


def _parse(entry: etree._Element) -> Parsed:
    doc_id = _required(entry, "doc-id")
    authors = entry.findall("{*}author")
    pages = _text(entry, "page-count") or _text(entry, "format/page-count")
    if pages is not None and not pages.isdecimal():
        raise RecordRejected("wrong_type", "expected a number", field="page-count", found=pages)
    row: Row = {
        "doc_id": doc_id,
        "title": _required(entry, "title"),
        "author_count": len(authors),
        "editor_count": sum(_text(author, "title") == "Editor" for author in authors),
        "day": _text(entry, "date/day"),
        "month": _text(entry, "date/month"),
        "year": _required(entry, "date/year"),
        "formats": _joined(entry, "format/file-format"),
        "page_count": int(pages) if pages else None,
        "keywords": _joined(entry, "keywords/kw"),
        "draft": _text(entry, "draft"),
        "notes": _text(entry, "notes"),
        "current_status": _required(entry, "current-status"),
        "publication_status": _required(entry, "publication-status"),
        "stream": _text(entry, "stream"),
        "area": _text(entry, "area"),
        "working_group": _text(entry, "wg_acronym"),
        "errata_url": _text(entry, "errata-url"),
        "doi": _text(entry, "doi"),
    }
    relations: list[Row] = [
        {
            "doc_id": doc_id,
            "relation": relation,
            "sequence_number": at,
            "other_doc_id": text(other),
        }
        for relation in RELATIONS
        for at, other in enumerate(entry.findall(f"{{*}}{relation}/{{*}}doc-id"), 1)
    ]
    return {"rfcs": [row], "rfc_relations": relations}


def _required(element: etree._Element, path: str) -> str:
    found = _text(element, path)
    if found is None:
        raise RecordRejected("missing_field", "a field is missing", field=path)
    return found


def _text(element: etree._Element, path: str) -> str | None:
    """Return the text at a path of local names."""
    return text(element, _any_namespace(path))


def _joined(element: etree._Element, path: str) -> str | None:
    found = (text(each) for each in element.findall(_any_namespace(path)))
    return "|".join(filter(None, found)) or None


def _any_namespace(path: str) -> str:
    return "/".join(f"{{*}}{name}" for name in path.split("/"))

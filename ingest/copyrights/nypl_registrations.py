"""NYPL's transcription of US copyright registrations: XML of mixed content, without its DTD."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from ingest.collect import Record, collect
from ingest.copyrights.nypl_registrations_rows import (
    ENTRIES,
    REFERENCES,
    parse_entry,
    parse_reference,
)
from ingest.discover import listed_in_github_tree
from ingest.readers.archive import open_members
from ingest.readers.elements import unknown_paths
from ingest.readers.xml import iter_elements
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import RecordRejected

ENTRY_FILE = re.compile(r"xml/\d{4}/[^/]+\.xml")
"""Files of entries; the pages of scans lie one folder deeper."""

_AUTHOR = "author author/authorName author/authorPlace author/role"
_PUBLISHER = "publisher publisher/pubName publisher/pubPlace publisher/pubDate"
_OF_ALL = f"""
    title edition series vol volumes note copyDate affDate noticeDate regDate regNum
    registrationNumber prev-regNum newMatterClaimed employerName claimant claimantPlace copies
    {_AUTHOR} {_PUBLISHER}
"""
KNOWN = frozenset(
    f"""
    {_OF_ALL} desc additionalEntry prevPub/prev-regNum prevPub
    note/author note/author/authorName note/author/authorPlace note/author/role
    note/publisher note/publisher/pubName note/publisher/pubPlace note/publisher/pubDate
    {" ".join(f"additionalEntry/{path}" for path in _OF_ALL.split())}
    """.split()
)
# Years of life, and what an additional registration or an earlier publication says of itself
# besides its number and day.
_IGNORED_OF_ADDITIONAL = """
    classCode pubDate pubPlace pubName prevPub see author/authorBirth author/authorDeath
"""
IGNORED = frozenset(
    f"""
    author/authorBirth author/authorDeath note/author/authorBirth note/author/authorDeath
    prevPub/role prevPub/author prevPub/regDate issuedInAnotherWork otherauthor classCode
    {" ".join(f"additionalEntry/{path}" for path in _IGNORED_OF_ADDITIONAL.split())}
    """.split()
)
KNOWN_IN_REFERENCE = frozenset(f"{_AUTHOR} title note edition vol series see".split())
IGNORED_IN_REFERENCE = frozenset(
    "author/authorBirth author/authorDeath see/author see/title see/publisher see/pubPlace"
    " see/pubDate see/note".split()
)


BESIDE = frozenset({"header", "page", "crossRef", "entryGroup", "author"})
"""What stands between entries, or above those of a group."""


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the files of entries of each year."""
    url = urljoin(source.endpoint.base_url, source.endpoint.paths[0])
    for resource in listed_in_github_tree(fetch, url):
        if ENTRY_FILE.fullmatch(resource.name):
            yield Resource(resource.url, resource.name.removeprefix("xml/").replace("/", "_"))


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: a file is one document."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield entries with their parties and numbers, and then the references between them."""
    for member in open_members(file.path):
        entries = iter_elements(member.stream, "copyrightEntry", BESIDE)
        yield from collect(
            entries,
            parse_entry,
            source,
            ENTRIES,
            unknown=lambda entry: unknown_paths(entry, KNOWN, IGNORED),
        )
    for member in open_members(file.path):
        references = _whole(iter_elements(member.stream, "crossRef"))
        yield from collect(
            references,
            parse_reference,
            source,
            REFERENCES,
            main="cross_references",
            unknown=lambda each: unknown_paths(each, KNOWN_IN_REFERENCE, IGNORED_IN_REFERENCE),
        )


def _whole(records: Iterator[Record[etree._Element]]) -> Iterator[Record[etree._Element]]:
    """Yield the whole ones: what breaks off was refused with the entries already."""
    return (each for each in records if not isinstance(each.content, RecordRejected))

"""PubMed: files of citations in XML, with a list of deleted ones at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import urljoin

from lxml import etree

from ingest.collect import Parsed, Record, Row, collect, strings
from ingest.discover import listed_in_md5_folder
from ingest.literature.pubmed_fields import unknown_in_citation
from ingest.readers.archive import open_members
from ingest.readers.elements import text
from ingest.readers.xml import iter_elements
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import RecordRejected

PLACE = {"file_year": "int64", "file_number": "int64", "is_baseline": "bool"}
ARTICLES = {
    "articles": strings(
        "title", "title_vernacular", "language", "journal", "issn", "journal_number",
        "journal_country", "volume", "issue", "pages", "year", "date", "electronic_date", "types",
        "publication_status", "citation_status", "revised", "doi",
        pmid="int64", version="int64", author_count="int64", grant_count="int64",
        reference_count="int64", **PLACE,
    ),
    "article_affiliations": strings(
        "author", "orcid", "affiliation", "identifiers",
        pmid="int64", author_number="int64", sequence_number="int64",
    ),
    "article_ids": strings("scheme", "identifier", pmid="int64", sequence_number="int64"),
}  # fmt: skip
DELETIONS = {"article_deletions": strings(pmid="int64", version="int64", **PLACE)}
FILE = re.compile(r"pubmed(?P<year>\d\d)n(?P<number>\d{4,})")

CITATION, ARTICLE = "MedlineCitation", "MedlineCitation/Article"


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the files of the year's baseline and the updates since, each with its checksum."""
    for folder in source.endpoint.paths:
        url = urljoin(source.endpoint.base_url, folder)
        yield from listed_in_md5_folder(fetch, url, suffix=".xml.gz")


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: a file is gzipped, and read from its beginning."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield citations with affiliations and identifiers, and then the deleted ones."""
    parse = partial(_parse, _place(file))
    parse_deleted = partial(_parse_deleted, _place(file))
    for member in open_members(file.path):
        citations = iter_elements(member.stream, "PubmedArticle", beside={"DeleteCitation"})
        yield from collect(citations, parse, source, ARTICLES, unknown=unknown_in_citation)
    for member in open_members(file.path):
        deleted = _deleted(iter_elements(member.stream, "DeleteCitation"))
        yield from collect(deleted, parse_deleted, source, DELETIONS, main="article_deletions")


def _place(file: RawFile) -> Row:
    """Return where a file stands in NLM's order: which citation is newer hangs on it alone."""
    matched = FILE.match(file.name)
    return {
        "file_year": 2000 + int(matched["year"]) if matched else None,
        "file_number": int(matched["number"]) if matched else None,
        "is_baseline": "/baseline/" in file.url,
    }


def _deleted(lists: Iterator[Record[etree._Element]]) -> Iterator[Record[etree._Element]]:
    number = 0
    for each in lists:
        # What breaks off here has been refused with the citations already.
        if isinstance(each.content, RecordRejected):
            continue
        for pmid in each.content.findall("PMID"):
            number += 1
            yield Record(number, f"DeleteCitation PMID {number}", pmid, etree.tostring(pmid))


def _parse_deleted(place: Row, pmid: etree._Element) -> Parsed:
    row: Row = {"pmid": _integer(pmid), "version": int(pmid.attrib["Version"]), **place}
    return {"article_deletions": [row]}


def _integer(element: etree._Element) -> int:
    try:
        return int(element.text or "")
    except ValueError as error:
        raise RecordRejected("wrong_type", "a PMID is a number", found=element.text) from error


def _parse(place: Row, record: etree._Element) -> Parsed:
    found = record.find(f"{CITATION}/PMID")
    article = record.find(ARTICLE)
    if found is None or article is None:
        raise RecordRejected("missing_field", "expected PMID and Article")
    pmid = _integer(found)
    ids = [
        (str(each.attrib["IdType"]), (each.text or "").strip())
        for each in record.findall("PubmedData/ArticleIdList/ArticleId")
    ]
    electronic = [
        (str(each.attrib["EIdType"]), (each.text or "").strip())
        for each in article.findall("ELocationID")
    ]
    citation = record.find(CITATION)
    assert citation is not None
    authors = article.findall("AuthorList/Author")
    row: Row = {
        **place,
        "pmid": pmid,
        "version": int(found.attrib["Version"]),
        "title": text(article, "ArticleTitle"),
        "title_vernacular": text(article, "VernacularTitle"),
        "language": text(article, "Language"),
        "journal": text(article, "Journal/Title"),
        "issn": text(article, "Journal/ISSN"),
        "journal_number": text(record, f"{CITATION}/MedlineJournalInfo/NlmUniqueID"),
        "journal_country": text(record, f"{CITATION}/MedlineJournalInfo/Country"),
        "volume": text(article, "Journal/JournalIssue/Volume"),
        "issue": text(article, "Journal/JournalIssue/Issue"),
        "pages": text(article, "Pagination"),
        "year": text(article, "Journal/JournalIssue/PubDate/Year"),
        "date": _words(article.find("Journal/JournalIssue/PubDate")),
        "electronic_date": _day(article.find("ArticleDate")),
        "types": "|".join(
            each.text or "" for each in article.findall("PublicationTypeList/PublicationType")
        ),
        "publication_status": text(record, "PubmedData/PublicationStatus"),
        "citation_status": str(citation.attrib["Status"]),
        "revised": _day(record.find(f"{CITATION}/DateRevised")),
        "doi": next((value for scheme, value in ids + electronic if scheme == "doi"), None),
        "author_count": len(authors),
        "grant_count": len(article.findall("GrantList/Grant")),
        "reference_count": len(record.findall("PubmedData/ReferenceList/Reference")),
    }
    return {
        "articles": [row],
        "article_affiliations": [
            affiliation
            for number, author in enumerate(authors, 1)
            for affiliation in _affiliations(pmid, number, author)
        ],
        "article_ids": [
            {"pmid": pmid, "sequence_number": at, "scheme": scheme, "identifier": value}
            for at, (scheme, value) in enumerate(ids, 1)
        ],
    }


def _affiliations(pmid: int, number: int, author: etree._Element) -> Iterator[Row]:
    parts = [text(author, part) for part in ("ForeName", "LastName", "Suffix")]
    name = text(author, "CollectiveName") or " ".join(part for part in parts if part) or None
    orcid = next(
        (each.text for each in author.findall("Identifier") if each.get("Source") == "ORCID"), None
    )
    for at, place in enumerate(author.findall("AffiliationInfo"), 1):
        yield {
            "pmid": pmid,
            "author_number": number,
            "sequence_number": at,
            "author": name,
            "orcid": orcid,
            "affiliation": text(place, "Affiliation"),
            "identifiers": "|".join(
                f"{each.get('Source')}:{each.text}" for each in place.findall("Identifier")
            ),
        }


def _words(element: etree._Element | None) -> str | None:
    """Return all parts of a date in their order, as in `1975 Nov-Dec`."""
    if element is None:
        return None
    return " ".join(part.strip() for part in element.itertext() if part.strip()) or None


def _day(element: etree._Element | None) -> str | None:
    if element is None:
        return None
    parts = [text(element, part) or "" for part in ("Year", "Month", "Day")]
    return "-".join([parts[0], parts[1].zfill(2), parts[2].zfill(2)])

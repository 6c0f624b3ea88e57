"""Rows of a Crossref work: the work itself, contributors, references, funders and relations."""

from __future__ import annotations

from ingest.collect import Parsed, Row, strings
from ingest.literature.crossref_parts import (
    contributors,
    day,
    first_of,
    funders_of,
    identifier,
    moment,
    relations,
    updates,
)
from ingest.readers.json import (
    Object,
    integer_or_none,
    object_of,
    objects_of,
    text_of,
    text_or_none,
    texts_of,
)

SCHEMAS = {
    "works": strings(
        "doi", "prefix", "member", "publisher", "publisher_place", "type", "subtype", "title",
        "subtitle", "original_title", "container_title", "container_titles",
        "short_container_title", "issns", "print_issn", "electronic_issn", "isbns", "language",
        "volume", "issue", "article_number", "pages", "edition", "issued", "printed", "online",
        "posted", "degree", "institutions", "event", "event_place", "event_start", "subjects",
        "licence_url", "licence_version", "award_number", "aliases",
        "created", "deposited", "indexed",
        reference_count="int64", cited_by_count="int64", contributor_count="int64",
    ),
    "work_authors": strings(
        "doi", "role", "given", "family", "suffix", "name", "orcid", "sequence",
        contributor_number="int64", affiliation_count="int64",
    ),
    "work_affiliations": strings(
        "doi", "affiliation", "ror", "place", contributor_number="int64", sequence_number="int64",
    ),
    "work_references": strings(
        "doi", "key", "cited_doi", "asserted_by", "author", "year", "article_title",
        "journal_title", "volume_title", "series_title", "volume", "issue", "first_page",
        "edition", "issn", "isbn", "standard_designator", "standards_body", "unstructured",
        sequence_number="int64",
    ),
    "work_funders": strings(
        "doi", "name", "funder_doi", "ror", "awards",
        sequence_number="int64", award_count="int64",
    ),
    "work_relations": strings(
        "doi", "type", "other_scheme", "other", "asserted_by", "update_type", "updated",
        sequence_number="int64",
    ),
}  # fmt: skip

REFERENCE = {
    "key": "key", "cited_doi": "DOI", "asserted_by": "doi-asserted-by", "author": "author",
    "year": "year", "article_title": "article-title", "journal_title": "journal-title",
    "volume_title": "volume-title", "series_title": "series-title", "volume": "volume",
    "issue": "issue", "first_page": "first-page", "edition": "edition", "issn": "ISSN",
    "isbn": "ISBN", "standard_designator": "standard-designator",
    "standards_body": "standards-body", "unstructured": "unstructured",
}  # fmt: skip


def work_rows(record: Object) -> Parsed:
    """Return one work's rows in all tables. Grants keep theirs in the field `project`."""
    doi = text_of(record["DOI"])
    projects = objects_of(record.get("project"))
    holders = [*contributors(record, projects)]
    funders = [*objects_of(record.get("funder")), *funders_of(projects)]
    others = [*relations(record), *updates(record)]
    return {
        "works": [_work_row(doi, record, projects, len(holders))],
        "work_authors": [
            {
                "doi": doi,
                "contributor_number": number,
                "role": role,
                "given": text_or_none(each.get("given")),
                "family": text_or_none(each.get("family")),
                "suffix": text_or_none(each.get("suffix")),
                "name": text_or_none(each.get("name")),
                "orcid": text_or_none(each.get("ORCID")),
                "sequence": text_or_none(each.get("sequence")),
                "affiliation_count": len(objects_of(each.get("affiliation"))),
            }
            for number, (role, each) in enumerate(holders, 1)
        ],
        "work_affiliations": [
            {
                "doi": doi,
                "contributor_number": number,
                "sequence_number": at,
                "affiliation": text_or_none(place.get("name")),
                "ror": identifier(place, "ROR"),
                "place": "|".join(texts_of(place.get("place"))),
            }
            for number, (_, each) in enumerate(holders, 1)
            for at, place in enumerate(objects_of(each.get("affiliation")), 1)
        ],
        "work_references": [
            {
                "doi": doi,
                "sequence_number": at,
                **{name: text_or_none(each.get(field)) for name, field in REFERENCE.items()},
            }
            for at, each in enumerate(objects_of(record.get("reference")), 1)
        ],
        "work_funders": [
            {
                "doi": doi,
                "sequence_number": at,
                "name": text_or_none(each["name"]),
                "funder_doi": text_or_none(each.get("DOI")) or identifier(each, "DOI"),
                "ror": identifier(each, "ROR"),
                "awards": "|".join(texts_of(each.get("award"))),
                "award_count": len(texts_of(each.get("award"))),
            }
            for at, each in enumerate(funders, 1)
        ],
        "work_relations": [
            {"doi": doi, "sequence_number": at, **each} for at, each in enumerate(others, 1)
        ],
    }


def _work_row(doi: str, record: Object, projects: list[Object], contributor_count: int) -> Row:
    containers = texts_of(record.get("container-title"))
    issns = {
        text_of(each["type"]): text_of(each["value"])
        for each in objects_of(record.get("issn-type"))
    }
    licences = objects_of(record.get("license"))
    # That of the version of record, where several are given.
    licences.sort(key=lambda each: each["content-version"] != "vor")
    licence = licences[0] if licences else {}
    event = object_of(record.get("event") or {})
    of_projects = [
        text_of(title["title"]) for each in projects for title in objects_of(each["project-title"])
    ]
    return {
        "doi": doi,
        "prefix": text_or_none(record.get("prefix")),
        "member": text_of(record["member"]),
        "publisher": text_of(record["publisher"]),
        "publisher_place": text_or_none(record.get("publisher-location")),
        "type": text_of(record["type"]),
        "subtype": text_or_none(record.get("subtype")),
        "title": next(iter(texts_of(record.get("title")) or of_projects), None),
        "subtitle": first_of(record.get("subtitle")),
        "original_title": first_of(record.get("original-title")),
        "container_title": containers[0] if containers else None,
        "container_titles": "|".join(containers),
        "short_container_title": first_of(record.get("short-container-title")),
        "issns": "|".join(texts_of(record.get("ISSN"))),
        "print_issn": issns.get("print"),
        "electronic_issn": issns.get("electronic"),
        "isbns": "|".join(texts_of(record.get("ISBN"))),
        "language": text_or_none(record.get("language")),
        "volume": text_or_none(record.get("volume")),
        "issue": text_or_none(record.get("issue")),
        "article_number": text_or_none(record.get("article-number")),
        "pages": text_or_none(record.get("page")),
        "edition": text_or_none(record.get("edition-number")),
        "issued": day(record.get("issued")),
        "printed": day(record.get("published-print")),
        "online": day(record.get("published-online")),
        "posted": day(record.get("posted")),
        "degree": "|".join(texts_of(record.get("degree"))),
        "institutions": "|".join(
            text_of(each["name"]) for each in objects_of(record.get("institution"))
        ),
        "event": text_or_none(event.get("name")),
        "event_place": text_or_none(event.get("location")),
        "event_start": day(event.get("start")),
        "subjects": "|".join(texts_of(record.get("subject"))),
        "licence_url": text_or_none(licence.get("URL")),
        "licence_version": text_or_none(licence.get("content-version")),
        "award_number": text_or_none(record.get("award")),
        "aliases": "|".join(texts_of(record.get("aliases"))),
        "created": moment(record["created"]),
        "deposited": moment(record["deposited"]),
        "indexed": moment(record["indexed"]),
        "reference_count": integer_or_none(record.get("reference-count")),
        "cited_by_count": integer_or_none(record.get("is-referenced-by-count")),
        "contributor_count": contributor_count,
    }

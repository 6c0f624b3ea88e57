"""Rows of OpenAlex's works and institutions."""

from __future__ import annotations

from ingest.collect import Parsed, Row, strings
from ingest.readers.json import (
    Object,
    flag_or_none,
    integer_or_none,
    number_of,
    object_of,
    objects_of,
    text_of,
    text_or_none,
    texts_of,
)

WORKS = {
    "works": strings(
        "id", "doi", "pmid", "title", "type", "language", "publication_date",
        "source_id", "source_name", "source_type", "source_issn", "publisher", "licence",
        "landing_page", "open_access_status", "volume", "issue", "first_page", "last_page",
        "topic_id", "topic", "subfield", "field", "domain", "indexed_in", "created", "updated",
        publication_year="int64", cited_by_count="int64", reference_count="int64",
        author_count="int64", fwci="float64", is_open_access="bool", is_retracted="bool",
        is_paratext="bool", is_author_list_cut="bool",
    ),
    "work_authorships": strings(
        "id", "position", "author_id", "author", "author_raw", "orcid", "countries",
        author_number="int64", institution_count="int64", affiliation_count="int64",
        is_corresponding="bool",
    ),
    "work_institutions": strings(
        "id", "institution_id", "ror", "name", "country_code", "type",
        author_number="int64", sequence_number="int64",
    ),
    "work_affiliations": strings(
        "id", "affiliation", "institution_ids", author_number="int64", sequence_number="int64",
    ),
    "work_references": strings("id", "cited_id", sequence_number="int64"),
    "work_funders": strings("id", "funder_id", "name", "ror", sequence_number="int64"),
}  # fmt: skip
INSTITUTIONS = {
    "institutions": strings(
        "id", "ror", "name", "acronyms", "alternatives", "type", "status", "country_code",
        "region", "city", "geonames_id", "homepage", "grid", "wikidata", "lineage",
        "created", "updated",
        works_count="int64", cited_by_count="int64", h_index="int64",
        latitude="float64", longitude="float64",
    ),
}  # fmt: skip


def work_rows(record: Object) -> Parsed:
    """Return one work's rows; a field that is absent or null is null, but for id and authors."""
    work_id = text_of(record["id"])
    authorships = objects_of(record["authorships"])
    location = _part(record, "primary_location")
    journal = _part(location, "source")
    access = _part(record, "open_access")
    biblio = _part(record, "biblio")
    topic = _part(record, "primary_topic")
    references = texts_of(record.get("referenced_works"))
    row: Row = {
        "id": work_id,
        "doi": text_or_none(record.get("doi")),
        "pmid": text_or_none(_part(record, "ids").get("pmid")),
        "title": text_or_none(record["display_name"]),
        "type": text_or_none(record.get("type")),
        "language": text_or_none(record.get("language")),
        "publication_year": integer_or_none(record.get("publication_year")),
        "publication_date": text_or_none(record["publication_date"]),
        "source_id": text_or_none(journal.get("id")),
        "source_name": text_or_none(journal.get("display_name")),
        "source_type": text_or_none(journal.get("type")),
        "source_issn": text_or_none(journal.get("issn_l")),
        "publisher": text_or_none(journal.get("host_organization_name")),
        "licence": text_or_none(location.get("license")),
        "landing_page": text_or_none(location.get("landing_page_url")),
        "is_open_access": flag_or_none(access.get("is_oa")),
        "open_access_status": text_or_none(access.get("oa_status")),
        "volume": text_or_none(biblio.get("volume")),
        "issue": text_or_none(biblio.get("issue")),
        "first_page": text_or_none(biblio.get("first_page")),
        "last_page": text_or_none(biblio.get("last_page")),
        "topic_id": text_or_none(topic.get("id")),
        "topic": text_or_none(topic.get("display_name")),
        "subfield": text_or_none(_part(topic, "subfield").get("display_name")),
        "field": text_or_none(_part(topic, "field").get("display_name")),
        "domain": text_or_none(_part(topic, "domain").get("display_name")),
        "indexed_in": "|".join(texts_of(record.get("indexed_in"))),
        "created": text_or_none(record.get("created_date")),
        "updated": text_or_none(record.get("updated_date")),
        "cited_by_count": integer_or_none(record["cited_by_count"]),
        "reference_count": integer_or_none(record.get("referenced_works_count")),
        "author_count": len(authorships),
        "fwci": number_of(record.get("fwci")),
        "is_retracted": flag_or_none(record.get("is_retracted")),
        "is_paratext": flag_or_none(record.get("is_paratext")),
        "is_author_list_cut": flag_or_none(record.get("is_authors_truncated")) or False,
    }
    authors = list(enumerate(authorships, 1))
    return {
        "works": [row],
        "work_authorships": [_author_row(work_id, at, each) for at, each in authors],
        "work_institutions": [
            {
                "id": work_id,
                "author_number": number,
                "sequence_number": at,
                "institution_id": text_or_none(each["id"]),
                "ror": text_or_none(each["ror"]),
                "name": text_or_none(each["display_name"]),
                "country_code": text_or_none(each["country_code"]),
                "type": text_or_none(each["type"]),
            }
            for number, authorship in authors
            for at, each in enumerate(objects_of(authorship["institutions"]), 1)
        ],
        "work_affiliations": [
            {
                "id": work_id,
                "author_number": number,
                "sequence_number": at,
                "affiliation": text_or_none(each["raw_affiliation_string"]),
                "institution_ids": "|".join(texts_of(each["institution_ids"])),
            }
            for number, authorship in authors
            for at, each in enumerate(objects_of(authorship["affiliations"]), 1)
        ],
        "work_references": [
            {"id": work_id, "sequence_number": at, "cited_id": cited}
            for at, cited in enumerate(references, 1)
        ],
        "work_funders": [
            {
                "id": work_id,
                "sequence_number": at,
                "funder_id": text_or_none(each["id"]),
                "name": text_or_none(each["display_name"]),
                "ror": text_or_none(each["ror"]),
            }
            for at, each in enumerate(objects_of(record.get("funders")), 1)
        ],
    }


def _author_row(work_id: str, number: int, authorship: Object) -> Row:
    author = object_of(authorship["author"])
    orcid = text_or_none(author.get("orcid")) or text_or_none(authorship.get("raw_orcid"))
    return {
        "id": work_id,
        "author_number": number,
        "position": text_or_none(authorship["author_position"]),
        "author_id": text_or_none(author.get("id")),
        "author": text_or_none(author.get("display_name")),
        "author_raw": text_or_none(authorship.get("raw_author_name")),
        "orcid": orcid,
        "countries": "|".join(texts_of(authorship["countries"])),
        "institution_count": len(objects_of(authorship["institutions"])),
        "affiliation_count": len(objects_of(authorship["affiliations"])),
        "is_corresponding": flag_or_none(authorship["is_corresponding"]),
    }


def institution_rows(record: Object) -> Parsed:
    """Return one institution's row."""
    geo = _part(record, "geo")
    ids = _part(record, "ids")
    row: Row = {
        "id": text_of(record["id"]),
        "ror": text_or_none(record["ror"]),
        "name": text_of(record["display_name"]),
        "acronyms": "|".join(texts_of(record.get("display_name_acronyms"))),
        "alternatives": "|".join(texts_of(record.get("display_name_alternatives"))),
        "type": text_or_none(record["type"]),
        "status": text_or_none(record.get("status")),
        "country_code": text_or_none(record["country_code"]),
        "region": text_or_none(geo.get("region")),
        "city": text_or_none(geo.get("city")),
        "geonames_id": text_or_none(geo.get("geonames_city_id")),
        "latitude": number_of(geo.get("latitude")),
        "longitude": number_of(geo.get("longitude")),
        "homepage": text_or_none(record.get("homepage_url")),
        "grid": text_or_none(ids.get("grid")),
        "wikidata": text_or_none(ids.get("wikidata")),
        "lineage": "|".join(texts_of(record.get("lineage"))),
        "created": text_or_none(record.get("created_date")),
        "updated": text_or_none(record.get("updated_date")),
        "works_count": integer_or_none(record["works_count"]),
        "cited_by_count": integer_or_none(record["cited_by_count"]),
        "h_index": integer_or_none(_part(record, "summary_stats").get("h_index")),
    }
    return {"institutions": [row]}


def _part(record: Object, name: str) -> Object:
    """Return an object within another one, empty where it is absent or null."""
    value = record.get(name)
    return {} if value is None else object_of(value)

"""The fields that are known of OpenAlex's works and institutions, and those that are not staged."""

from __future__ import annotations

from ingest.readers.json import Object, unknown_keys

KNOWN_IN_WORK = frozenset(
    """
    id doi ids ids/pmid display_name type language publication_year publication_date
    primary_location primary_location/landing_page_url primary_location/license
    primary_location/source primary_location/source/id primary_location/source/display_name
    primary_location/source/type primary_location/source/issn_l
    primary_location/source/host_organization_name
    open_access open_access/is_oa open_access/oa_status
    biblio biblio/volume biblio/issue biblio/first_page biblio/last_page
    primary_topic primary_topic/id primary_topic/display_name
    primary_topic/subfield primary_topic/subfield/display_name
    primary_topic/field primary_topic/field/display_name
    primary_topic/domain primary_topic/domain/display_name
    indexed_in created_date updated_date cited_by_count referenced_works_count fwci
    is_retracted is_paratext is_authors_truncated
    authorships authorships/author_position authorships/author authorships/author/id
    authorships/author/display_name authorships/author/orcid authorships/raw_author_name
    authorships/raw_orcid authorships/countries authorships/is_corresponding
    authorships/institutions authorships/institutions/id authorships/institutions/ror
    authorships/institutions/display_name authorships/institutions/country_code
    authorships/institutions/type
    authorships/affiliations authorships/affiliations/raw_affiliation_string
    authorships/affiliations/institution_ids
    referenced_works funders funders/id funders/display_name funders/ror
    """.split()
)
# Abstracts are never staged: publishers have rights in them. The other fields say again what
# is known (title, counts), are OpenAlex's own scores and guesses, or hold copies of the work.
IGNORED_IN_WORK = frozenset(
    """
    abstract_inverted_index abstract_inverted_index_v3 title relevance_score related_works
    concepts keywords mesh sustainable_development_goals topics counts_by_year
    citation_normalized_percentile cited_by_percentile_year locations locations_count
    best_oa_location has_content has_fulltext fulltext_origin content_urls apc_list apc_paid
    awards grants is_xpac institutions countries_distinct_count institutions_distinct_count
    corresponding_author_ids corresponding_institution_ids versions
    ids/openalex ids/doi ids/mag ids/pmcid
    authorships/raw_affiliation_strings authorships/institutions/lineage
    open_access/oa_url open_access/any_repository_has_fulltext
    primary_location/id primary_location/is_oa primary_location/pdf_url
    primary_location/license_id primary_location/version primary_location/is_accepted
    primary_location/is_published primary_location/raw_source_name primary_location/raw_type
    primary_location/source/issn primary_location/source/is_oa
    primary_location/source/is_in_doaj primary_location/source/is_core
    primary_location/source/host_organization
    primary_location/source/host_organization_lineage
    primary_location/source/host_organization_lineage_names
    primary_topic/score primary_topic/subfield/id primary_topic/field/id primary_topic/domain/id
    """.split()
)
KNOWN_IN_INSTITUTION = frozenset(
    """
    id ror display_name display_name_acronyms display_name_alternatives type status country_code
    geo geo/city geo/region geo/geonames_city_id geo/latitude geo/longitude homepage_url
    ids ids/grid ids/wikidata lineage works_count cited_by_count
    summary_stats summary_stats/h_index created_date updated_date
    """.split()
)
# Who belongs to whom is in `lineage` and in ROR; topics and pictures are not wanted.
IGNORED_IN_INSTITUTION = frozenset(
    """
    relevance_score associated_institutions counts_by_year topics topic_share roles repositories
    international image_url image_thumbnail_url is_super_system type_id works_api_url
    geo/country geo/country_code ids/openalex ids/ror ids/wikipedia ids/mag
    summary_stats/2yr_mean_citedness summary_stats/i10_index x_concepts
    """.split()
)


def unknown_in_work(record: Object) -> list[str]:
    """Return the paths in a work that nobody handles or ignores by name."""
    return unknown_keys(record, KNOWN_IN_WORK, IGNORED_IN_WORK)


def unknown_in_institution(record: Object) -> list[str]:
    """Return the paths in an institution that nobody handles or ignores by name."""
    return unknown_keys(record, KNOWN_IN_INSTITUTION, IGNORED_IN_INSTITUTION)

"""Links of rights as files in `lake/xref`: families, works that patents cite, places of owners.

What is linked to what, pure functions decide that `warehouse.refresh` hands over. This module
reads what they need from the staging views of a build, and writes what they find.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from iplake import lake
from iplake.log import get_logger

log = get_logger(__name__)

Tables = Mapping[str, pl.DataFrame]

BREAKS = Path(__file__).parents[1] / "transforms" / "linkage" / "reviewed" / "family_breaks.csv"


@dataclass(frozen=True, slots=True)
class Linkers:
    """What links rights, each from the tables that `READ` names; see `transforms.linkage.rights`.

    Patent families come with the reviewed breaks that broke nothing.
    """

    patent_families: Callable[[Tables], tuple[pl.DataFrame, pl.DataFrame]]
    works: Callable[[Tables], pl.DataFrame]
    patent_works: Callable[[Tables], pl.DataFrame]
    mark_families: Callable[[Tables], pl.DataFrame]
    sep_chain: Callable[[Tables], pl.DataFrame]
    document_places: Callable[[Tables], pl.DataFrame]


US_DOCUMENT = """
    publication_number, office_code, application_number, filing_date, pct_application_number,
    pct_filing_date, _snapshot_id, _record_number
"""
PRIORITY = """
    priority_country_code, priority_application_number, priority_application_number_raw,
    priority_date, _snapshot_id, _record_number
"""
RELATION = """
    relation_type, related_country_code, related_number, related_date, child_application_number,
    _snapshot_id, _record_number
"""
# Pages are a range as received, 121-8; its end is cut down to what changes.
FIRST_PAGE = "nullif(trim(split_part(pages, '-', 1)), '')"
LAST_PAGE = "nullif(trim(split_part(pages, '-', 2)), '')"

READ = {
    "patent_families": {
        "documents": f"""
            select {US_DOCUMENT} from staging.stg_uspto_grants__grants
            union all
            select {US_DOCUMENT} from staging.stg_uspto_applications__applications
            union all
            select {US_DOCUMENT} from staging.stg_epo_fulltext__publications
            union all
            select publication_number, office_code, application_number, filing_date,
                cast(null as varchar), cast(null as date), _snapshot_id, _record_number
            from staging.stg_cnipa_gazette__announcements
        """,
        "priorities": f"""
            select {PRIORITY} from staging.stg_uspto_grants__grant_priorities
            union all
            select {PRIORITY} from staging.stg_uspto_applications__application_priorities
            union all
            select {PRIORITY} from staging.stg_epo_fulltext__publication_priorities
        """,
        # Later divisions name their parent themselves.
        "relations": f"""
            select {RELATION} from staging.stg_uspto_grants__grant_relations
            union all
            select {RELATION} from staging.stg_uspto_applications__application_relations
            union all
            select relation_type, 'EP', related_application_number, related_date,
                cast(null as varchar), _snapshot_id, _record_number
            from staging.stg_epo_fulltext__publication_relations
            where related_role = 'parent' and related_application_number is not null
        """,
        "continuity": """
            select child_application_number, parent_application_number, parentage_type_code,
                relation_direction, related_filing_date
            from staging.stg_uspto_file_wrapper__wrapper_continuity
        """,
        "declarations": """
            select office_code, application_number, application_date, priority_numbers_raw
            from staging.stg_etsi_isld__declarations
        """,
    },
    "works": {
        "records": """
            select source, _snapshot_id, _record_number, cast(pmid as varchar) as pmid, doi,
                arxiv_id, openalex_id
            from core.int_work__standing
        """,
    },
    "patent_works": {
        "references": """
            select publication_number, sequence_number, citation_raw as text
            from staging.stg_uspto_grants__grant_citations
            where citation_type = 'non_patent' and citation_raw is not null
            union all
            select publication_number, sequence_number, citation_raw as text
            from staging.stg_epo_fulltext__publication_citations
            where citation_type = 'non_patent' and citation_raw is not null
        """,
        "records": f"""
            with
            pubmed_authors as (
                select _snapshot_id, _record_number,
                    list(author_name order by author_number) as authors
                from (
                    select distinct _snapshot_id, _record_number, author_number, author_name
                    from staging.stg_pubmed__article_affiliations
                    where author_name is not null
                )
                group by all
            ),
            crossref_authors as (
                select _snapshot_id, _record_number,
                    list(coalesce(last_name, author_name) order by contributor_number) as authors
                from staging.stg_crossref__work_authors
                where contributor_role = 'author'
                group by all
            ),
            openalex_authors as (
                select _snapshot_id, _record_number,
                    list(author_name order by author_number) as authors
                from staging.stg_openalex__work_authorships
                where author_name is not null
                group by all
            ),
            arxiv_authors as (
                select _snapshot_id, _record_number,
                    list(coalesce(last_name, author_name) order by author_number) as authors
                from staging.stg_arxiv__record_authors
                group by all
            ),
            told as (
                select 'literature/pubmed' as source, _snapshot_id, _record_number, title, authors,
                    journal_name, volume, {FIRST_PAGE} as first_page, {LAST_PAGE} as last_page,
                    publication_year
                from staging.stg_pubmed__articles
                left join pubmed_authors using (_snapshot_id, _record_number)
                union all
                select 'literature/crossref', _snapshot_id, _record_number, title, authors,
                    container_title, volume, {FIRST_PAGE}, {LAST_PAGE}, publication_year
                from staging.stg_crossref__works
                left join crossref_authors using (_snapshot_id, _record_number)
                union all
                select 'literature/openalex', _snapshot_id, _record_number, title, authors,
                    source_name, volume, first_page, last_page, publication_year
                from staging.stg_openalex__works
                left join openalex_authors using (_snapshot_id, _record_number)
                union all
                select 'literature/arxiv', _snapshot_id, _record_number, title, authors, null,
                    null, null, null, submission_year
                from staging.stg_arxiv__records
                left join arxiv_authors using (_snapshot_id, _record_number)
            )
            select works.work_id, works.sequence_number, cast(standing.pmid as varchar) as pmid,
                standing.doi, standing.arxiv_id,
                told.* exclude (source, _snapshot_id, _record_number)
            from read_parquet($works) as works
            inner join core.int_work__standing as standing
                using (source, _snapshot_id, _record_number)
            inner join told using (source, _snapshot_id, _record_number)
        """,
    },
    "mark_families": {
        "european_marks": """
            select application_number, filing_date, mark_text
            from staging.stg_euipo_trademarks__trademarks
        """,
        "american_marks": """
            select serial_number, transaction_date, filing_date, mark_text, _snapshot_id,
                _record_number
            from staging.stg_uspto_trademarks__case_files
        """,
        # The daily files do not tell which registration by Madrid a designation belongs to.
        "international_numbers": """
            select cast(null as varchar) as serial_number,
                cast(null as varchar) as international_number
            limit 0
        """,
        "owners": """
            select distinct mentions.right_id as mark_id, parties.party_id as owner_id
            from core.fct_party_mention as mentions
            inner join read_parquet($party_names) as parties using (name_key)
            where mentions.right_type = 'trademark'
        """,
        "classes": """
            select distinct 'EM:' || application_number as mark_id, class_number
            from staging.stg_euipo_trademarks__trademark_classes
            union
            select 'US:' || serial_number, try_cast(class_code as bigint)
            from staging.stg_uspto_trademarks__case_file_classes
            where classification_scheme = 'NICE'
        """,
        "claims": """
            select application_number, country_code, earlier_number, status
            from staging.stg_euipo_trademarks__trademark_claims
        """,
    },
    "document_places": {
        "addresses": """
            select publication_number, address_raw as address, publication_date as document_date
            from staging.stg_cnipa_gazette__announcements
            where address_raw is not null
        """,
        # Patents of the EPO name proprietors, applications applicants, of which one is the first.
        "owners": """
            select publication_number, country_code, state_code
            from staging.stg_uspto_grants__grant_parties
            where party_role in ('assignee', 'applicant') and sequence_number = 1
            union all
            select publication_number, country_code, state_code
            from staging.stg_uspto_applications__application_parties
            where party_role in ('assignee', 'applicant') and sequence_number = 1
            union all
            select publication_number, arg_min(country_code, sequence_number), null
            from staging.stg_epo_fulltext__publication_parties
            where party_role in ('applicant', 'proprietor')
            group by publication_number
        """,
        "divisions": "select * from staging.stg_gbt2260__divisions",
        "changes": "select * from staging.stg_gbt2260__division_changes",
    },
    "sep_chain": {
        "declarations": "select * from staging.stg_etsi_isld__declarations",
        "declared_publications": "select * from staging.stg_etsi_isld__declared_publications",
        "families": """
            select publication_number, application_id, extended_family_id
            from read_parquet($patent_families)
        """,
    },
}
"""What each link reads: tables by name, with the query on the build that gives their rows."""


THINGS = """
    with
    families as (
        select distinct rights.right_id, families.extended_family_id as thing_id
        from read_parquet($patent_families) as families
        inner join core.fct_publication as rights using (publication_number)
    )
    select families.thing_id, split_part(families.right_id, ':', 1) as office, mentions.name_key
    from families
    inner join core.fct_party_mention as mentions using (right_id)
    union
    select chain.patent_family_id, 'ETSI', mentions.name_key
    from read_parquet($sep_chain) as chain
    inner join staging.stg_etsi_isld__declarations as declared using (declaration_number)
    inner join core.fct_party_mention as mentions
        on mentions.source = 'standards/etsi_isld'
        and mentions._snapshot_id = declared._snapshot_id
        and mentions._record_number = declared._record_number
"""
"""Who owns a family of patents by each office, and who declared it to be of use for a standard."""


def link_documents(linkers: Linkers) -> dict[str, int]:
    """Write the links that need no parties: families, works, declarations, places."""
    families, idle = linkers.patent_families(
        {**read("patent_families"), "breaks": read_breaks()},
    )
    for row in idle.iter_rows(named=True):
        log.warning("a reviewed break parts no two applications", **row)
    counts = {"patent_families": _write("patent_families", families)}
    for name, linker in (
        ("works", linkers.works),
        ("patent_works", linkers.patent_works),
        ("sep_chain", linkers.sep_chain),
        ("document_places", linkers.document_places),
    ):
        counts[name] = _write(name, linker(read(name)))
    log.info("linked documents", **counts)
    return counts


def link_marks(linkers: Linkers) -> dict[str, int]:
    """Write the families of marks, which go by their owners; return their rows."""
    return {"mark_families": _write("mark_families", linkers.mark_families(read("mark_families")))}


def read_things() -> pl.DataFrame:
    """Return `thing_id`, `office` and the owner's `name_key` of what is published at offices."""
    with duckdb.connect(lake.build_database(), read_only=True) as connection:
        return _rows(connection, THINGS)


def read(name: str) -> dict[str, pl.DataFrame]:
    """Return the tables that a link reads from the build and from links made before it."""
    with duckdb.connect(lake.build_database(), read_only=True) as connection:
        return {table: _rows(connection, query) for table, query in READ[name].items()}


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    made = {each: str(lake.xref() / f"{each}.parquet") for each in ("party_names", *READ)}
    return connection.execute(
        query, {each: path for each, path in made.items() if f"${each}" in query}
    ).pl()


def read_breaks() -> pl.DataFrame:
    """Return the links between applications that were reviewed and found wrong."""
    return pl.read_csv(BREAKS, infer_schema=False)


def _write(name: str, rows: pl.DataFrame) -> int:
    folder = lake.ensure(lake.xref())
    part = folder / f"{name}.parquet.part"
    rows.write_parquet(part)
    part.replace(folder / f"{name}.parquet")
    return rows.height

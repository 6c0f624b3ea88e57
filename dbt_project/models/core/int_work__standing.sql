-- One row per record of literature that stands, of each source: linkage divides these
-- into works. Of PubMed the highest version of a citation stands: by NLM's rule a file
-- of a higher number has the newer citation, DeleteCitation holds until a later file
-- brings it again, and a new baseline replaces all files of years before. Of the other
-- sources that record stands which was changed last, unless it says that the work is
-- gone.
with

placed as (

    select
        *,
        coalesce(file_year, 0) * 1000000 + coalesce(file_number, 0) as file_place,
        max(case when is_baseline then file_year end) over () as baseline_year
    from {{ ref('stg_pubmed__articles') }}

),

newest as (

    select
        *,
        row_number() over (
            partition by pmid, version
            order by file_place desc, _snapshot_id desc, _record_number desc
        ) as file_rank
    from placed
    where baseline_year is null or file_year is null or file_year >= baseline_year

),

deleted as (

    select
        pmid,
        version,
        max(coalesce(file_year, 0) * 1000000 + coalesce(file_number, 0)) as file_place
    from {{ ref('stg_pubmed__article_deletions') }}
    group by pmid, version

),

standing as (

    select
        newest.*,
        row_number() over (
            partition by newest.pmid order by newest.version desc
        ) as version_rank
    from newest
    left join deleted
        on newest.pmid = deleted.pmid and newest.version = deleted.version
    where
        newest.file_rank = 1
        and (deleted.pmid is null or deleted.file_place < newest.file_place)

),

-- Editors and investigators are contributors too.
crossref_authors as (

    select
        _snapshot_id,
        _record_number,
        count(*) as author_count
    from {{ ref('stg_crossref__work_authors') }}
    where contributor_role = 'author'
    group by _snapshot_id, _record_number

),

crossref as (

    select
        *,
        row_number() over (
            partition by doi
            order by indexed_at desc, _snapshot_id desc, _record_number desc
        ) as place
    from {{ ref('stg_crossref__works') }}

),

openalex as (

    select
        *,
        row_number() over (
            partition by openalex_id
            order by updated_at desc nulls last, _snapshot_id desc, _record_number desc
        ) as place
    from {{ ref('stg_openalex__works') }}

),

arxiv as (

    select
        *,
        row_number() over (
            partition by arxiv_id
            order by datestamp desc, _snapshot_id desc, _record_number desc
        ) as place
    from {{ ref('stg_arxiv__records') }}

),

final as (

    select
        'literature/pubmed' as source,
        _snapshot_id,
        _record_number,
        pmid,
        doi,
        cast(null as string) as arxiv_id,
        cast(null as string) as openalex_id,
        title,
        language_code,
        journal_name,
        journal_issn,
        publication_year,
        author_count,
        reference_count
    from standing
    where version_rank = 1
    union all
    select
        'literature/crossref' as source,
        crossref._snapshot_id,
        crossref._record_number,
        cast(null as bigint) as pmid,
        crossref.doi,
        cast(null as string) as arxiv_id,
        cast(null as string) as openalex_id,
        crossref.title,
        crossref.language_code,
        crossref.container_title as journal_name,
        coalesce(crossref.print_issn, crossref.electronic_issn) as journal_issn,
        crossref.publication_year,
        coalesce(crossref_authors.author_count, 0) as author_count,
        crossref.reference_count
    from crossref
    left join crossref_authors
        on
            crossref._snapshot_id = crossref_authors._snapshot_id
            and crossref._record_number = crossref_authors._record_number
    where crossref.place = 1
    union all
    select
        'literature/openalex' as source,
        _snapshot_id,
        _record_number,
        pmid,
        doi,
        -- The DOI of a preprint is made of its number.
        case when doi like '10.48550/arxiv.%' then substr(doi, 16) end as arxiv_id,
        openalex_id,
        title,
        language_code,
        source_name as journal_name,
        source_issn as journal_issn,
        publication_year,
        author_count,
        reference_count
    from openalex
    where place = 1
    union all
    select
        'literature/arxiv' as source,
        _snapshot_id,
        _record_number,
        cast(null as bigint) as pmid,
        doi,
        arxiv_id,
        cast(null as string) as openalex_id,
        title,
        cast(null as string) as language_code,
        cast(null as string) as journal_name,
        cast(null as string) as journal_issn,
        submission_year as publication_year,
        author_count,
        cast(null as bigint) as reference_count
    from arxiv
    where place = 1 and not is_deleted

)

select * from final

-- One row per article, in the highest version of its citation that stands. By NLM's
-- rule a file of a higher number has the newer citation, DeleteCitation holds until a
-- later file brings it again, and a new baseline replaces all files of years before.
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

final as (

    select
        doi,
        title,
        language_code,
        journal_name,
        journal_issn,
        publication_year,
        author_count,
        reference_count,
        _snapshot_id,
        _record_number,
        'PMID:' || cast(pmid as string) as work_id
    from standing
    where version_rank = 1

)

select * from final

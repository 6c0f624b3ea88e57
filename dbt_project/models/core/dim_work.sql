-- One row per article, in its last version that was not taken away.
with

ranked as (

    select
        *,
        row_number() over (
            partition by pmid
            order by
                version desc, revised_date desc, _snapshot_id desc, _record_number desc
        ) as place
    from {{ ref('stg_pubmed__articles') }}

),

deleted as (

    select distinct
        pmid,
        version
    from {{ ref('stg_pubmed__article_deletions') }}

),

final as (

    select
        ranked.doi,
        ranked.title,
        ranked.language_code,
        ranked.journal_name,
        ranked.journal_issn,
        ranked.publication_year,
        ranked.author_count,
        ranked.reference_count,
        ranked._snapshot_id,
        ranked._record_number,
        'PMID:' || cast(ranked.pmid as string) as work_id
    from ranked
    left join deleted on ranked.pmid = deleted.pmid and ranked.version = deleted.version
    where ranked.place = 1 and deleted.pmid is null

)

select * from final

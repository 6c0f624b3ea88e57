-- One row per work of literature: what its first record tells, in the order PubMed,
-- Crossref, OpenAlex, arXiv, and the numbers that it has in all of them.
with

records as (

    select
        standing.*,
        linked.work_id,
        linked.sequence_number
    from {{ ref('xref_work__record') }} as linked
    inner join {{ ref('int_work__standing') }} as standing
        on
            linked.source = standing.source
            and linked._snapshot_id = standing._snapshot_id
            and linked._record_number = standing._record_number

),

-- Of several numbers of one kind that of the first record is the work's.
first_of_kind as (

    select
        work_id,
        count(*) as record_count,
        min(case when pmid is not null then sequence_number end) as pmid_place,
        min(case when doi is not null then sequence_number end) as doi_place,
        min(case when arxiv_id is not null then sequence_number end) as arxiv_place,
        min(case when openalex_id is not null then sequence_number end)
            as openalex_place
    from records
    group by work_id

),

numbered as (

    select
        records.work_id,
        max(firsts.record_count) as record_count,
        max(case when records.sequence_number = firsts.pmid_place then records.pmid end)
            as pmid,
        max(case when records.sequence_number = firsts.doi_place then records.doi end)
            as doi,
        max(
            case
                when records.sequence_number = firsts.arxiv_place then records.arxiv_id
            end
        ) as arxiv_id,
        max(
            case
                when records.sequence_number = firsts.openalex_place
                    then records.openalex_id
            end
        ) as openalex_id
    from records
    inner join first_of_kind as firsts on records.work_id = firsts.work_id
    group by records.work_id

),

final as (

    select
        numbered.work_id,
        numbered.pmid,
        numbered.doi,
        numbered.arxiv_id,
        numbered.openalex_id,
        firsts.title,
        firsts.language_code,
        firsts.journal_name,
        firsts.journal_issn,
        firsts.publication_year,
        firsts.author_count,
        firsts.reference_count,
        numbered.record_count,
        firsts.source,
        firsts._snapshot_id,
        firsts._record_number
    from numbered
    inner join
        records as firsts
        on numbered.work_id = firsts.work_id and firsts.sequence_number = 1

)

select * from final

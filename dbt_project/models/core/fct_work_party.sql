-- One row per work, organisation and what it is to the work: an author's affiliation,
-- or a funder. A number of the source decides before a name; of an affiliation in free
-- text a part has to be the whole name of a known organisation.
with

records as (

    select
        source,
        _snapshot_id,
        _record_number,
        work_id
    from {{ ref('xref_work__record') }}

),

aliases as (

    select
        name_key,
        min(party_id) as party_id,
        min(ror_id) as ror_id
    from {{ ref('party_alias') }}
    group by name_key

),

-- A party whose id is of another registry has no ROR id of its own: its names have.
counted as (

    select
        spelled.ror_id,
        aliases.party_id,
        max(case when aliases.ror_id = spelled.ror_id then 1 else 0 end) as is_of_ror,
        count(distinct spelled.name_key) as name_count
    from {{ ref('int_party__spelled') }} as spelled
    inner join aliases on spelled.name_key = aliases.name_key
    where spelled.ror_id is not null
    group by spelled.ror_id, aliases.party_id

),

numbers as (

    select
        ror_id,
        party_id,
        row_number() over (
            partition by ror_id
            order by is_of_ror desc, name_count desc, party_id asc
        ) as place
    from counted

),

named as (

    select
        'literature/openalex' as source,
        _snapshot_id,
        _record_number,
        'author_affiliation' as party_role,
        institution_name as party_name,
        ror_id
    from {{ ref('stg_openalex__work_institutions') }}
    union all
    select
        'literature/openalex' as source,
        _snapshot_id,
        _record_number,
        'funder' as party_role,
        funder_name as party_name,
        ror_id
    from {{ ref('stg_openalex__work_funders') }}
    union all
    select
        'literature/crossref' as source,
        _snapshot_id,
        _record_number,
        'author_affiliation' as party_role,
        affiliation_name as party_name,
        ror_id
    from {{ ref('stg_crossref__work_affiliations') }}
    where ror_id is not null
    union all
    select
        'literature/crossref' as source,
        _snapshot_id,
        _record_number,
        'funder' as party_role,
        funder_name as party_name,
        ror_id
    from {{ ref('stg_crossref__work_funders') }}

),

found_by_name_or_number as (

    select
        records.work_id,
        named.party_role,
        coalesce(numbers.party_id, aliases.party_id) as party_id,
        case when numbers.party_id is null then 2 else 1 end as method_rank
    from named
    inner join records
        on
            named.source = records.source
            and named._snapshot_id = records._snapshot_id
            and named._record_number = records._record_number
    left join numbers on named.ror_id = numbers.ror_id and numbers.place = 1
    left join
        aliases
        on {{ normalised_name("named.party_name") }} = aliases.name_key

),

free_texts as (

    select
        'literature/pubmed' as source,
        _snapshot_id,
        _record_number,
        affiliation_name
    from {{ ref('stg_pubmed__article_affiliations') }}
    union all
    select
        'literature/crossref' as source,
        _snapshot_id,
        _record_number,
        affiliation_name
    from {{ ref('stg_crossref__work_affiliations') }}
    where ror_id is null and affiliation_name is not null
    union all
    select
        'literature/arxiv' as source,
        _snapshot_id,
        _record_number,
        replace(affiliation_names, '|', ',') as affiliation_name
    from {{ ref('stg_arxiv__record_authors') }}
    where affiliation_names is not null

),

texts as (

    select distinct
        records.work_id,
        free_texts.affiliation_name
    from free_texts
    inner join records
        on
            free_texts.source = records.source
            and free_texts._snapshot_id = records._snapshot_id
            and free_texts._record_number = records._record_number

),

parts as (

    {{ parts_of("texts", "work_id", "affiliation_name", ",") }}

),

keys as (

    select distinct
        work_id,
        {{ normalised_name("part") }} as name_key
    from parts

),

found as (

    select * from found_by_name_or_number
    union all
    select
        keys.work_id,
        'author_affiliation' as party_role,
        aliases.party_id,
        3 as method_rank
    from keys
    inner join aliases on keys.name_key = aliases.name_key
    where keys.name_key <> ''

),

best as (

    select
        work_id,
        party_id,
        party_role,
        min(method_rank) as method_rank
    from found
    where party_id is not null
    group by work_id, party_id, party_role

),

final as (

    select
        work_id,
        party_id,
        party_role,
        case method_rank
            when 1 then 'registry number'
            when 2 then 'name'
            when 3 then 'part of a text'
        end as method
    from best

)

select * from final

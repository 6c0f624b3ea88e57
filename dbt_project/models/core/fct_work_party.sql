-- One row per article and organisation that a part of one of its affiliations names in
-- full.
with

affiliations as (

    select
        placed.affiliation_name,
        'PMID:' || cast(placed.pmid as string) as work_id
    from {{ ref('stg_pubmed__article_affiliations') }} as placed
    inner join {{ ref('dim_work') }} as works
        on
            placed._snapshot_id = works._snapshot_id
            and placed._record_number = works._record_number

),

parts as (

    {{ parts_of("affiliations", "work_id", "affiliation_name", ",") }}

),

keys as (

    select distinct
        work_id,
        {{ normalised_name("part") }} as name_key
    from parts

),

aliases as (

    select
        name_key,
        min(party_id) as party_id
    from {{ ref('party_alias') }}
    group by name_key

),

final as (

    select distinct
        keys.work_id,
        aliases.party_id
    from keys
    inner join aliases on keys.name_key = aliases.name_key
    where keys.name_key <> ''

)

select * from final

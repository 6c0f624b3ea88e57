-- One row per spelling of a party and source. Two spellings are one party if their
-- normalised names are equal, or if a registry of organisations gives both to one of
-- its ids.
with

gleif_names as (

    select
        {{ normalised_name("entity_name") }} as name_key,
        lei,
        entity_name as alias_name
    from {{ ref('stg_gleif__entity_names') }}

),

ror_names as (

    select
        {{ normalised_name("organisation_name") }} as name_key,
        ror_id,
        organisation_name as alias_name
    from {{ ref('stg_ror__organisation_names') }}
    -- An alias may be the name of quite another organisation, such as a former parent.
    where name_type in ('display', 'label')

),

mentions as (

    select
        name_key,
        party_name_raw as alias_name,
        source
    from {{ ref('fct_party_mention') }}

),

spellings as (

    select
        name_key,
        alias_name,
        source
    from mentions
    union
    select
        name_key,
        alias_name,
        'reference/gleif' as source
    from gleif_names
    union
    select
        name_key,
        alias_name,
        'reference/ror' as source
    from ror_names

),

-- A name that two entities of a registry share decides nothing.
by_lei as (

    select
        name_key,
        min(lei) as only_lei
    from gleif_names
    group by name_key
    having count(distinct lei) = 1

),

by_ror as (

    select
        name_key,
        min(ror_id) as only_ror_id
    from ror_names
    group by name_key
    having count(distinct ror_id) = 1

),

by_name as (

    select
        name_key,
        min(alias_name) as first_spelling
    from spellings
    group by name_key

),

final as (

    select
        spellings.name_key,
        spellings.alias_name,
        spellings.source,
        by_lei.only_lei as lei,
        by_ror.only_ror_id as ror_id,
        case
            when by_lei.only_lei is not null then 'LEI:' || by_lei.only_lei
            when by_ror.only_ror_id is not null then 'ROR:' || by_ror.only_ror_id
            else 'NAME:' || md5(by_name.first_spelling)
        end as party_id,
        case
            when by_lei.only_lei is not null then 'name in GLEIF'
            when by_ror.only_ror_id is not null then 'name in ROR'
            else 'normalised name'
        end as method
    from spellings
    inner join by_name on spellings.name_key = by_name.name_key
    left join by_lei on spellings.name_key = by_lei.name_key
    left join by_ror on spellings.name_key = by_ror.name_key
    where spellings.name_key <> ''

)

select * from final

-- One row per party and number that a registry gives one of its names.
with

names as (

    select
        name_key,
        min(party_id) as party_id
    from {{ ref('party_alias') }}
    group by name_key

),

spelled as (

    select
        names.party_id,
        spelled.name_key,
        spelled.lei,
        spelled.ror_id
    from {{ ref('int_party__spelled') }} as spelled
    inner join names on spelled.name_key = names.name_key
    where spelled.lei is not null or spelled.ror_id is not null

),

-- A name that two entities of a registry bear is proof for neither of them.
counted as (

    select
        name_key,
        count(distinct lei) as lei_count,
        count(distinct ror_id) as ror_count
    from spelled
    group by name_key

),

numbered as (

    select distinct
        spelled.party_id,
        spelled.name_key,
        spelled.lei,
        spelled.ror_id,
        counted.lei_count = 1 as is_only_lei,
        counted.ror_count = 1 as is_only_ror
    from spelled
    inner join counted on spelled.name_key = counted.name_key

),

-- Registries repeat themselves from file to file: each number once.
codes as (

    select distinct
        lei,
        uscc
    from {{ ref('stg_gleif__entities') }}
    where uscc is not null

),

others as (

    select distinct
        ror_id,
        identifier_scheme,
        identifier
    from {{ ref('stg_ror__organisation_identifiers') }}
    where identifier_scheme in ('grid', 'isni')

),

found as (

    select
        party_id,
        'lei' as identifier_kind,
        lei as identifier,
        'reference/gleif' as source,
        is_only_lei as is_only
    from numbered
    where lei is not null
    union all
    select
        party_id,
        'ror' as identifier_kind,
        ror_id as identifier,
        'reference/ror' as source,
        is_only_ror as is_only
    from numbered
    where ror_id is not null
    union all
    select
        numbered.party_id,
        'uscc' as identifier_kind,
        codes.uscc as identifier,
        'reference/gleif' as source,
        numbered.is_only_lei as is_only
    from numbered
    inner join codes on numbered.lei = codes.lei
    union all
    select
        numbered.party_id,
        others.identifier_scheme as identifier_kind,
        others.identifier,
        'reference/ror' as source,
        numbered.is_only_ror as is_only
    from numbered
    inner join others on numbered.ror_id = others.ror_id

),

final as (

    select
        party_id,
        identifier_kind,
        identifier,
        min(source) as source,
        max(case when is_only then 1 else 0 end) = 1 as is_only
    from found
    group by party_id, identifier_kind, identifier

)

select * from final

-- One row per spelling of an organisation, as one source has it: the names that linkage
-- is to divide into parties, with the registry's id where the source is a registry or
-- gives it beside the name.
with

mentions as (

    select distinct
        name_key,
        party_name_raw as alias_name,
        source,
        country_code,
        city_region_id
    from {{ ref('fct_party_mention') }}

),

-- Organisations of works; affiliations in free text are none until a known name is in
-- them.
of_works as (

    select
        institution_name as alias_name,
        'literature/openalex' as source,
        country_code,
        ror_id
    from {{ ref('stg_openalex__work_institutions') }}
    union
    select
        funder_name as alias_name,
        'literature/openalex' as source,
        cast(null as string) as country_code,
        ror_id
    from {{ ref('stg_openalex__work_funders') }}
    union
    select
        affiliation_name as alias_name,
        'literature/crossref' as source,
        cast(null as string) as country_code,
        ror_id
    from {{ ref('stg_crossref__work_affiliations') }}
    where ror_id is not null and affiliation_name is not null
    union
    select
        funder_name as alias_name,
        'literature/crossref' as source,
        cast(null as string) as country_code,
        ror_id
    from {{ ref('stg_crossref__work_funders') }}

),

-- Persons have no name in these tables, only what they are affiliated with.
of_standards as (

    select
        organisation_name as alias_name,
        'standards/relaton' as source
    from {{ ref('stg_relaton__document_contributors') }}
    where
        contributor_kind in ('organisation', 'affiliation')
        and organisation_name is not null
    union
    select
        organisation_name as alias_name,
        'standards/china_standards' as source
    from {{ ref('stg_china_standards__standard_drafters') }}

),

spellings as (

    select
        name_key,
        alias_name,
        source,
        country_code,
        city_region_id,
        cast(null as string) as lei,
        cast(null as string) as ror_id
    from mentions
    union all
    select distinct
        {{ normalised_name("named.entity_name") }} as name_key,
        named.entity_name as alias_name,
        'reference/gleif' as source,
        entities.country_code,
        cast(null as string) as city_region_id,
        named.lei,
        cast(null as string) as ror_id
    from {{ ref('stg_gleif__entity_names') }} as named
    left join {{ ref('stg_gleif__entities') }} as entities
        on
            named._snapshot_id = entities._snapshot_id
            and named._record_number = entities._record_number
    union all
    select distinct
        {{ normalised_name("named.organisation_name") }} as name_key,
        named.organisation_name as alias_name,
        'reference/ror' as source,
        organisations.country_code,
        cast(null as string) as city_region_id,
        cast(null as string) as lei,
        named.ror_id
    from {{ ref('stg_ror__organisation_names') }} as named
    left join {{ ref('stg_ror__organisations') }} as organisations
        on
            named._snapshot_id = organisations._snapshot_id
            and named._record_number = organisations._record_number
    -- An alias may be the name of quite another organisation, such as a former college.
    where named.name_type in ('display', 'label')
    union all
    select
        {{ normalised_name("alias_name") }} as name_key,
        alias_name,
        source,
        country_code,
        cast(null as string) as city_region_id,
        cast(null as string) as lei,
        ror_id
    from of_works
    union all
    select
        {{ normalised_name("alias_name") }} as name_key,
        alias_name,
        source,
        cast(null as string) as country_code,
        cast(null as string) as city_region_id,
        cast(null as string) as lei,
        cast(null as string) as ror_id
    from of_standards

),

final as (

    select distinct
        name_key,
        alias_name,
        source,
        country_code,
        city_region_id,
        lei,
        ror_id
    from spellings
    where name_key <> ''

)

select * from final

-- One row per country, and per division of China at the level of province, prefecture
-- and county.
with

divisions as (

    select
        division_code,
        min(division_name) as division_name,
        min(level) as level,
        min(parent_code) as parent_code
    from {{ ref('stg_gbt2260__divisions') }}
    where basis = 'edition'
    group by division_code

),

areas as (

    select
        country_code,
        min(area_name) as area_name
    from {{ ref('stg_worldbank__areas') }}
    where country_code is not null
    group by country_code

),

seen as (

    select country_code from {{ ref('stg_cnipa_gazette__announcements') }}
    union
    select country_code from {{ ref('stg_uspto_grants__grant_parties') }}
    union
    select country_code from {{ ref('stg_uspto_applications__application_parties') }}
    union
    select country_code from {{ ref('stg_epo_fulltext__publication_parties') }}
    union
    select country_code from {{ ref('stg_uspto_trademarks__case_file_owners') }}
    union
    select office_code as country_code from {{ ref('stg_etsi_isld__declarations') }}
    union
    select 'CN' as country_code

),

countries as (

    select
        areas.area_name,
        coalesce(areas.country_code, seen.country_code) as country_code
    from seen
    full outer join areas on seen.country_code = areas.country_code
    where coalesce(areas.country_code, seen.country_code) is not null

),

final as (

    select
        country_code as region_id,
        coalesce(area_name, country_code) as region_name,
        'country' as region_level,
        cast(null as string) as parent_region_id,
        country_code,
        cast(null as string) as division_code
    from countries
    union all
    select
        'CN-' || division_code as region_id,
        division_name as region_name,
        level as region_level,
        case
            when parent_code is null then 'CN'
            else 'CN-' || parent_code
        end as parent_region_id,
        'CN' as country_code,
        division_code
    from divisions

)

select * from final

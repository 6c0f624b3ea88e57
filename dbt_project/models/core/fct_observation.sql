-- One row per region, indicator, year and source of an economic figure.
with

worldbank as (

    select
        area_code,
        country_code,
        indicator_code,
        indicator_name,
        unit_name,
        observation_year,
        observation_value,
        row_number() over (
            partition by area_code, indicator_code, observation_year
            order by source_updated_date desc nulls last, _snapshot_id desc
        ) as place
    from {{ ref('stg_worldbank__observations') }}
    where country_code is not null

),

regions as (

    select
        alias_name,
        min(region_id) as region_id
    from {{ ref('dim_region_alias') }}
    where
        is_unique
        and (
            region_level = 'prefecture'
            or alias_name in ('北京', '天津', '上海', '重庆')
        )
    group by alias_name

),

-- Tables name the area, answers of the portal have its code of twelve digits.
nbs as (

    select
        observed.indicator_name,
        observed.unit_name,
        observed.observation_year,
        observed.observation_value,
        divisions.region_id,
        row_number() over (
            partition by
                divisions.region_id, observed.indicator_name, observed.observation_year
            order by observed._snapshot_id desc, observed._record_number desc
        ) as place
    from {{ ref('stg_china_nbs__observations') }} as observed
    left join regions on observed.area_name = regions.alias_name
    inner join {{ ref('dim_region') }} as divisions
        on
            coalesce('CN-' || substr(observed.area_code, 1, 6), regions.region_id)
            = divisions.region_id
    where observed.period_type = 'year'

),

final as (

    select
        'economy/worldbank' as source,
        country_code as region_id,
        indicator_code,
        indicator_name,
        unit_name,
        observation_year,
        observation_value
    from worldbank
    where place = 1
    union all
    select
        'economy/china_nbs' as source,
        region_id,
        indicator_name as indicator_code,
        indicator_name,
        unit_name,
        observation_year,
        observation_value
    from nbs
    where place = 1

)

select * from final

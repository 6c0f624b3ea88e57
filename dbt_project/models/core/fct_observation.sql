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

nbs as (

    select
        observed.indicator_name,
        observed.unit_name,
        observed.observation_year,
        observed.observation_value,
        aliases.region_id,
        row_number() over (
            partition by
                aliases.region_id, observed.indicator_name, observed.observation_year
            order by observed._snapshot_id desc, observed._record_number desc
        ) as place
    from {{ ref('stg_china_nbs__observations') }} as observed
    inner join {{ ref('dim_region_alias') }} as aliases
        on observed.area_name = aliases.alias_name
    where
        aliases.is_unique
        and (
            aliases.region_level = 'prefecture'
            or aliases.alias_name in ('北京', '天津', '上海', '重庆')
        )

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

-- One row per region, year, kind of right, basis of counting and source.
with

events as (

    select
        events.right_id,
        events.event_kind as basis,
        events.event_year,
        events.right_type,
        events.source,
        rights.country_code,
        rights.province_region_id,
        rights.city_region_id
    from {{ ref('fct_ip_event') }} as events
    inner join {{ ref('dim_right') }} as rights on events.right_id = rights.right_id

),

-- How much of what the source holds for the year could be placed at a level.
totals as (

    select
        basis,
        event_year,
        right_type,
        source,
        count(distinct right_id) as right_count,
        count(distinct case when country_code is not null then right_id end)
            as country_count,
        count(distinct case when province_region_id is not null then right_id end)
            as province_count,
        count(distinct case when city_region_id is not null then right_id end)
            as city_count,
        count(distinct case when country_code = 'CN' then right_id end) as china_count
    from events
    group by basis, event_year, right_type, source

),

placed as (

    select
        country_code as region_id,
        'country' as region_level,
        basis,
        event_year,
        right_type,
        source,
        count(distinct right_id) as right_count
    from events
    where country_code is not null
    group by country_code, basis, event_year, right_type, source
    union all
    select
        province_region_id as region_id,
        'province' as region_level,
        basis,
        event_year,
        right_type,
        source,
        count(distinct right_id) as right_count
    from events
    where province_region_id is not null
    group by province_region_id, basis, event_year, right_type, source
    union all
    select
        city_region_id as region_id,
        'prefecture' as region_level,
        basis,
        event_year,
        right_type,
        source,
        count(distinct right_id) as right_count
    from events
    -- A municipality stands among the provinces already.
    where city_region_id is not null and city_region_id <> province_region_id
    group by city_region_id, basis, event_year, right_type, source

),

final as (

    select
        placed.region_id,
        regions.region_name,
        placed.region_level,
        placed.event_year,
        placed.right_type,
        placed.basis,
        placed.source,
        placed.right_count,
        case
            when placed.region_level = 'country'
                then cast(totals.country_count as double) / totals.right_count
            when totals.china_count = 0 then 0.0
            when placed.region_level = 'province'
                then cast(totals.province_count as double) / totals.china_count
            else cast(totals.city_count as double) / totals.china_count
        end as coverage_share
    from placed
    inner join totals
        on
            placed.basis = totals.basis
            and placed.event_year = totals.event_year
            and placed.right_type = totals.right_type
            and placed.source = totals.source
    inner join
        {{ ref('dim_region') }} as regions
        on placed.region_id = regions.region_id

)

select * from final

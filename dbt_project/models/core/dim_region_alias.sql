-- One row per name that a division of China, or a country, goes by, and region.
with

divisions as (

    select
        region_id,
        region_name,
        region_level,
        parent_region_id
    from {{ ref('dim_region') }}
    where division_code is not null

),

names as (

    select
        region_id,
        region_level,
        parent_region_id,
        region_name as alias_name
    from divisions
    union
    select
        region_id,
        region_level,
        parent_region_id,
        {{ replace_all("region_name", "(省|市|地区|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$", "") }}
            as alias_name
    from divisions
    where region_level in ('province', 'prefecture')

),

counted as (

    select
        region_level,
        alias_name,
        count(*) as region_count
    from names
    group by region_level, alias_name

),

final as (

    select
        names.region_id,
        names.region_level,
        names.parent_region_id,
        names.alias_name,
        counted.region_count = 1 as is_unique
    from names
    inner join counted
        on
            names.region_level = counted.region_level
            and names.alias_name = counted.alias_name

)

select * from final

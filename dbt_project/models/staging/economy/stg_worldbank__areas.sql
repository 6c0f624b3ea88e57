-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('worldbank', 'areas') }}

),

renamed as (

    select
        area_scheme,
        area_code,
        country_code,
        area_name,
        is_aggregate,
        world_region_name,
        income_group,
        note,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('china_nbs', 'series') }}

),

renamed as (

    select
        area_scheme,
        area_code,
        area_name,
        indicator_code,
        indicator_name,
        cell_count,
        empty_count,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

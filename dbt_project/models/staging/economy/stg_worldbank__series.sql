-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('worldbank', 'series') }}

),

renamed as (

    select
        area_code,
        indicator_code,
        cell_count,
        empty_count,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

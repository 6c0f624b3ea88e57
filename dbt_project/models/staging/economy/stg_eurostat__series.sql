-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('eurostat', 'series') }}

),

renamed as (

    select
        dataset_code,
        dimensions,
        frequency_code,
        unit_code,
        area_scheme,
        area_code,
        country_code,
        cell_count,
        missing_count,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

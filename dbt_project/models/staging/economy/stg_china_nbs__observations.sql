-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('china_nbs', 'observations') }}

),

renamed as (

    select
        database_name,
        area_scheme,
        area_code,
        area_name,
        indicator_code,
        indicator_name,
        unit_name,
        period_type,
        period_start_date,
        period_code,
        observation_year,
        observation_value,
        observation_value_raw,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

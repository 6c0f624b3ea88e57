-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('worldbank', 'observations') }}

),

renamed as (

    select
        area_scheme,
        area_code,
        country_code,
        area_name,
        indicator_code,
        indicator_name,
        unit_name,
        period_type,
        period_start_date,
        observation_year,
        observation_value,
        observation_value_raw,
        source_updated_date,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

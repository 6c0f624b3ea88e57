-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('eurostat', 'observations') }}

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
        period_code,
        period_type,
        period_start_date,
        observation_year,
        observation_value,
        observation_value_raw,
        observation_flags,
        is_missing,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

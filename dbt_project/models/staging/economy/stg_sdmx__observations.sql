-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('sdmx', 'observations') }}

),

renamed as (

    select
        message_format,
        dataset_agency_code,
        dataset_code,
        dataset_version,
        dataset_action,
        has_declared_key,
        dimensions,
        attributes,
        frequency_code,
        area_code,
        country_code,
        unit_code,
        unit_exponent,
        period_code,
        period_type,
        period_start_date,
        observation_year,
        observation_value,
        observation_value_raw,
        observation_status,
        is_missing,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

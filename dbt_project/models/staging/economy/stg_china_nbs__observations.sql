-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('china_nbs', 'observations') }}

),

renamed as (

    select
        database_name,
        area_name,
        indicator_name,
        unit_name,
        period_code,
        observation_year,
        observation_value,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('worldbank', 'indicators') }}

),

renamed as (

    select
        indicator_code,
        indicator_name,
        unit_name,
        note,
        source_organisation,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

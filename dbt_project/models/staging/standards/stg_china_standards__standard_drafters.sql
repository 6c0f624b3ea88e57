-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('china_standards', 'standard_drafters') }}

),

renamed as (

    select
        record_id,
        interface,
        sequence_number,
        organisation_name,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

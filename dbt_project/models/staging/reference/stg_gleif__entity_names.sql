-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('gleif', 'entity_names') }}

),

renamed as (

    select
        lei,
        sequence_number,
        name_type,
        language_code,
        entity_name,
        entity_name_raw,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

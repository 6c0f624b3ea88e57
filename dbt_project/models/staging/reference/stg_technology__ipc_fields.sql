-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('technology', 'ipc_fields') }}

),

renamed as (

    select
        field_number,
        field_name,
        field_name_fr,
        field_name_es,
        sector_name,
        ipc_prefix,
        ipc_pattern_raw,
        subclass_code,
        main_group_number,
        table_edition,
        updated_date,
        updated_raw,
        note,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

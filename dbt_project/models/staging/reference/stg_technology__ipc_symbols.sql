-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('technology', 'ipc_symbols') }}

),

renamed as (

    select
        classification_symbol,
        classification_symbol_raw,
        section_code,
        subclass_code,
        main_group_number,
        parent_symbol,
        parent_symbol_raw,
        is_main_group,
        ipc_version,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

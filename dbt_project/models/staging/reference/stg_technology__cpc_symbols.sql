-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('technology', 'cpc_symbols') }}

),

renamed as (

    select
        classification_symbol,
        classification_symbol_raw,
        section_code,
        subclass_code,
        classification_level,
        parent_symbol,
        title,
        reference_raw,
        is_allocatable,
        is_additional_only,
        ipc_symbol,
        ipc_concordant_raw,
        has_definition,
        status,
        revised_date,
        scheme_date,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('relaton', 'document_identifiers') }}

),

renamed as (

    select
        document_key,
        sequence_number,
        identifier_scheme,
        identifier_scope,
        identifier,
        designator,
        is_primary,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('ror', 'organisation_identifiers') }}

),

renamed as (

    select
        ror_id,
        sequence_number,
        identifier_scheme,
        identifier,
        identifier_raw,
        is_preferred,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('etsi_isld', 'declared_publications') }}

),

renamed as (

    select
        declaration_number,
        sequence_number,
        publication_number,
        publication_number_raw,
        office_code,
        kind_code,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

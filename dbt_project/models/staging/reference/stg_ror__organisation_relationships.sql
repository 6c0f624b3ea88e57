-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('ror', 'organisation_relationships') }}

),

renamed as (

    select
        ror_id,
        sequence_number,
        relationship_type,
        other_ror_id,
        other_name,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

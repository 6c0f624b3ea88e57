-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('ietf_rfc', 'rfc_relations') }}

),

renamed as (

    select
        rfc_number,
        relation_type,
        sequence_number,
        other_series,
        other_number,
        other_designator,
        other_designator_raw,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

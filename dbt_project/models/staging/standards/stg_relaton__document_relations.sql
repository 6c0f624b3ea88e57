-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('relaton', 'document_relations') }}

),

renamed as (

    select
        document_key,
        sequence_number,
        relation_type,
        relation_note,
        other_designator,
        other_designator_raw,
        other_body_code,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

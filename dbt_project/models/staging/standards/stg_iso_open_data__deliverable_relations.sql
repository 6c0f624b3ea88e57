-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('iso_open_data', 'deliverable_relations') }}

),

renamed as (

    select
        deliverable_id,
        relation_type,
        sequence_number,
        other_deliverable_id,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

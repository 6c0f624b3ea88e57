-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('crossref', 'work_relations') }}

),

renamed as (

    select
        doi,
        sequence_number,
        relation_type,
        other_scheme,
        other_identifier,
        asserted_by,
        update_type,
        updated_at,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('epo_fulltext', 'publication_relations') }}

),

renamed as (

    select
        publication_number,
        sequence_number,
        relation_type,
        related_role,
        related_application_number,
        related_application_number_raw,
        related_document_number,
        related_date,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

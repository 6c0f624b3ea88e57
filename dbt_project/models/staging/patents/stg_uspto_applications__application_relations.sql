-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_applications', 'application_relations') }}

),

renamed as (

    select
        publication_number,
        sequence_number,
        relation_type,
        related_country_code,
        related_number,
        related_number_raw,
        related_kind_code,
        related_date,
        related_status,
        parent_document_number,
        child_application_number,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_file_wrapper', 'wrapper_continuity') }}

),

renamed as (

    select
        application_number,
        sequence_number,
        relation_direction,
        parentage_type_code,
        parentage_type_name,
        parent_application_number,
        parent_application_number_raw,
        child_application_number,
        child_application_number_raw,
        related_filing_date,
        related_status_code,
        related_status_name,
        related_document_number,
        is_first_inventor_to_file,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

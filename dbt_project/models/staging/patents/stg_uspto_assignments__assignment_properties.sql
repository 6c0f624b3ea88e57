-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_assignments', 'assignment_properties') }}

),

renamed as (

    select
        reel_frame,
        sequence_number,
        property_number,
        application_number,
        application_number_raw,
        filing_date,
        granted_document_number,
        granted_number_raw,
        granted_kind_code,
        grant_date,
        published_document_number,
        published_number_raw,
        published_kind_code,
        publication_date,
        pct_application_number,
        registration_number,
        international_publication_date,
        title,
        inventors_raw,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

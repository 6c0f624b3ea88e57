-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('euipo_trademarks', 'trademarks') }}

),

renamed as (

    select
        application_number,
        office_code,
        filing_date,
        registration_date,
        expiry_date,
        status,
        status_code,
        status_date,
        mark_basis,
        mark_kind,
        mark_feature,
        mark_text,
        language_code,
        second_language_code,
        classification_edition,
        is_distinctiveness_acquired,
        vienna_codes,
        image_number,
        applicant_reference,
        operation,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

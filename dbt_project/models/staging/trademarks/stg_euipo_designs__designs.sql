-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('euipo_designs', 'designs') }}

),

renamed as (

    select
        design_number,
        application_number,
        office_code,
        received_date,
        filing_date,
        registration_date,
        publication_date,
        expiry_date,
        effective_date,
        status,
        status_date,
        renewal_status,
        language_code,
        second_language_code,
        applicant_reference,
        verbal_element,
        vienna_codes,
        is_described,
        is_publication_deferred,
        view_count,
        operation,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_file_wrapper', 'file_wrappers') }}

),

renamed as (

    select
        application_number,
        application_number_raw,
        has_metadata,
        filing_date,
        effective_filing_date,
        application_type_code,
        application_type_name,
        application_category,
        title,
        status_code,
        status_name,
        status_date,
        document_number,
        patent_number_raw,
        grant_date,
        publication_number,
        publication_number_raw,
        publication_date,
        pct_publication_number,
        pct_publication_date,
        hague_registration_number,
        hague_publication_date,
        is_national_stage,
        is_first_inventor_to_file,
        is_small_entity,
        entity_status,
        art_unit_code,
        uspc_symbol,
        confirmation_number,
        customer_number,
        first_applicant_name,
        first_inventor_name,
        term_adjustment_days,
        a_delay_days,
        b_delay_days,
        c_delay_days,
        overlapping_days,
        applicant_delay_days,
        grant_archive_name,
        grant_file_name,
        publication_archive_name,
        publication_file_name,
        ingested_date,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_grants', 'grants') }}

),

renamed as (

    select
        publication_number,
        document_number,
        publication_number_raw,
        kind_code,
        office_code,
        right_type,
        publication_date,
        grant_date,
        application_number,
        application_number_raw,
        application_series_code,
        filing_date,
        title,
        claims_count,
        drawing_sheets_count,
        figures_count,
        term_extension_days,
        term_years,
        has_terminal_disclaimer,
        art_unit_code,
        pct_application_number,
        pct_filing_date,
        pct_publication_number,
        pct_publication_date,
        national_stage_date,
        hague_registration_number,
        latin_name,
        variety_name,
        generation,
        production_status,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

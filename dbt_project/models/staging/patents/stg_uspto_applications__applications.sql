-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_applications', 'applications') }}

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
        is_first_publication,
        publication_type,
        application_type,
        application_number,
        application_number_raw,
        application_series_code,
        filing_date,
        title,
        is_continued_prosecution,
        pct_application_number,
        pct_filing_date,
        pct_publication_number,
        pct_publication_date,
        national_stage_date,
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

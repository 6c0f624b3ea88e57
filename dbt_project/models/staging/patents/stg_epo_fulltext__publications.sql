-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('epo_fulltext', 'publications') }}

),

renamed as (

    select
        publication_number,
        document_number,
        publication_number_raw,
        kind_code,
        corrected_kind_code,
        correction_code,
        office_code,
        right_type,
        publication_date,
        bulletin_number,
        document_status,
        application_number,
        application_number_raw,
        is_check_digit_valid,
        filing_date,
        title_en,
        title_de,
        title_fr,
        filing_language_code,
        procedure_language_code,
        publication_language_code,
        has_full_text,
        claims_count,
        claim_sets_count,
        claim_languages,
        is_published_by_wipo_only,
        pct_application_number,
        pct_application_number_raw,
        pct_filing_date,
        pct_filing_language_code,
        pct_publication_number,
        pct_publication_number_raw,
        pct_publication_date,
        application_publication_date,
        search_report_publication_date,
        supplementary_search_report_date,
        examination_request_date,
        first_examination_report_date,
        grant_intention_announced_date,
        grant_intention_date,
        grant_date,
        maintained_as_amended_date,
        amended_publication_date,
        opposition_rejection_date,
        opposition_termination_date,
        generation,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

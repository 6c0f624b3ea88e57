-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_ptab', 'proceedings') }}

),

renamed as (

    select
        proceeding_number,
        proceeding_kind,
        trial_type_code,
        status_name,
        filing_date,
        accorded_filing_date,
        docket_notice_date,
        institution_decision_date,
        latest_decision_date,
        termination_date,
        updated_date,
        application_category,
        application_number,
        application_number_raw,
        document_number,
        technology_center_code,
        art_unit_code,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

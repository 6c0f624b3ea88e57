-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_ptab', 'decisions') }}

),

renamed as (

    select
        proceeding_number,
        proceeding_kind,
        decision_type,
        outcome_name,
        decision_date,
        statutes,
        issue_types,
        document_identifier,
        document_name,
        document_title,
        document_type,
        document_date,
        document_url,
        document_bytes_count,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

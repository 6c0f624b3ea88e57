-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_ptab', 'documents') }}

),

renamed as (

    select
        proceeding_number,
        document_identifier,
        document_number,
        is_decision,
        document_category,
        document_title,
        document_name,
        document_type,
        filing_party_name,
        document_date,
        document_url,
        document_bytes_count,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

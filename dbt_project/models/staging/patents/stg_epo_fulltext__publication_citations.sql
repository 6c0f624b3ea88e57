-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('epo_fulltext', 'publication_citations') }}

),

renamed as (

    select
        publication_number,
        sequence_number,
        citation_source,
        citation_type,
        cited_document_number,
        cited_publication_number,
        cited_application_number,
        cited_country_code,
        cited_kind_code,
        cited_date,
        cited_name,
        citation_category,
        relevant_claims,
        citation_raw,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_grants', 'grant_citations') }}

),

renamed as (

    select
        publication_number,
        sequence_number,
        citation_type,
        cited_by,
        cited_document_number,
        cited_publication_number,
        cited_country_code,
        cited_kind_code,
        cited_number_raw,
        cited_date,
        cited_date_raw,
        cited_year,
        cited_name,
        cited_classification_raw,
        citation_raw,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('openalex', 'works') }}

),

renamed as (

    select
        openalex_id,
        doi,
        doi_raw,
        pmid,
        title,
        work_type,
        language_code,
        publication_year,
        publication_date,
        source_id,
        source_name,
        source_type,
        source_issn,
        publisher_name,
        licence_name,
        landing_page_url,
        is_open_access,
        open_access_status,
        volume,
        issue,
        first_page,
        last_page,
        topic_id,
        topic_name,
        subfield_name,
        field_name,
        domain_name,
        indexed_in,
        cited_by_count,
        reference_count,
        author_count,
        is_author_list_cut,
        field_weighted_citation_impact,
        is_retracted,
        is_paratext,
        created_date,
        updated_at,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

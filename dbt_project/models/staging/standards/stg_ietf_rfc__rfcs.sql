-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('ietf_rfc', 'rfcs') }}

),

renamed as (

    select
        rfc_number,
        designator,
        rfc_id,
        title,
        publication_date,
        publication_month,
        publication_year,
        publication_date_raw,
        current_status,
        publication_status,
        stream_name,
        ietf_area_code,
        working_group,
        author_count,
        editor_count,
        page_count,
        file_formats,
        keywords,
        draft_name,
        errata_url,
        doi,
        note,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('crossref', 'work_references') }}

),

renamed as (

    select
        doi,
        sequence_number,
        reference_key,
        cited_doi,
        cited_doi_raw,
        is_doi_matched,
        author_name,
        publication_year,
        publication_year_raw,
        article_title,
        journal_name,
        volume_title,
        series_title,
        volume,
        issue,
        first_page,
        edition,
        issn,
        isbn,
        standard_designator,
        standard_body,
        reference_text,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

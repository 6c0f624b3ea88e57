-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('pubmed', 'articles') }}

),

renamed as (

    select
        pmid,
        version,
        doi,
        title,
        title_vernacular,
        language_code,
        journal_name,
        journal_issn,
        journal_number,
        journal_country_name,
        volume,
        issue,
        pages,
        publication_year,
        publication_date_raw,
        electronic_date,
        publication_types,
        publication_status,
        citation_status,
        revised_date,
        author_count,
        grant_count,
        reference_count,
        file_year,
        file_number,
        is_baseline,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

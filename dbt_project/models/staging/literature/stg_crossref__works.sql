-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('crossref', 'works') }}

),

renamed as (

    select
        doi,
        doi_raw,
        doi_prefix,
        member_number,
        publisher_name,
        publisher_place_name,
        work_type,
        work_subtype,
        title,
        title_raw,
        subtitle,
        title_vernacular,
        container_title,
        container_titles,
        container_title_short,
        issns,
        print_issn,
        electronic_issn,
        isbns,
        language_code,
        volume,
        issue,
        article_number,
        pages,
        edition_number,
        publication_year,
        publication_date,
        publication_date_raw,
        print_date_raw,
        electronic_date_raw,
        posted_date_raw,
        degree_name,
        institution_names,
        event_name,
        event_place_name,
        event_start_date_raw,
        subjects,
        licence_url,
        licence_version,
        award_number,
        alias_dois,
        reference_count,
        cited_by_count,
        contributor_count,
        created_at,
        deposited_at,
        indexed_at,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

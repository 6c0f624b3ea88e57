-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('arxiv', 'records') }}

),

renamed as (

    select
        oai_identifier,
        arxiv_id,
        submission_year,
        submission_month,
        datestamp,
        is_deleted,
        set_codes,
        title,
        created_date,
        updated_date,
        author_count,
        primary_category_code,
        category_codes,
        comments,
        report_number,
        msc_class,
        acm_class,
        journal_reference,
        doi,
        doi_raw,
        licence_url,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

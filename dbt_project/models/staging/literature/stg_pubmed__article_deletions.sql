-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('pubmed', 'article_deletions') }}

),

renamed as (

    select
        pmid,
        version,
        file_year,
        file_number,
        is_baseline,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

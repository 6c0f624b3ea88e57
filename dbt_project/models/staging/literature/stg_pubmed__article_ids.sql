-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('pubmed', 'article_ids') }}

),

renamed as (

    select
        pmid,
        sequence_number,
        identifier_scheme,
        identifier,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

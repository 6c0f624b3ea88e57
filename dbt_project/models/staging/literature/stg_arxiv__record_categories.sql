-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('arxiv', 'record_categories') }}

),

renamed as (

    select
        arxiv_id,
        sequence_number,
        category_code,
        archive_code,
        is_primary,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('arxiv', 'record_authors') }}

),

renamed as (

    select
        arxiv_id,
        author_number,
        author_name,
        last_name,
        first_name,
        name_suffix,
        affiliation_names,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

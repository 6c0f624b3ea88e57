-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('openalex', 'work_authorships') }}

),

renamed as (

    select
        openalex_id,
        author_number,
        author_position,
        author_id,
        author_name,
        author_name_raw,
        orcid,
        country_codes,
        is_corresponding,
        institution_count,
        affiliation_count,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('openalex', 'work_affiliations') }}

),

renamed as (

    select
        openalex_id,
        author_number,
        sequence_number,
        affiliation_name,
        affiliation_raw,
        institution_ids,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('crossref', 'work_affiliations') }}

),

renamed as (

    select
        doi,
        contributor_number,
        sequence_number,
        affiliation_name,
        affiliation_raw,
        ror_id,
        place_name,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

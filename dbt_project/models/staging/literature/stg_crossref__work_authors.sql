-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('crossref', 'work_authors') }}

),

renamed as (

    select
        doi,
        contributor_number,
        contributor_role,
        author_name,
        first_name,
        last_name,
        is_organisation,
        orcid,
        author_sequence,
        affiliation_count,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

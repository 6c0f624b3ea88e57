-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('relaton', 'document_contributors') }}

),

renamed as (

    select
        document_key,
        sequence_number,
        contributor_kind,
        role,
        organisation_name,
        organisation_abbreviation,
        committee_name,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('iso_open_data', 'committees') }}

),

renamed as (

    select
        committee_id,
        committee_reference,
        status,
        title,
        title_fr,
        secretariat_id,
        secretariat_name,
        creation_date,
        parent_committee_id,
        sort_key,
        scope_raw,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

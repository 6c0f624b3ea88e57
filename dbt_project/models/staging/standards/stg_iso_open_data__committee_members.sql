-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('iso_open_data', 'committee_members') }}

),

renamed as (

    select
        committee_id,
        member_role,
        sequence_number,
        member_id,
        member_name,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

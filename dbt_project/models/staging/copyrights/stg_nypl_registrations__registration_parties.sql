-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('nypl_registrations', 'registration_parties') }}

),

renamed as (

    select
        entry_id,
        sequence_number,
        party_role,
        role_raw,
        party_name,
        party_name_raw,
        place_name,
        is_claimant,
        is_heading,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

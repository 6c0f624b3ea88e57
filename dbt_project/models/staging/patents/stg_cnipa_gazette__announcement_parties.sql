-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('cnipa_gazette', 'announcement_parties') }}

),

renamed as (

    select
        publication_number,
        party_role,
        sequence_number,
        party_name,
        party_name_raw,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

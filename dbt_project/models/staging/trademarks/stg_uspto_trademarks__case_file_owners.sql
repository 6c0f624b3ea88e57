-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_trademarks', 'case_file_owners') }}

),

renamed as (

    select
        serial_number,
        sequence_number,
        entry_number,
        party_role,
        party_type_code,
        legal_entity_code,
        legal_entity_note,
        party_name,
        party_name_raw,
        address_raw,
        city_name,
        state_code,
        country_code,
        postcode,
        nationality_country_code,
        nationality_state_code,
        name_change_note,
        other_names,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

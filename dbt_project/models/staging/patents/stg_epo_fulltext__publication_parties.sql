-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('epo_fulltext', 'publication_parties') }}

),

renamed as (

    select
        publication_number,
        sequence_number,
        party_role,
        party_name,
        party_name_raw,
        is_organisation,
        last_name,
        first_name,
        epo_party_number,
        party_reference,
        address_raw,
        city_raw,
        city_name,
        postcode,
        country_code,
        residence_country_code,
        nationality_code,
        state_codes,
        transfer_date,
        act_number,
        act_date,
        act_kind_code,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

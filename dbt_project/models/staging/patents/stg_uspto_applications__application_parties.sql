-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_applications', 'application_parties') }}

),

renamed as (

    select
        publication_number,
        party_role,
        sequence_number,
        party_name,
        party_name_raw,
        is_organisation,
        last_name,
        first_name,
        address_raw,
        city_name,
        state_code,
        postcode,
        country_code,
        country_raw,
        residence_country_code,
        nationality_code,
        applicant_type,
        applicant_authority,
        assignee_role_code,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

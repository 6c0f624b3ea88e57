-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_file_wrapper', 'wrapper_parties') }}

),

renamed as (

    select
        application_number,
        sequence_number,
        party_role,
        party_name,
        party_name_raw,
        is_organisation,
        last_name,
        first_name,
        city_name,
        region_code,
        country_code,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_file_wrapper', 'wrapper_assignment_parties') }}

),

renamed as (

    select
        application_number,
        sequence_number,
        reel_frame,
        party_role,
        party_name,
        party_name_raw,
        execution_date,
        address_raw,
        city_name,
        region_code,
        postcode,
        country_code,
        country_raw,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

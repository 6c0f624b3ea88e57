-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_assignments', 'assignment_parties') }}

),

renamed as (

    select
        reel_frame,
        party_role,
        sequence_number,
        party_name,
        name_type,
        execution_date,
        acknowledged_date,
        address_raw,
        city_name,
        state_name,
        postcode,
        country_code,
        country_raw,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

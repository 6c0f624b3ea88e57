-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_grants', 'grant_priorities') }}

),

renamed as (

    select
        publication_number,
        sequence_number,
        priority_country_code,
        priority_application_number,
        priority_application_number_raw,
        is_check_digit_valid,
        priority_date,
        priority_kind,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

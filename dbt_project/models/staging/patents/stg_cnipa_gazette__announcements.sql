-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('cnipa_gazette', 'announcements') }}

),

renamed as (

    select
        publication_number,
        kind_code,
        office_code,
        right_type,
        publication_date,
        application_number,
        application_number_raw,
        is_application_number_damaged,
        is_check_digit_valid,
        filing_date,
        title,
        item_number,
        address_raw,
        postcode,
        country_code,
        province_name,
        city_name,
        district_name,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('gleif', 'entities') }}

),

renamed as (

    select
        lei,
        is_lei_valid,
        legal_name,
        legal_name_raw,
        legal_name_language_code,
        country_code,
        country_subdivision_code,
        city_name,
        postcode,
        address_raw,
        headquarters_country_code,
        headquarters_subdivision_code,
        headquarters_city_name,
        registration_authority_code,
        registration_number,
        registration_number_raw,
        uscc,
        jurisdiction_code,
        entity_category,
        entity_subcategory,
        legal_form_code,
        entity_status,
        creation_date,
        creation_date_raw,
        registration_status,
        registration_date,
        updated_date,
        renewal_date,
        successor_lei,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

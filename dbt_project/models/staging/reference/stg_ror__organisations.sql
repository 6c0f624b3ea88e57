-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('ror', 'organisations') }}

),

renamed as (

    select
        ror_id,
        is_id_valid,
        release_name,
        schema_version,
        organisation_name,
        status,
        organisation_types,
        established_year,
        country_code,
        country_subdivision_code,
        city_name,
        geonames_id,
        latitude,
        longitude,
        website_url,
        created_date,
        updated_date,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

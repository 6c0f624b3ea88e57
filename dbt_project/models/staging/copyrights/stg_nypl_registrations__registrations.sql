-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('nypl_registrations', 'registrations') }}

),

renamed as (

    select
        entry_id,
        registration_number,
        registration_number_raw,
        registration_number_attribute,
        registration_date,
        registration_date_raw,
        registration_date_attribute,
        is_contradictory,
        class_code,
        title,
        edition_statement,
        series,
        volume,
        physical_description,
        note,
        new_matter,
        previous_registration_number,
        publication_place,
        publication_year,
        copyright_date,
        affidavit_date,
        notice_date,
        copy_count,
        duplicate_of_entry_id,
        part_of_entry_id,
        catalog_year,
        catalog_series,
        catalog_volume,
        catalog_part,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('usco_records', 'records') }}

),

renamed as (

    select
        public_record_id,
        record_type,
        system_of_origin,
        work_type,
        class_codes,
        registration_number,
        registration_number_raw,
        display_number,
        registration_date,
        recordation_date,
        representative_date,
        registration_status,
        publication_year,
        title,
        title_raw,
        title_remainder,
        responsibility,
        authorship,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_trademarks', 'case_file_classes') }}

),

renamed as (

    select
        serial_number,
        sequence_number,
        classification_number,
        classification_scheme,
        class_code,
        first_use_date,
        first_use_date_raw,
        first_commerce_date,
        status_code,
        status_date,
        status_date_raw,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_file_wrapper', 'wrapper_priorities') }}

),

renamed as (

    select
        application_number,
        sequence_number,
        priority_country_code,
        priority_office_name,
        priority_application_number,
        priority_application_number_raw,
        priority_date,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

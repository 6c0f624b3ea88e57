-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_file_wrapper', 'wrapper_classifications') }}

),

renamed as (

    select
        application_number,
        sequence_number,
        classification_scheme,
        classification_symbol,
        section_code,
        classification_raw,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

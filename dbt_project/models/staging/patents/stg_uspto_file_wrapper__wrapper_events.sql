-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_file_wrapper', 'wrapper_events') }}

),

renamed as (

    select
        application_number,
        sequence_number,
        event_code,
        event_name,
        event_date,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_trademarks', 'case_file_events') }}

),

renamed as (

    select
        serial_number,
        sequence_number,
        event_number,
        event_code,
        event_type,
        event_date,
        event_text,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

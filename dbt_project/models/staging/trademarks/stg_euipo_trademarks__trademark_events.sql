-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('euipo_trademarks', 'trademark_events') }}

),

renamed as (

    select
        application_number,
        event_kind,
        sequence_number,
        event_number,
        event_date,
        event_text,
        status,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('euipo_designs', 'design_events') }}

),

renamed as (

    select
        design_number,
        event_kind,
        sequence_number,
        event_number,
        event_date,
        event_text,
        publication_sequence_number,
        renewal_sequence_number,
        status,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

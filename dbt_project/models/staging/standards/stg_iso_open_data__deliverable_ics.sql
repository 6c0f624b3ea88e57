-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('iso_open_data', 'deliverable_ics') }}

),

renamed as (

    select
        deliverable_id,
        sequence_number,
        ics_code,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

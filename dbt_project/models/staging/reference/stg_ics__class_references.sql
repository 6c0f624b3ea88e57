-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('ics', 'class_references') }}

),

renamed as (

    select
        ics_code,
        sequence_number,
        other_ics_code,
        note,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

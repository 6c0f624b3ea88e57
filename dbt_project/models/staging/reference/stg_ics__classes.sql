-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('ics', 'classes') }}

),

renamed as (

    select
        ics_code,
        parent_code,
        ics_level,
        title,
        title_raw,
        full_title,
        note,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

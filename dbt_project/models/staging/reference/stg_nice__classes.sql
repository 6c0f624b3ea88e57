-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('nice', 'classes') }}

),

renamed as (

    select
        edition,
        edition_year,
        class_number,
        class_kind,
        class_kind_raw,
        heading,
        note,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

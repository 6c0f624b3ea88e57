-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('nypl_registrations', 'cross_references') }}

),

renamed as (

    select
        cross_reference_id,
        heading_name,
        role_raw,
        title,
        note,
        see_entry_id,
        see_text,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

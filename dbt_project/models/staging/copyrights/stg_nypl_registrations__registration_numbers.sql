-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('nypl_registrations', 'registration_numbers') }}

),

renamed as (

    select
        entry_id,
        sequence_number,
        registration_number,
        registration_number_raw,
        number_source,
        registration_date,
        registration_date_raw,
        is_additional,
        is_ignored,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

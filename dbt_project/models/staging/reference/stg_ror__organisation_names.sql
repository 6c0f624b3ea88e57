-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('ror', 'organisation_names') }}

),

renamed as (

    select
        ror_id,
        sequence_number,
        name_type,
        language_code,
        organisation_name,
        organisation_name_raw,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('usco_records', 'record_parties') }}

),

renamed as (

    select
        public_record_id,
        sequence_number,
        party_kind,
        party_role,
        party_name,
        party_name_raw,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

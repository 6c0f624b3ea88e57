-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('euipo_trademarks', 'trademark_parties') }}

),

renamed as (

    select
        application_number,
        party_role,
        sequence_number,
        party_number,
        party_name,
        party_office_code,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

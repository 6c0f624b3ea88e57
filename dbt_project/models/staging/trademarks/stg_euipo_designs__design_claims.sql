-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('euipo_designs', 'design_claims') }}

),

renamed as (

    select
        design_number,
        claim_kind,
        sequence_number,
        country_code,
        earlier_number,
        earlier_date,
        status,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

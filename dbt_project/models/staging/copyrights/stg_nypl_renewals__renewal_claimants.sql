-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('nypl_renewals', 'renewal_claimants') }}

),

renamed as (

    select
        entry_id,
        sequence_number,
        party_role,
        party_name,
        party_name_raw,
        claim_basis,
        is_proprietor,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

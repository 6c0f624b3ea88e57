-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('epo_fulltext', 'designated_states') }}

),

renamed as (

    select
        publication_number,
        sequence_number,
        state_code,
        designation_type,
        payment_date,
        withdrawal_date,
        lapse_date,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

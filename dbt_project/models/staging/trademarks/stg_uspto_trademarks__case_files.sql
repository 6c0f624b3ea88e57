-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_trademarks', 'case_files') }}

),

renamed as (

    select
        serial_number,
        action_key,
        office_code,
        registration_number,
        transaction_date,
        filing_date,
        filing_date_raw,
        registration_date,
        published_date,
        abandonment_date,
        cancellation_date,
        renewal_date,
        status_code,
        status_date,
        mark_text,
        drawing_code,
        flags,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

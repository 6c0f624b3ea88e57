-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_trademarks', 'case_file_statements') }}

),

renamed as (

    select
        serial_number,
        sequence_number,
        statement_code,
        statement_text,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

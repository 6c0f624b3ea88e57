-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('euipo_designs', 'design_classifications') }}

),

renamed as (

    select
        design_number,
        sequence_number,
        locarno_code,
        locarno_code_raw,
        class_number,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

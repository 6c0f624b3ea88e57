-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('euipo_trademarks', 'trademark_classes') }}

),

renamed as (

    select
        application_number,
        class_number,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('euipo_trademarks', 'trademark_goods') }}

),

renamed as (

    select
        application_number,
        class_number,
        language_code,
        goods_text,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

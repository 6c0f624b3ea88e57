-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('euipo_designs', 'design_products') }}

),

renamed as (

    select
        design_number,
        sequence_number,
        language_code,
        product_name,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('gbt2260', 'divisions') }}

),

renamed as (

    select
        division_code,
        division_name,
        level,
        parent_code,
        province_code,
        province_name,
        prefecture_name,
        basis,
        valid_from,
        valid_to,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

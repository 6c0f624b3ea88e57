-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('technology', 'ipc_industries') }}

),

renamed as (

    select
        nace_digit_count,
        nace_code,
        nace_name,
        ipc_prefix,
        subclass_code,
        main_group_number,
        not_with_ipc_prefix,
        unless_with_ipc_prefix,
        except_ipc_prefix,
        not_with_ipc_raw,
        unless_with_ipc_raw,
        weight,
        is_repeated,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- One row per IPC prefix of WIPO's list of 35 technology fields.
with

ranked as (

    select
        ipc_prefix,
        subclass_code,
        field_number,
        field_name,
        sector_name,
        row_number() over (
            partition by ipc_prefix
            -- WIPO's own list before the copy that lacks some lines.
            order by table_edition desc, field_number asc
        ) as place
    from {{ ref('stg_technology__ipc_fields') }}

),

final as (

    select
        ipc_prefix,
        subclass_code,
        field_number,
        field_name,
        sector_name
    from ranked
    where place = 1

)

select * from final

-- One row per edition of WIPO's list, IPC prefix and technology field. Editions are not
-- to be mixed.
with

listed as (

    select distinct
        table_edition,
        ipc_prefix,
        subclass_code,
        field_number
    from {{ ref('stg_technology__ipc_fields') }}

),

final as (

    select
        table_edition,
        ipc_prefix,
        subclass_code,
        field_number,
        cast(1 as double)
        / count(*) over (partition by table_edition, ipc_prefix) as weight
    from listed

)

select * from final

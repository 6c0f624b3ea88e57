-- One row per level of the concordance, IPC prefix and NACE industry, repeats once.
with

listed as (

    select
        nace_digit_count,
        ipc_prefix,
        subclass_code,
        nace_code,
        not_with_ipc_prefix,
        unless_with_ipc_prefix,
        except_ipc_prefix,
        false as is_filled
    from {{ ref('stg_technology__ipc_industries') }}
    where not is_repeated

),

elsewhere as (

    select
        *,
        case when nace_digit_count = 2 then 3 else 2 end as lacking_digit_count
    from listed

),

-- Each level lacks subclasses that the other has: a group tells its division, and a
-- division that is not divided further stands for itself.
filled as (

    select distinct
        elsewhere.lacking_digit_count as nace_digit_count,
        elsewhere.ipc_prefix,
        elsewhere.subclass_code,
        case
            when elsewhere.lacking_digit_count = 2
                then substr(elsewhere.nace_code, 1, 2)
            else elsewhere.nace_code
        end as nace_code,
        elsewhere.not_with_ipc_prefix,
        elsewhere.unless_with_ipc_prefix,
        elsewhere.except_ipc_prefix,
        true as is_filled
    from elsewhere
    left join listed
        on
            elsewhere.lacking_digit_count = listed.nace_digit_count
            and elsewhere.subclass_code = listed.subclass_code
    where listed.nace_code is null

),

united as (

    select * from listed
    union all
    select * from filled

),

final as (

    select
        cast(nace_digit_count as bigint) as nace_digit_count,
        ipc_prefix,
        subclass_code,
        nace_code,
        not_with_ipc_prefix,
        unless_with_ipc_prefix,
        except_ipc_prefix,
        is_filled,
        cast(1 as double)
        / count(*) over (partition by nace_digit_count, ipc_prefix) as weight
    from united

)

select * from final

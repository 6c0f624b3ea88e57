-- One row per industry of an edition of a classification, as the newest file has it.
with

numbered as (

    select
        classification,
        edition,
        industry_code,
        industry_name,
        industry_level,
        parent_industry_code,
        row_number() over (
            partition by classification, edition, industry_code
            order by _landed_at desc, _snapshot_id desc, _record_number asc
        ) as place
    from {{ ref('stg_industries__industries') }}
    where industry_code is not null

),

final as (

    select
        classification,
        edition,
        industry_code,
        industry_name,
        industry_level,
        parent_industry_code
    from numbered
    where place = 1

)

select * from final

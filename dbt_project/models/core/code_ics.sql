-- One row per code of the International Classification for Standards.
with

classes as (

    select * from {{ ref('stg_ics__classes') }}

),

final as (

    select
        ics_code,
        parent_code,
        ics_level,
        title,
        full_title,
        substr(ics_code, 1, 2) as field_code
    from classes

)

select * from final

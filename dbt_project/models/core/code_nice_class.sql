-- One row per class of the Nice Classification, in each edition and version.
with

classes as (

    select
        edition,
        edition_year,
        class_number,
        class_kind,
        heading,
        -- The tenth edition has versions of several years.
        edition * 10000 + edition_year as version_rank
    from {{ ref('stg_nice__classes') }}

),

newest as (

    select max(version_rank) as version_rank from classes

),

final as (

    select
        classes.edition,
        classes.edition_year,
        classes.class_number,
        classes.class_kind,
        classes.heading,
        classes.version_rank = newest.version_rank as is_newest
    from classes
    cross join newest

)

select * from final

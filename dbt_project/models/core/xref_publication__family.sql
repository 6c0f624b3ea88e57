-- One row per publication of a patent document whose application is known, with its
-- families.
with

families as (

    select
        publication_number,
        application_id,
        simple_family_id,
        extended_family_id,
        application_count,
        method,
        score,
        version
    from {{ source('xref', 'patent_families') }}

),

published as (

    select
        publication_number,
        right_id
    from {{ ref('fct_publication') }}

),

final as (

    select
        families.publication_number,
        published.right_id,
        families.application_id,
        families.simple_family_id,
        families.extended_family_id,
        families.application_count,
        families.method,
        families.score,
        families.version
    from families
    left join published
        on families.publication_number = published.publication_number

)

select * from final

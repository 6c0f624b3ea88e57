-- One row per reference of a patent to literature, with the work that it most likely
-- means.
with

links as (

    select
        publication_number,
        sequence_number,
        work_id,
        method,
        score,
        confidence,
        version
    from {{ source('xref', 'patent_works') }}

),

published as (

    select
        publication_number,
        right_id
    from {{ ref('fct_publication') }}

),

final as (

    select
        links.publication_number,
        links.sequence_number,
        published.right_id,
        links.work_id,
        links.method,
        links.score,
        links.confidence,
        links.version
    from links
    left join published
        on links.publication_number = published.publication_number

)

select * from final

-- One row per publication and IPC symbol.
with

gazette as (

    select
        published.publication_number,
        classes.classification_symbol,
        min(classes.sequence_number) as sequence_number
    from {{ ref('stg_cnipa_gazette__announcement_classifications') }} as classes
    inner join {{ ref('fct_publication') }} as published
        on
            classes._snapshot_id = published._snapshot_id
            and classes._record_number = published._record_number
    where classes.classification_scheme = 'IPC'
    group by published.publication_number, classes.classification_symbol

),

grants as (

    select
        published.publication_number,
        classes.classification_symbol,
        min(classes.sequence_number) as sequence_number
    from {{ ref('stg_uspto_grants__grant_classifications') }} as classes
    inner join {{ ref('fct_publication') }} as published
        on
            classes._snapshot_id = published._snapshot_id
            and classes._record_number = published._record_number
    where
        classes.classification_scheme = 'IPC'
        and classes.classification_symbol is not null
    group by published.publication_number, classes.classification_symbol

),

received as (

    select * from gazette
    union all
    select * from grants

),

final as (

    select
        publication_number,
        classification_symbol,
        substr(classification_symbol, 1, 4) as subclass_code,
        substr(classification_symbol, 1, 1) as section_code,
        row_number() over (
            partition by publication_number
            order by sequence_number asc, classification_symbol asc
        ) = 1 as is_first
    from received

)

select * from final

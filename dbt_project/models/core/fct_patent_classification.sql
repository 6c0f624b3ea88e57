-- One row per publication and IPC symbol.
with

classes as (

    select
        _snapshot_id,
        _record_number,
        sequence_number,
        classification_scheme,
        classification_symbol
    from {{ ref('stg_cnipa_gazette__announcement_classifications') }}
    union all
    select
        _snapshot_id,
        _record_number,
        sequence_number,
        classification_scheme,
        classification_symbol
    from {{ ref('stg_uspto_grants__grant_classifications') }}
    union all
    select
        _snapshot_id,
        _record_number,
        sequence_number,
        classification_scheme,
        classification_symbol
    from {{ ref('stg_uspto_applications__application_classifications') }}
    union all
    select
        _snapshot_id,
        _record_number,
        sequence_number,
        classification_scheme,
        classification_symbol
    from {{ ref('stg_epo_fulltext__publication_classifications') }}

),

received as (

    select
        published.publication_number,
        classes.classification_symbol,
        min(classes.sequence_number) as sequence_number
    from classes
    inner join {{ ref('fct_publication') }} as published
        on
            classes._snapshot_id = published._snapshot_id
            and classes._record_number = published._record_number
    where
        classes.classification_scheme = 'IPC'
        and classes.classification_symbol is not null
    group by published.publication_number, classes.classification_symbol

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

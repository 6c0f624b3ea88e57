-- One row per standard, by its designator.
with

iso as (

    select
        designator,
        'ISO' as standard_body,
        title,
        publication_date,
        stage_code,
        'standards/iso_open_data' as source,
        row_number() over (
            partition by designator
            order by _snapshot_id desc, deliverable_id desc
        ) as place
    from {{ ref('stg_iso_open_data__deliverables') }}

),

declared as (

    select
        standard_designator as designator,
        standard_body
    from {{ ref('stg_etsi_isld__declarations') }}
    where standard_designator is not null
    union
    select
        specification_designator as designator,
        '3GPP' as standard_body
    from {{ ref('stg_etsi_isld__declarations') }}
    where specification_designator is not null
    union
    -- The other number of a text that was declared under one.
    select
        standard_designator as designator,
        split_part(standard_designator, ' ', 1) as standard_body
    from {{ source('xref', 'sep_chain') }}
    where standard_designator is not null

),

final as (

    select
        designator,
        standard_body,
        title,
        publication_date,
        stage_code,
        source
    from iso
    where place = 1
    union all
    select
        designator,
        standard_body,
        cast(null as string) as title,
        cast(null as date) as publication_date,
        cast(null as string) as stage_code,
        'standards/etsi_isld' as source
    from declared

)

select * from final

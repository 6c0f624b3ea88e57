-- One row per technology field, office, kind of right and year of publication.
with

fields as (

    select distinct
        classes.publication_number,
        fields.field_number,
        fields.field_name,
        fields.sector_name
    from {{ ref('fct_patent_classification') }} as classes
    inner join {{ ref('code_technology_field') }} as fields
        on
            classes.subclass_code = fields.subclass_code
            and classes.classification_symbol like fields.ipc_prefix || '%'

),

weights as (

    select
        publication_number,
        -- Decimals, because sums of fractions depend on the order of adding.
        cast(cast(1 as double) / count(*) as decimal(18, 12)) as weight
    from fields
    group by publication_number

),

final as (

    select
        fields.field_number,
        fields.field_name,
        fields.sector_name,
        published.office_code,
        published.right_type,
        cast(year(published.publication_date) as bigint) as publication_year,
        cast(sum(weights.weight) as double) as fractional_count,
        count(*) as publication_count
    from fields
    inner join weights on fields.publication_number = weights.publication_number
    inner join {{ ref('fct_publication') }} as published
        on fields.publication_number = published.publication_number
    group by
        fields.field_number,
        fields.field_name,
        fields.sector_name,
        published.office_code,
        published.right_type,
        cast(year(published.publication_date) as bigint)

)

select * from final

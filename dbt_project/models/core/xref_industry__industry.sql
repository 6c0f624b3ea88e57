-- One row per pair of codes of two classifications, in named editions of both.
with

published as (

    select distinct
        source_classification,
        source_edition,
        source_code,
        target_classification,
        target_edition,
        target_code,
        'published table' as method
    from {{ ref('stg_industries__industry_concordances') }}

),

divisions as (

    select distinct
        classification,
        edition,
        industry_code
    from {{ ref('stg_industries__industries') }}
    where
        industry_level = 'division'
        and classification || ' ' || edition in ('NACE 2', 'ISIC 4')

),

-- NACE Rev. 2 has the divisions of ISIC Rev. 4, with the same codes.
same_division as (

    select
        one.classification as source_classification,
        one.edition as source_edition,
        one.industry_code as source_code,
        other.classification as target_classification,
        other.edition as target_edition,
        other.industry_code as target_code,
        'same division' as method
    from divisions as one
    inner join divisions as other
        on
            one.industry_code = other.industry_code
            and one.classification <> other.classification

),

-- GB/T 4754 was made after ISIC, with divisions of its own.
by_contents as (

    select
        'GBT4754' as source_classification,
        gbt4754_edition as source_edition,
        gbt4754_code as source_code,
        'ISIC' as target_classification,
        isic_edition as target_edition,
        isic_code as target_code,
        'contents of divisions' as method
    from {{ ref('xref_gbt4754__isic') }}

),

to_gbt4754 as (

    select
        target_classification as source_classification,
        target_edition as source_edition,
        target_code as source_code,
        source_classification as target_classification,
        source_edition as target_edition,
        source_code as target_code,
        method
    from by_contents

),

all_pairs as (

    select * from published
    union all
    select * from same_division
    union all
    select * from by_contents
    union all
    select * from to_gbt4754

),

final as (

    select
        source_classification,
        source_edition,
        source_code,
        target_classification,
        target_edition,
        target_code,
        method,
        cast(1 as double) / count(*) over (
            partition by
                source_classification,
                source_edition,
                source_code,
                target_classification,
                target_edition
        ) as weight
    from all_pairs

)

select * from final

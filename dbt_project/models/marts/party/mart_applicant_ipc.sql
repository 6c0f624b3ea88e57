-- One row per applicant, its city, office and section of the International Patent
-- Classification.
with

owners as (

    select distinct
        linked.party_id,
        linked.city_region_id,
        published.publication_number,
        published.right_id,
        published.office_code
    from {{ ref('xref_party__mention') }} as linked
    inner join {{ ref('fct_publication') }} as published
        on linked.right_id = published.right_id

),

-- An owner that is not the first one has no address: it keeps the city it mostly has.
placed as (

    select
        owners.party_id,
        owners.publication_number,
        owners.right_id,
        owners.office_code,
        coalesce(owners.city_region_id, parties.city_region_id) as city_region_id
    from owners
    inner join {{ ref('dim_party') }} as parties on owners.party_id = parties.party_id

),

counted as (

    select
        placed.party_id,
        placed.city_region_id,
        placed.office_code,
        classes.section_code,
        count(distinct placed.right_id) as patent_count
    from placed
    inner join {{ ref('fct_patent_classification') }} as classes
        on placed.publication_number = classes.publication_number
    where classes.is_first
    group by
        placed.party_id, placed.city_region_id, placed.office_code, classes.section_code

),

final as (

    select
        counted.party_id,
        parties.party_name,
        counted.city_region_id,
        cities.region_name as city_name,
        counted.office_code,
        counted.section_code,
        counted.patent_count
    from counted
    inner join {{ ref('dim_party') }} as parties on counted.party_id = parties.party_id
    left join
        {{ ref('dim_region') }} as cities
        on counted.city_region_id = cities.region_id

)

select * from final

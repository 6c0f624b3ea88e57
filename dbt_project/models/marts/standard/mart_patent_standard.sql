-- One row per declared patent and standard. Declared by its owner, never called
-- essential.
with

declared as (

    select
        office_code,
        coalesce(publication_number, application_number) as patent_number,
        coalesce(standard_designator, specification_designator) as standard_designator,
        min(specification_designator) as specification_designator,
        min(declarant_name_key) as declarant_name_key,
        min(declaration_date) as first_declared_date,
        count(distinct declaration_number) as declaration_count,
        min(family_id) as family_id,
        max(title) as title
    from {{ ref('fct_sep_declaration') }}
    where
        coalesce(publication_number, application_number) is not null
        and coalesce(standard_designator, specification_designator) is not null
    group by
        coalesce(publication_number, application_number),
        office_code,
        coalesce(standard_designator, specification_designator)

),

aliases as (

    select
        name_key,
        min(party_id) as party_id
    from {{ ref('party_alias') }}
    group by name_key

),

final as (

    select
        declared.patent_number,
        declared.office_code,
        declared.standard_designator,
        standards.standard_body,
        declared.specification_designator,
        aliases.party_id,
        parties.party_name as declarant_name,
        declared.first_declared_date,
        declared.declaration_count,
        declared.family_id,
        declared.title,
        published.right_id is not null as is_in_publications
    from declared
    inner join {{ ref('dim_standard') }} as standards
        on declared.standard_designator = standards.designator
    left join aliases on declared.declarant_name_key = aliases.name_key
    left join {{ ref('dim_party') }} as parties on aliases.party_id = parties.party_id
    left join {{ ref('fct_publication') }} as published
        on declared.patent_number = published.publication_number

)

select * from final

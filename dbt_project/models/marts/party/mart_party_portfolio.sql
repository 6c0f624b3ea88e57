-- One row per party with what it holds, declares, writes and funds, in all sources.
with

held as (

    select
        party_id,
        count(
            distinct case
                when right_type in ('trademark', 'copyright', 'declaration') then null
                else right_id
            end
        ) as patent_count,
        count(distinct case when right_type = 'trademark' then right_id end)
            as trademark_count,
        count(distinct case when right_type = 'copyright' then right_id end)
            as copyright_count
    from {{ ref('xref_party__mention') }}
    group by party_id

),

aliases as (

    select
        name_key,
        min(party_id) as party_id
    from {{ ref('party_alias') }}
    group by name_key

),

declared as (

    select
        aliases.party_id,
        count(distinct declared.declaration_number) as declaration_count,
        count(distinct declared.group_id) as declared_group_count,
        count(distinct declared.standard_designator) as declared_standard_count
    from {{ ref('fct_sep_declaration') }} as declared
    inner join aliases on declared.declarant_name_key = aliases.name_key
    group by aliases.party_id

),

written as (

    select
        party_id,
        count(
            distinct case when party_role = 'author_affiliation' then work_id end
        ) as work_count,
        count(distinct case when party_role = 'funder' then work_id end)
            as funded_work_count
    from {{ ref('fct_work_party') }}
    group by party_id

),

contributed as (

    select
        linked.party_id,
        count(distinct standards.designator_undated) as contributed_standard_count
    from {{ ref('fct_standard_party') }} as linked
    inner join {{ ref('dim_standard') }} as standards
        on linked.designator = standards.designator
    where linked.party_role <> 'publisher'
    group by linked.party_id

),

final as (

    select
        parties.party_id,
        parties.party_name,
        parties.party_type,
        parties.lei,
        parties.ror_id,
        parties.country_code,
        parties.city_region_id,
        regions.region_name as city_name,
        parties.spelling_count,
        coalesce(held.patent_count, 0) as patent_count,
        coalesce(held.trademark_count, 0) as trademark_count,
        coalesce(held.copyright_count, 0) as copyright_count,
        coalesce(declared.declaration_count, 0) as declaration_count,
        coalesce(declared.declared_group_count, 0) as declared_group_count,
        coalesce(declared.declared_standard_count, 0) as declared_standard_count,
        coalesce(contributed.contributed_standard_count, 0)
            as contributed_standard_count,
        coalesce(written.work_count, 0) as work_count,
        coalesce(written.funded_work_count, 0) as funded_work_count
    from {{ ref('dim_party') }} as parties
    left join
        {{ ref('dim_region') }} as regions
        on parties.city_region_id = regions.region_id
    left join held on parties.party_id = held.party_id
    left join declared on parties.party_id = declared.party_id
    left join contributed on parties.party_id = contributed.party_id
    left join written on parties.party_id = written.party_id

)

select * from final

-- One row per standard, organisation and what it is to the standard: publisher, author,
-- what an author is affiliated with, or drafter. Persons and committees are none.
with

named as (

    select
        documents.designator,
        case
            when contributors.contributor_kind = 'affiliation'
                then contributors.role || '_affiliation'
            else contributors.role
        end as party_role,
        contributors.organisation_name
    from {{ ref('stg_relaton__document_contributors') }} as contributors
    inner join {{ ref('stg_relaton__documents') }} as documents
        on
            contributors._snapshot_id = documents._snapshot_id
            and contributors._record_number = documents._record_number
    where
        documents.record_form = 'record'
        and contributors.contributor_kind in ('organisation', 'affiliation')
    union all
    select
        standards.designator,
        'drafter' as party_role,
        drafters.organisation_name
    from {{ ref('stg_china_standards__standard_drafters') }} as drafters
    inner join {{ ref('stg_china_standards__standards') }} as standards
        on
            drafters._snapshot_id = standards._snapshot_id
            and drafters._record_number = standards._record_number

),

aliases as (

    select
        name_key,
        min(party_id) as party_id
    from {{ ref('party_alias') }}
    group by name_key

),

final as (

    select distinct
        named.designator,
        aliases.party_id,
        named.party_role
    from named
    inner join
        aliases
        on {{ normalised_name("named.organisation_name") }} = aliases.name_key
    where named.designator is not null

)

select * from final

-- One row per parent, successor or related organisation that a registry states of
-- another one. A party and its parent stay two parties.
with

-- One to one: a record in several releases of ROR stands as the newest one has it.
latest as (

    select
        _snapshot_id,
        _record_number,
        organisation_name,
        updated_date,
        row_number() over (
            partition by ror_id
            order by
                -- 'v1.9' comes before 'v1.17.1' and 'v1.54'.
                split_part(release_name, '.', 1) desc,
                lpad(split_part(release_name, '.', 2), 6, '0') desc,
                release_name desc,
                schema_version desc,
                _snapshot_id desc,
                _record_number desc
        ) as place
    from {{ ref('stg_ror__organisations') }}

),

-- Both ends may state a link: what is a child to one has it as parent, and of two that
-- are related the smaller number comes first.
ends as (

    select
        related.ror_id,
        related.other_ror_id,
        latest.organisation_name,
        related.other_name,
        latest.updated_date,
        case
            when related.relationship_type in ('child', 'parent') then 'parent'
            when related.relationship_type = 'related' then 'related'
            else 'successor'
        end as relation_type,
        related.relationship_type in ('child', 'predecessor')
        or (
            related.relationship_type = 'related'
            and related.other_ror_id < related.ror_id
        ) as is_turned
    from {{ ref('stg_ror__organisation_relationships') }} as related
    inner join latest
        on
            related._snapshot_id = latest._snapshot_id
            and related._record_number = latest._record_number
    where latest.place = 1

),

ror as (

    select
        case when is_turned then other_ror_id else ror_id end as party_number,
        case when is_turned then other_name else organisation_name end
            as party_registry_name,
        case when is_turned then ror_id else other_ror_id end as other_number,
        case when is_turned then organisation_name else other_name end
            as other_registry_name,
        relation_type,
        case when is_turned then 'other' else 'party' end as stated_by,
        updated_date as stated_date,
        'ror' as identifier_kind,
        'reference/ror' as source
    from ends

),

gleif as (

    select
        lei as party_number,
        legal_name as party_registry_name,
        successor_lei as other_number,
        cast(null as string) as other_registry_name,
        'successor' as relation_type,
        'party' as stated_by,
        updated_date as stated_date,
        'lei' as identifier_kind,
        'reference/gleif' as source
    from {{ ref('stg_gleif__entities') }}
    where successor_lei is not null

),

stated as (

    select * from ror
    union all
    select * from gleif

),

relations as (

    select
        source,
        identifier_kind,
        party_number,
        other_number,
        relation_type,
        min(party_registry_name) as party_registry_name,
        min(other_registry_name) as other_registry_name,
        case
            when min(stated_by) = max(stated_by) then min(stated_by)
            else 'both'
        end as stated_by,
        max(stated_date) as stated_date
    from stated
    group by source, identifier_kind, party_number, other_number, relation_type

),

-- One to one: a number that two parties bear is that of the one whose only one it is.
numbered as (

    select
        identifier_kind,
        identifier,
        coalesce(min(case when is_only then party_id end), min(party_id)) as party_id
    from {{ ref('xref_party__identifier') }}
    where identifier_kind in ('lei', 'ror')
    group by identifier_kind, identifier

),

final as (

    select
        relations.source,
        relations.party_number,
        relations.party_registry_name,
        parties.party_id,
        relations.relation_type,
        relations.other_number,
        relations.other_registry_name,
        other_parties.party_id as other_party_id,
        relations.stated_by,
        relations.stated_date
    from relations
    left join numbered as parties
        on
            relations.identifier_kind = parties.identifier_kind
            and relations.party_number = parties.identifier
    left join numbered as other_parties
        on
            relations.identifier_kind = other_parties.identifier_kind
            and relations.other_number = other_parties.identifier

)

select * from final

-- One row per parent, successor or related organisation that a registry states of another
-- one. A party and its parent stay two parties.
with

-- One to one: a record in several releases of ROR stands as the newest one has it.
latest as (

    select
        _snapshot_id,
        _record_number,
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
        ) as place,
        updated_date
    from {{ ref('stg_ror__organisations') }}

),

-- Both ends may state a link: what is a child to one has it as parent.
ror as (

    select
        case
            when related.relationship_type in ('child', 'predecessor')
                then related.other_ror_id
            else related.ror_id
        end as party_number,
        case
            when related.relationship_type in ('child', 'predecessor')
                then related.ror_id
            else related.other_ror_id
        end as other_number,
        case
            when related.relationship_type in ('child', 'parent') then 'parent'
            when related.relationship_type = 'related' then 'related'
            else 'successor'
        end as relation_type,
        case
            when related.relationship_type in ('child', 'predecessor') then 'other'
            else 'party'
        end as stated_by,
        latest.updated_date as stated_date,
        'ror' as identifier_kind,
        'reference/ror' as source
    from {{ ref('stg_ror__organisation_relationships') }} as related
    inner join latest
        on
            related._snapshot_id = latest._snapshot_id
            and related._record_number = latest._record_number
    where latest.place = 1

),

gleif as (

    select
        lei as party_number,
        successor_lei as other_number,
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
        case
            when min(stated_by) = max(stated_by) then min(stated_by)
            else 'both'
        end as stated_by,
        max(stated_date) as stated_date
    from stated
    group by source, identifier_kind, party_number, other_number, relation_type

),

-- One to one: a number that two parties bear is that of the one whose only number it is.
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
        parties.party_id,
        relations.relation_type,
        relations.other_number,
        others.party_id as other_party_id,
        relations.stated_by,
        relations.stated_date
    from relations
    left join numbered as parties
        on
            relations.identifier_kind = parties.identifier_kind
            and relations.party_number = parties.identifier
    left join numbered as others
        on
            relations.identifier_kind = others.identifier_kind
            and relations.other_number = others.identifier

)

select * from final

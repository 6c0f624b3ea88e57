-- One row per party that a right, a declaration, a work or a standard names, with its
-- kind and its registry ids.
with

aliases as (

    select
        party_id,
        name_key,
        min(lei) as lei,
        min(ror_id) as ror_id
    from {{ ref('party_alias') }}
    group by party_id, name_key

),

mentions as (

    select
        aliases.party_id,
        aliases.lei,
        aliases.ror_id,
        mentions.party_name,
        mentions.country_code,
        mentions.city_region_id
    from {{ ref('fct_party_mention') }} as mentions
    inner join aliases on mentions.name_key = aliases.name_key

),

named as (

    select
        party_id,
        party_name,
        row_number() over (
            partition by party_id
            order by count(*) desc, party_name asc
        ) as place
    from mentions
    group by party_id, party_name

),

placed as (

    select
        party_id,
        country_code,
        city_region_id,
        row_number() over (
            partition by party_id
            order by count(*) desc, country_code asc, city_region_id asc nulls last
        ) as place
    from mentions
    where country_code is not null
    group by party_id, country_code, city_region_id

),

counted as (

    select
        party_id,
        min(lei) as lei,
        min(ror_id) as ror_id,
        count(*) as mention_count,
        count(distinct party_name) as spelling_count
    from mentions
    group by party_id

),

-- Names of one party may speak of several kinds: the one that most of them speak of.
kinds as (

    select
        party_id,
        party_type,
        row_number() over (
            partition by party_id
            order by
                case when party_type = 'unknown' then 1 else 0 end asc,
                count(*) desc,
                party_type asc
        ) as place
    from {{ ref('party_alias') }}
    where party_type is not null
    group by party_id, party_type

),

active as (

    select party_id from {{ ref('fct_work_party') }}
    union
    select party_id from {{ ref('fct_standard_party') }}

),

-- Who only writes, funds or contributes is not among the owners of rights.
others as (

    select
        aliases.party_id,
        min(spelled.alias_name) as party_name,
        min(aliases.lei) as lei,
        min(aliases.ror_id) as ror_id
    from active
    inner join aliases on active.party_id = aliases.party_id
    inner join {{ ref('party_alias') }} as spelled
        on aliases.name_key = spelled.name_key
    left join counted on active.party_id = counted.party_id
    where counted.party_id is null
    group by aliases.party_id

),

parties as (

    select
        counted.party_id,
        named.party_name,
        counted.lei,
        counted.ror_id,
        placed.country_code,
        placed.city_region_id,
        counted.mention_count,
        counted.spelling_count
    from counted
    inner join named on counted.party_id = named.party_id and named.place = 1
    left join placed on counted.party_id = placed.party_id and placed.place = 1
    union all
    select
        party_id,
        party_name,
        lei,
        ror_id,
        cast(null as string) as country_code,
        cast(null as string) as city_region_id,
        cast(0 as bigint) as mention_count,
        cast(0 as bigint) as spelling_count
    from others

),

final as (

    select
        parties.party_id,
        parties.party_name,
        parties.lei,
        parties.ror_id,
        parties.country_code,
        parties.city_region_id,
        parties.mention_count,
        parties.spelling_count,
        coalesce(kinds.party_type, 'unknown') as party_type
    from parties
    left join kinds on parties.party_id = kinds.party_id and kinds.place = 1

)

select * from final

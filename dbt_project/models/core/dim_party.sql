-- One row per party that a right or a declaration names, with its registry ids.
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

final as (

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

)

select * from final

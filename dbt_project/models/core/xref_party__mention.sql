-- One row per mention of a party, with the party it is.
with

aliases as (

    select
        name_key,
        min(party_id) as party_id,
        min(method) as method
    from {{ ref('party_alias') }}
    group by name_key

),

final as (

    select
        aliases.party_id,
        mentions.source,
        mentions._snapshot_id,
        mentions._record_number,
        mentions.party_role,
        mentions.sequence_number,
        mentions.right_id,
        mentions.right_type,
        mentions.city_region_id,
        aliases.method
    from {{ ref('fct_party_mention') }} as mentions
    inner join aliases on mentions.name_key = aliases.name_key

)

select * from final

-- One row per spelling of a party and source. Which spellings are one party is
-- linkage's verdict; a spelling that it has not seen is in no party.
with

spellings as (

    select distinct
        name_key,
        alias_name,
        source
    from {{ ref('int_party__spelled') }}

),

final as (

    select
        spellings.name_key,
        spellings.alias_name,
        spellings.source,
        linked.lei,
        linked.ror_id,
        linked.uscc,
        linked.party_id,
        linked.party_type,
        linked.method,
        linked.score,
        linked.version
    from spellings
    inner join
        {{ source('xref', 'party_names') }} as linked
        on spellings.name_key = linked.name_key

)

select * from final

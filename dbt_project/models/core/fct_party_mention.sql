-- One row per owner of a right, or declarant of a standard, as one document names it.
-- Names that a source marks as those of natural persons are left out.
with

declared as (

    select
        'standards/etsi_isld' as source,
        _snapshot_id,
        _record_number,
        'declarant' as party_role,
        1 as sequence_number,
        declarant_name as party_name,
        declarant_name_raw as party_name_raw,
        cast(null as string) as right_id,
        'declaration' as right_type,
        cast(null as string) as country_code,
        cast(null as string) as city_region_id
    from {{ ref('stg_etsi_isld__declarations') }}

),

mentions as (

    select * from {{ ref('int_party__mentioned_patents') }}
    union all
    select * from {{ ref('int_party__mentioned_marks') }}
    union all
    select * from {{ ref('int_party__mentioned_copyrights') }}
    union all
    select * from declared

),

final as (

    select
        source,
        _snapshot_id,
        _record_number,
        party_role,
        cast(sequence_number as bigint) as sequence_number,
        party_name,
        party_name_raw,
        {{ normalised_name("party_name") }} as name_key,
        right_id,
        right_type,
        country_code,
        city_region_id
    from mentions
    where party_name is not null and {{ normalised_name("party_name") }} <> ''

)

select * from final

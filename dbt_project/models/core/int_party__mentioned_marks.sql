-- One row per owner of a trademark or an EU design, as one record names it. Individuals
-- are left out where the US office marks them; the EUIPO marks nobody, but gives no
-- applicant where it is a person.
with

us_marks as (

    select
        'trademarks/uspto_trademarks' as source,
        _snapshot_id,
        _record_number,
        party_role,
        sequence_number,
        party_name,
        party_name_raw,
        'US:' || serial_number as right_id,
        'trademark' as right_type,
        country_code,
        cast(null as string) as city_region_id
    from {{ ref('stg_uspto_trademarks__case_file_owners') }}
    -- 01 is an individual.
    where coalesce(legal_entity_code, '') <> '01'

),

eu_parties as (

    select
        'trademarks/euipo_trademarks' as source,
        _snapshot_id,
        _record_number,
        party_role,
        sequence_number,
        party_office_code,
        party_number,
        party_name,
        'EM:' || application_number as right_id,
        'trademark' as right_type
    from {{ ref('stg_euipo_trademarks__trademark_parties') }}
    where party_role = 'applicant'
    union all
    select
        'trademarks/euipo_designs' as source,
        _snapshot_id,
        _record_number,
        party_role,
        sequence_number,
        party_office_code,
        party_number,
        party_name,
        'EM:' || design_number as right_id,
        'design' as right_type
    from {{ ref('stg_euipo_designs__design_parties') }}
    where party_role = 'applicant'

),

-- Dumps have the office's numbers of parties alone, listings mostly names beside them.
named as (

    select
        party_office_code,
        party_number,
        min(party_name) as party_name
    from eu_parties
    where party_number is not null and party_name is not null
    group by party_office_code, party_number

),

-- Dumps say what is to be done with a record, listings do not.
dumped as (

    select
        'EM:' || application_number as right_id,
        'trademarks/euipo_trademarks' as source,
        _snapshot_id,
        _record_number
    from {{ ref('stg_euipo_trademarks__trademarks') }}
    where operation in ('Insert', 'Update')
    union all
    select
        'EM:' || design_number as right_id,
        'trademarks/euipo_designs' as source,
        _snapshot_id,
        _record_number
    from {{ ref('stg_euipo_designs__designs') }}
    where operation in ('Insert', 'Update')

),

of_persons as (

    select distinct dumped.right_id
    from dumped
    left join eu_parties
        on
            dumped.source = eu_parties.source
            and dumped._snapshot_id = eu_parties._snapshot_id
            and dumped._record_number = eu_parties._record_number
    where eu_parties.right_id is null

),

eu_rights as (

    select
        eu_parties.source,
        eu_parties._snapshot_id,
        eu_parties._record_number,
        eu_parties.party_role,
        eu_parties.sequence_number,
        coalesce(eu_parties.party_name, named.party_name) as party_name,
        coalesce(eu_parties.party_name, named.party_name) as party_name_raw,
        eu_parties.right_id,
        eu_parties.right_type,
        cast(null as string) as country_code,
        cast(null as string) as city_region_id
    from eu_parties
    left join named
        on
            eu_parties.party_office_code = named.party_office_code
            and eu_parties.party_number = named.party_number
    left join of_persons on eu_parties.right_id = of_persons.right_id
    where
        of_persons.right_id is null
        and coalesce(eu_parties.party_name, named.party_name) is not null

),

final as (

    select * from us_marks
    union all
    select * from eu_rights

)

select * from final

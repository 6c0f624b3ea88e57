-- One row per owner of a right, or declarant of a standard, as one document names it.
with

gazette as (

    select
        'patents/cnipa_gazette' as source,
        parties._snapshot_id,
        parties._record_number,
        parties.party_role,
        parties.sequence_number,
        parties.party_name,
        parties.party_name_raw,
        published.right_id,
        published.right_type,
        -- The address in the gazette is that of the first owner.
        case when parties.sequence_number = 1 then published.country_code end
            as country_code,
        case when parties.sequence_number = 1 then published.city_region_id end
            as city_region_id
    from {{ ref('stg_cnipa_gazette__announcement_parties') }} as parties
    inner join {{ ref('fct_publication') }} as published
        on
            parties._snapshot_id = published._snapshot_id
            and parties._record_number = published._record_number
    where parties.party_role in ('applicant', 'patentee')

),

grants as (

    select
        'patents/uspto_grants' as source,
        parties._snapshot_id,
        parties._record_number,
        parties.party_role,
        parties.sequence_number,
        parties.party_name,
        parties.party_name_raw,
        published.right_id,
        published.right_type,
        parties.country_code,
        cast(null as string) as city_region_id
    from {{ ref('stg_uspto_grants__grant_parties') }} as parties
    inner join {{ ref('fct_publication') }} as published
        on
            parties._snapshot_id = published._snapshot_id
            and parties._record_number = published._record_number
    where parties.party_role = 'assignee' and parties.is_organisation

),

us_marks as (

    select
        'trademarks/uspto_trademarks' as source,
        owners._snapshot_id,
        owners._record_number,
        owners.party_role,
        owners.sequence_number,
        owners.party_name,
        owners.party_name_raw,
        'US:' || owners.serial_number as right_id,
        'trademark' as right_type,
        owners.country_code,
        cast(null as string) as city_region_id
    from {{ ref('stg_uspto_trademarks__case_file_owners') }} as owners
    -- 01 is an individual.
    where coalesce(owners.legal_entity_code, '') <> '01'

),

copyrights as (

    select
        'copyrights/nypl_renewals' as source,
        claimants._snapshot_id,
        claimants._record_number,
        claimants.party_role,
        claimants.sequence_number,
        claimants.party_name,
        claimants.party_name_raw,
        'US:' || renewals.registration_number || ':' || coalesce(
            cast(renewals.registration_date as string),
            renewals.registration_date_raw,
            ''
        ) as right_id,
        'copyright' as right_type,
        cast(null as string) as country_code,
        cast(null as string) as city_region_id
    from {{ ref('stg_nypl_renewals__renewal_claimants') }} as claimants
    inner join {{ ref('stg_nypl_renewals__renewals') }} as renewals
        on
            claimants._snapshot_id = renewals._snapshot_id
            and claimants._record_number = renewals._record_number
    where claimants.is_proprietor and renewals.registration_number is not null

),

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

    select * from gazette
    union all
    select * from grants
    union all
    select * from us_marks
    union all
    select * from copyrights
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

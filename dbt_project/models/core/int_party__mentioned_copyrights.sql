-- One row per claimant of a copyright that its source tells from a natural person, as
-- one record names it: proprietors among NYPL's claimants of renewals, publishers and
-- employers among those of registrations, the Copyright Office's organizations.
with

-- A record of several registrations names its claimants for all of them; the mention
-- keeps the first right in order.
registered as (

    select
        source,
        _snapshot_id,
        _record_number,
        min(right_id) as right_id
    from {{ ref('int_copyright__registered') }}
    group by source, _snapshot_id, _record_number

),

claimants as (

    select
        'copyrights/nypl_renewals' as source,
        _snapshot_id,
        _record_number,
        party_role,
        sequence_number,
        party_name,
        party_name_raw
    from {{ ref('stg_nypl_renewals__renewal_claimants') }}
    where is_proprietor
    union all
    select
        'copyrights/nypl_registrations' as source,
        _snapshot_id,
        _record_number,
        party_role,
        sequence_number,
        party_name,
        party_name_raw
    from {{ ref('stg_nypl_registrations__registration_parties') }}
    where is_claimant and party_role in ('publisher', 'employer')
    union all
    select
        'copyrights/usco_records' as source,
        _snapshot_id,
        _record_number,
        party_role,
        sequence_number,
        party_name,
        party_name_raw
    from {{ ref('stg_usco_records__record_parties') }}
    where party_kind = 'organization' and party_role = 'claimant'

),

final as (

    select
        claimants.source,
        claimants._snapshot_id,
        claimants._record_number,
        claimants.party_role,
        claimants.sequence_number,
        claimants.party_name,
        claimants.party_name_raw,
        registered.right_id,
        'copyright' as right_type,
        cast(null as string) as country_code,
        cast(null as string) as city_region_id
    from claimants
    inner join registered
        on
            claimants.source = registered.source
            and claimants._snapshot_id = registered._snapshot_id
            and claimants._record_number = registered._record_number

)

select * from final

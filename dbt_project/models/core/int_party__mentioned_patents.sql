-- One row per applicant, assignee or proprietor of a patent document, as the document
-- names it. Persons are left out where the US office marks them, and where a European
-- document names the applicant among its inventors; the gazette marks nobody.
with

published as (

    select
        _snapshot_id,
        _record_number,
        right_id,
        right_type,
        country_code,
        city_region_id
    from {{ ref('fct_publication') }}

),

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
    inner join published
        on
            parties._snapshot_id = published._snapshot_id
            and parties._record_number = published._record_number
    where parties.party_role in ('applicant', 'patentee')

),

us_parties as (

    select
        'patents/uspto_grants' as source,
        _snapshot_id,
        _record_number,
        party_role,
        sequence_number,
        party_name,
        party_name_raw,
        country_code,
        is_organisation
    from {{ ref('stg_uspto_grants__grant_parties') }}
    union all
    select
        'patents/uspto_applications' as source,
        _snapshot_id,
        _record_number,
        party_role,
        sequence_number,
        party_name,
        party_name_raw,
        country_code,
        is_organisation
    from {{ ref('stg_uspto_applications__application_parties') }}

),

us_documents as (

    select
        parties.source,
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
    from us_parties as parties
    inner join published
        on
            parties._snapshot_id = published._snapshot_id
            and parties._record_number = published._record_number
    where parties.party_role in ('applicant', 'assignee') and parties.is_organisation

),

-- Family name first, as names of applicants have it.
european_inventors as (

    select distinct
        _snapshot_id,
        _record_number,
        {{ normalised_name("last_name || ' ' || coalesce(first_name, '')") }}
            as name_key
    from {{ ref('stg_epo_fulltext__publication_parties') }}
    where party_role = 'inventor' and last_name is not null
    union
    select distinct
        _snapshot_id,
        _record_number,
        {{ normalised_name("party_name_raw") }} as name_key
    from {{ ref('stg_epo_fulltext__publication_parties') }}
    where party_role = 'inventor' and party_name_raw is not null

),

european as (

    select
        'patents/epo_fulltext' as source,
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
    from {{ ref('stg_epo_fulltext__publication_parties') }} as parties
    inner join published
        on
            parties._snapshot_id = published._snapshot_id
            and parties._record_number = published._record_number
    left join european_inventors as inventors
        on
            parties._snapshot_id = inventors._snapshot_id
            and parties._record_number = inventors._record_number
            and {{ normalised_name("parties.party_name") }} = inventors.name_key
    where
        parties.party_role in ('applicant', 'proprietor')
        and coalesce(parties.is_organisation, true)
        and inventors.name_key is null

),

final as (

    select * from gazette
    union all
    select * from us_documents
    union all
    select * from european

)

select * from final

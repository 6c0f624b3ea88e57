-- One row per publication number of a patent document, repeats counted.
with

gazette as (

    select
        'patents/cnipa_gazette' as source,
        publication_number,
        office_code,
        kind_code,
        right_type,
        publication_date,
        kind_code in ('B', 'U', 'S') as is_grant,
        case when kind_code in ('B', 'U', 'S') then publication_date end as grant_date,
        application_number,
        office_code as right_office_code,
        filing_date,
        title,
        country_code,
        province_name,
        city_name,
        district_name,
        _snapshot_id,
        _record_number
    from {{ ref('stg_cnipa_gazette__announcements') }}

),

-- The country of the first owner; a person's, too, where a person owns or applies.
us_owners as (

    select
        _snapshot_id,
        _record_number,
        min(country_code) as country_code
    from (
        select
            _snapshot_id,
            _record_number,
            party_role,
            sequence_number,
            country_code
        from {{ ref('stg_uspto_grants__grant_parties') }}
        union all
        select
            _snapshot_id,
            _record_number,
            party_role,
            sequence_number,
            country_code
        from {{ ref('stg_uspto_applications__application_parties') }}
    ) as parties
    where party_role in ('assignee', 'applicant') and sequence_number = 1
    group by _snapshot_id, _record_number

),

grants as (

    select
        'patents/uspto_grants' as source,
        granted.publication_number,
        granted.office_code,
        granted.kind_code,
        granted.right_type,
        granted.publication_date,
        granted.grant_date is not null as is_grant,
        granted.grant_date,
        granted.application_number,
        granted.office_code as right_office_code,
        granted.filing_date,
        granted.title,
        us_owners.country_code,
        cast(null as string) as province_name,
        cast(null as string) as city_name,
        cast(null as string) as district_name,
        granted._snapshot_id,
        granted._record_number
    from {{ ref('stg_uspto_grants__grants') }} as granted
    left join us_owners
        on
            granted._snapshot_id = us_owners._snapshot_id
            and granted._record_number = us_owners._record_number

),

applications as (

    select
        'patents/uspto_applications' as source,
        applied.publication_number,
        applied.office_code,
        applied.kind_code,
        applied.right_type,
        applied.publication_date,
        false as is_grant,
        cast(null as date) as grant_date,
        applied.application_number,
        applied.office_code as right_office_code,
        applied.filing_date,
        applied.title,
        us_owners.country_code,
        cast(null as string) as province_name,
        cast(null as string) as city_name,
        cast(null as string) as district_name,
        applied._snapshot_id,
        applied._record_number
    from {{ ref('stg_uspto_applications__applications') }} as applied
    left join us_owners
        on
            applied._snapshot_id = us_owners._snapshot_id
            and applied._record_number = us_owners._record_number

),

european_owners as (

    select
        _snapshot_id,
        _record_number,
        country_code,
        row_number() over (
            partition by _snapshot_id, _record_number
            order by sequence_number asc
        ) as place
    from {{ ref('stg_epo_fulltext__publication_parties') }}
    where party_role in ('applicant', 'proprietor')

),

-- Only B1 announces the grant; later documents of the patent tell its day again. The
-- translations that national offices publish are documents of the European right.
european as (

    select
        'patents/epo_fulltext' as source,
        published.publication_number,
        published.office_code,
        published.kind_code,
        published.right_type,
        published.publication_date,
        published.kind_code = 'B1' as is_grant,
        coalesce(
            published.grant_date,
            case when published.kind_code = 'B1' then published.publication_date end
        ) as grant_date,
        published.application_number,
        'EP' as right_office_code,
        published.filing_date,
        coalesce(published.title_en, published.title_de, published.title_fr) as title,
        european_owners.country_code,
        cast(null as string) as province_name,
        cast(null as string) as city_name,
        cast(null as string) as district_name,
        published._snapshot_id,
        published._record_number
    from {{ ref('stg_epo_fulltext__publications') }} as published
    left join european_owners
        on
            published._snapshot_id = european_owners._snapshot_id
            and published._record_number = european_owners._record_number
            and european_owners.place = 1

),

received as (

    select * from gazette
    union all
    select * from grants
    union all
    select * from applications
    union all
    select * from european

),

ranked as (

    select
        *,
        row_number() over (
            partition by publication_number
            order by
                publication_date asc nulls last, _snapshot_id asc, _record_number asc
        ) as place,
        count(*) over (partition by publication_number) as announcement_count
    from received

),

provinces as (

    select
        alias_name,
        region_id
    from {{ ref('dim_region_alias') }}
    where region_level = 'province' and is_unique

),

prefectures as (

    select
        alias_name,
        parent_region_id,
        region_id
    from {{ ref('dim_region_alias') }}
    where region_level = 'prefecture'

),

final as (

    select
        ranked.publication_number,
        ranked.office_code,
        ranked.kind_code,
        ranked.right_type,
        ranked.publication_date,
        ranked.is_grant,
        ranked.grant_date,
        ranked.application_number,
        ranked.filing_date,
        ranked.title,
        ranked.country_code,
        provinces.region_id as province_region_id,
        ranked.announcement_count,
        ranked.source,
        ranked._snapshot_id,
        ranked._record_number,
        -- A damaged application number cannot hold a right's documents together.
        ranked.right_office_code || ':' || coalesce(
            ranked.application_number, ranked.publication_number
        ) as right_id,
        -- A municipality is its own city.
        coalesce(prefectures.region_id, municipality.region_id) as city_region_id
    from ranked
    left join provinces on ranked.province_name = provinces.alias_name
    left join prefectures
        on
            ranked.city_name = prefectures.alias_name
            and provinces.region_id = prefectures.parent_region_id
    left join provinces as municipality
        on
            ranked.city_name = municipality.alias_name
            and ranked.city_name = ranked.province_name
    where ranked.place = 1

)

select * from final

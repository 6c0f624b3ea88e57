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
        application_number,
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

first_owner as (

    select
        _snapshot_id,
        _record_number,
        min(country_code) as country_code
    from {{ ref('stg_uspto_grants__grant_parties') }}
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
        granted.application_number,
        granted.filing_date,
        granted.title,
        first_owner.country_code,
        cast(null as string) as province_name,
        cast(null as string) as city_name,
        cast(null as string) as district_name,
        granted._snapshot_id,
        granted._record_number
    from {{ ref('stg_uspto_grants__grants') }} as granted
    left join first_owner
        on
            granted._snapshot_id = first_owner._snapshot_id
            and granted._record_number = first_owner._record_number

),

received as (

    select * from gazette
    union all
    select * from grants

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
        ranked.office_code || ':' || coalesce(
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

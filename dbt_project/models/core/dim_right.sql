-- One row per right: a patent application, a trademark, a renewed copyright.
with

patents as (

    select
        right_id,
        min(right_type) as right_type,
        min(office_code) as office_code,
        min(application_number) as application_number,
        max(case when is_grant then publication_number end) as registration_number,
        min(filing_date) as filing_date,
        min(publication_date) as publication_date,
        min(case when is_grant then publication_date end) as registration_date,
        max(title) as title,
        min(country_code) as country_code,
        min(province_region_id) as province_region_id,
        min(city_region_id) as city_region_id,
        min(source) as source
    from {{ ref('fct_publication') }}
    group by right_id

),

us_latest as (

    select
        *,
        row_number() over (
            partition by serial_number
            order by
                transaction_date desc nulls last, _snapshot_id desc, _record_number desc
        ) as place
    from {{ ref('stg_uspto_trademarks__case_files') }}

),

us_owner as (

    select
        _snapshot_id,
        _record_number,
        min(country_code) as country_code
    from {{ ref('stg_uspto_trademarks__case_file_owners') }}
    where sequence_number = 1
    group by _snapshot_id, _record_number

),

us_marks as (

    select
        'US:' || us_latest.serial_number as right_id,
        'trademark' as right_type,
        us_latest.office_code,
        us_latest.serial_number as application_number,
        us_latest.registration_number,
        us_latest.filing_date,
        us_latest.published_date as publication_date,
        us_latest.registration_date,
        us_latest.mark_text as title,
        us_owner.country_code,
        cast(null as string) as province_region_id,
        cast(null as string) as city_region_id,
        'trademarks/uspto_trademarks' as source
    from us_latest
    left join us_owner
        on
            us_latest._snapshot_id = us_owner._snapshot_id
            and us_latest._record_number = us_owner._record_number
    where us_latest.place = 1

),

eu_latest as (

    select
        *,
        row_number() over (
            partition by application_number
            order by status_date desc nulls last, _snapshot_id desc, _record_number desc
        ) as place
    from {{ ref('stg_euipo_trademarks__trademarks') }}

),

eu_published as (

    select
        _snapshot_id,
        _record_number,
        min(event_date) as publication_date
    from {{ ref('stg_euipo_trademarks__trademark_events') }}
    where event_kind = 'publication'
    group by _snapshot_id, _record_number

),

eu_marks as (

    select
        'EM:' || eu_latest.application_number as right_id,
        'trademark' as right_type,
        eu_latest.office_code,
        eu_latest.application_number,
        case
            when
                eu_latest.registration_date is not null
                then eu_latest.application_number
        end as registration_number,
        eu_latest.filing_date,
        eu_published.publication_date,
        eu_latest.registration_date,
        eu_latest.mark_text as title,
        cast(null as string) as country_code,
        cast(null as string) as province_region_id,
        cast(null as string) as city_region_id,
        'trademarks/euipo_trademarks' as source
    from eu_latest
    left join eu_published
        on
            eu_latest._snapshot_id = eu_published._snapshot_id
            and eu_latest._record_number = eu_published._record_number
    where eu_latest.place = 1

),

-- One renewal number renews several registrations: a right is the registration.
copyrights as (

    select
        'US:' || registration_number || ':' || coalesce(
            cast(registration_date as string), registration_date_raw, ''
        ) as right_id,
        'copyright' as right_type,
        'US' as office_code,
        cast(null as string) as application_number,
        registration_number,
        cast(null as date) as filing_date,
        cast(null as date) as publication_date,
        min(registration_date) as registration_date,
        min(title) as title,
        cast(null as string) as country_code,
        cast(null as string) as province_region_id,
        cast(null as string) as city_region_id,
        'copyrights/nypl_renewals' as source
    from {{ ref('stg_nypl_renewals__renewals') }}
    where registration_number is not null
    group by
        registration_number,
        coalesce(cast(registration_date as string), registration_date_raw, '')

),

final as (

    select * from patents
    union all
    select * from us_marks
    union all
    select * from eu_marks
    union all
    select * from copyrights

)

select * from final

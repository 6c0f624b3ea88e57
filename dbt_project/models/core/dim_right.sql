-- One row per right: a patent application, a trademark, an EU design, a registered
-- copyright. What several sources tell of one right is one row.
with

patents as (

    select
        right_id,
        min(right_type) as right_type,
        -- A translation is published by another office than the right's.
        split_part(right_id, ':', 1) as office_code,
        min(application_number) as application_number,
        coalesce(
            max(case when is_grant then publication_number end),
            max(case when grant_date is not null then publication_number end)
        ) as registration_number,
        min(filing_date) as filing_date,
        min(publication_date) as publication_date,
        min(grant_date) as registration_date,
        max(title) as title,
        min(country_code) as country_code,
        min(province_region_id) as province_region_id,
        min(city_region_id) as city_region_id,
        coalesce(min(case when is_grant then source end), min(source)) as source
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

design_latest as (

    select
        *,
        row_number() over (
            partition by design_number
            order by status_date desc nulls last, _snapshot_id desc, _record_number desc
        ) as place
    from {{ ref('stg_euipo_designs__designs') }}

),

design_product as (

    select
        _snapshot_id,
        _record_number,
        min(product_name) as product_name
    from {{ ref('stg_euipo_designs__design_products') }}
    where language_code = 'en'
    group by _snapshot_id, _record_number

),

-- A design of a multiple application is a right of its own.
eu_designs as (

    select
        'EM:' || design_latest.design_number as right_id,
        'design' as right_type,
        design_latest.office_code,
        design_latest.application_number,
        case
            when
                design_latest.registration_date is not null
                then design_latest.design_number
        end as registration_number,
        design_latest.filing_date,
        design_latest.publication_date,
        design_latest.registration_date,
        design_product.product_name as title,
        cast(null as string) as country_code,
        cast(null as string) as province_region_id,
        cast(null as string) as city_region_id,
        'trademarks/euipo_designs' as source
    from design_latest
    left join design_product
        on
            design_latest._snapshot_id = design_product._snapshot_id
            and design_latest._record_number = design_product._record_number
    where design_latest.place = 1

),

copyright_told as (

    select
        *,
        row_number() over (
            partition by right_id
            order by
                source asc, title asc nulls last, _snapshot_id asc, _record_number asc
        ) as place
    from {{ ref('int_copyright__registered') }}

),

copyrights as (

    select
        right_id,
        'copyright' as right_type,
        'US' as office_code,
        cast(null as string) as application_number,
        registration_number,
        cast(null as date) as filing_date,
        cast(null as date) as publication_date,
        registration_date,
        title,
        cast(null as string) as country_code,
        cast(null as string) as province_region_id,
        cast(null as string) as city_region_id,
        source
    from copyright_told
    where place = 1

),

final as (

    select * from patents
    union all
    select * from us_marks
    union all
    select * from eu_marks
    union all
    select * from eu_designs
    union all
    select * from copyrights

)

select * from final

-- One row per right, kind of event and day.
with

rights as (

    select * from {{ ref('dim_right') }}

),

publications as (

    select
        right_id,
        publication_date as event_date,
        publication_number as document_number,
        is_grant
    from {{ ref('fct_publication') }}

),

renewals as (

    select
        renewal_date as event_date,
        'US:' || registration_number || ':' || coalesce(
            cast(registration_date as string), registration_date_raw, ''
        ) as right_id,
        min(renewal_number) as document_number
    from {{ ref('stg_nypl_renewals__renewals') }}
    where registration_number is not null and renewal_date is not null
    group by
        registration_number,
        coalesce(cast(registration_date as string), registration_date_raw, ''),
        renewal_date

),

events as (

    select
        right_id,
        'filing' as event_kind,
        filing_date as event_date,
        application_number as document_number
    from rights
    where filing_date is not null
    union all
    select
        right_id,
        case when is_grant then 'grant' else 'publication' end as event_kind,
        event_date,
        min(document_number) as document_number
    from publications
    group by
        right_id, case when is_grant then 'grant' else 'publication' end, event_date
    union all
    select
        right_id,
        'publication' as event_kind,
        publication_date as event_date,
        application_number as document_number
    from rights
    where right_type = 'trademark' and publication_date is not null
    union all
    select
        right_id,
        'registration' as event_kind,
        registration_date as event_date,
        registration_number as document_number
    from rights
    where right_type in ('trademark', 'copyright') and registration_date is not null
    union all
    select
        right_id,
        'renewal' as event_kind,
        event_date,
        document_number
    from renewals

),

final as (

    select
        events.right_id,
        events.event_kind,
        events.event_date,
        cast(year(events.event_date) as bigint) as event_year,
        events.document_number,
        rights.right_type,
        rights.office_code,
        rights.source
    from events
    inner join rights on events.right_id = rights.right_id

)

select * from final

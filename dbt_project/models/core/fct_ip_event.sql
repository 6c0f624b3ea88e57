-- One row per right, kind of event and day.
with

rights as (

    select * from {{ ref('dim_right') }}

),

-- Of European documents A1 and A2 publish an application; the others are search
-- reports, corrections, later documents of a patent, and translations.
publications as (

    select
        right_id,
        publication_date as event_date,
        min(publication_number) as document_number,
        min(source) as source
    from {{ ref('fct_publication') }}
    where
        not is_grant
        and (source <> 'patents/epo_fulltext' or kind_code in ('A1', 'A2'))
    group by right_id, publication_date

),

grants as (

    select
        right_id,
        grant_date as event_date,
        coalesce(
            min(case when is_grant then publication_number end),
            min(publication_number)
        ) as document_number,
        min(source) as source
    from {{ ref('fct_publication') }}
    where grant_date is not null
    group by right_id, grant_date

),

renewals as (

    select
        registered.right_id,
        renewals.renewal_date as event_date,
        registered.source,
        min(renewals.renewal_number) as document_number
    from {{ ref('int_copyright__registered') }} as registered
    inner join {{ ref('stg_nypl_renewals__renewals') }} as renewals
        on
            registered._snapshot_id = renewals._snapshot_id
            and registered._record_number = renewals._record_number
    where
        registered.source = 'copyrights/nypl_renewals'
        and renewals.renewal_date is not null
    group by registered.right_id, renewals.renewal_date, registered.source

),

-- Marks and EU designs have their days in the register, not in documents.
registered as (

    select *
    from rights
    where
        right_type in ('trademark', 'copyright')
        or source = 'trademarks/euipo_designs'

),

events as (

    select
        right_id,
        'filing' as event_kind,
        filing_date as event_date,
        application_number as document_number,
        source
    from rights
    where filing_date is not null
    union all
    select
        right_id,
        'publication' as event_kind,
        event_date,
        document_number,
        source
    from publications
    union all
    select
        right_id,
        'grant' as event_kind,
        event_date,
        document_number,
        source
    from grants
    union all
    select
        right_id,
        'publication' as event_kind,
        publication_date as event_date,
        application_number as document_number,
        source
    from registered
    where publication_date is not null
    union all
    select
        right_id,
        'registration' as event_kind,
        registration_date as event_date,
        registration_number as document_number,
        source
    from registered
    where registration_date is not null
    union all
    select
        right_id,
        'renewal' as event_kind,
        event_date,
        document_number,
        source
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
        events.source
    from events
    inner join rights on events.right_id = rights.right_id

)

select * from final

-- One row per record of a source and copyright registration that it tells of. A number
-- is one registration's only together with its day: the two are the right.
with

renewals as (

    select
        'copyrights/nypl_renewals' as source,
        _snapshot_id,
        _record_number,
        registration_number,
        registration_date,
        registration_date_raw,
        title
    from {{ ref('stg_nypl_renewals__renewals') }}

),

-- Numbers in NYPL's attribute alone count where it agrees with what is printed.
registrations as (

    select
        'copyrights/nypl_registrations' as source,
        numbers._snapshot_id,
        numbers._record_number,
        numbers.registration_number,
        numbers.registration_date,
        numbers.registration_date_raw,
        entries.title
    from {{ ref('stg_nypl_registrations__registration_numbers') }} as numbers
    inner join {{ ref('stg_nypl_registrations__registrations') }} as entries
        on
            numbers._snapshot_id = entries._snapshot_id
            and numbers._record_number = entries._record_number
    where
        not numbers.is_ignored
        and (numbers.number_source = 'printed' or not entries.is_contradictory)

),

-- A card may have several numbers and has one day, which belongs to the first.
records as (

    select
        'copyrights/usco_records' as source,
        _snapshot_id,
        _record_number,
        registration_number,
        registration_date,
        cast(null as string) as registration_date_raw,
        title
    from {{ ref('stg_usco_records__records') }}
    where record_type = 'registration'

),

told as (

    select * from renewals
    union all
    select * from registrations
    union all
    select * from records

),

final as (

    select distinct
        source,
        _snapshot_id,
        _record_number,
        registration_number,
        registration_date,
        title,
        'US:' || registration_number || ':' || coalesce(
            cast(registration_date as string), registration_date_raw, ''
        ) as right_id
    from told
    where registration_number is not null

)

select * from final

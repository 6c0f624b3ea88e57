-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('nypl_renewals', 'renewals') }}

),

renamed as (

    select
        entry_id,
        renewal_number,
        renewal_number_raw,
        renewal_date,
        renewal_date_raw,
        registration_number,
        registration_number_raw,
        registration_date,
        registration_date_raw,
        class_code,
        author_name,
        heading_name,
        title,
        claimants_raw,
        volume_number,
        part_number,
        issue_number,
        page_number,
        new_matter,
        see_also_renewals,
        see_also_registrations,
        note,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

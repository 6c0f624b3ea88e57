-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('china_standards', 'standards') }}

),

renamed as (

    select
        record_id,
        interface,
        standard_level,
        designator,
        designator_undated,
        designator_raw,
        series_code,
        title,
        title_en,
        status,
        status_raw,
        nature,
        nature_raw,
        issue_date,
        implementation_date,
        record_date,
        record_number,
        ics_code,
        ccs_code,
        department_name,
        committee_name,
        publisher_name,
        industry_name,
        revision_kind,
        is_adoption,
        adoption_raw,
        replaced_raw,
        plan_number,
        language_name,
        remarks,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

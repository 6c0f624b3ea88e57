-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('iso_open_data', 'deliverables') }}

),

renamed as (

    select
        deliverable_id,
        designator,
        designator_undated,
        designator_raw,
        deliverable_type,
        supplement_type,
        publication_date,
        publication_date_raw,
        edition,
        committee_reference,
        stage_code,
        status,
        language_codes,
        page_count,
        title,
        title_fr,
        scope_raw,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('relaton', 'documents') }}

),

renamed as (

    select
        document_key,
        index_entry_number,
        record_form,
        body_code,
        relaton_id,
        designator,
        designator_undated,
        designator_raw,
        index_identifier_raw,
        repository_path,
        schema_version,
        document_type,
        title,
        title_fr,
        publication_date,
        publication_year,
        publication_date_raw,
        issue_date,
        version,
        release_name,
        edition,
        stage_code,
        status_raw,
        ics_codes,
        keywords,
        language_codes,
        url,
        radio_technology,
        person_count,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

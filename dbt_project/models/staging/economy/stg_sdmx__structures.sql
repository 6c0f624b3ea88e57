-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('sdmx', 'structures') }}

),

renamed as (

    select
        artefact_class,
        agency_code,
        artefact_code,
        artefact_version,
        item_class,
        item_code,
        parent_item_code,
        item_position,
        name,
        language_code,
        concept_reference,
        codelist_reference,
        usage_status,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

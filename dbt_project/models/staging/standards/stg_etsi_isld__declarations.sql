-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('etsi_isld', 'declarations') }}

),

renamed as (

    select
        declaration_number,
        declaration_id,
        declaration_date,
        reflected_date,
        declarant_name,
        declarant_name_raw,
        is_proprietor,
        is_prepared_to_license,
        is_reciprocity_asked,
        group_id,
        group_number,
        group_external_id,
        family_id,
        patent_kind,
        office_code,
        country_raw,
        application_number,
        application_number_raw,
        application_date,
        publication_number,
        publication_numbers_raw,
        priority_numbers_raw,
        original_application_number,
        original_publication_number,
        title,
        standard_raw,
        standard_designator,
        standard_body,
        standard_number,
        standard_version,
        specification_designator,
        specification_version,
        work_item_reference,
        is_declared_to_standard,
        project_id,
        project_name,
        is_declared_to_project,
        illustrative_part,
        is_explicitly_disclosed,
        is_normalised,
        is_2g,
        is_3g,
        is_4g,
        is_5g,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

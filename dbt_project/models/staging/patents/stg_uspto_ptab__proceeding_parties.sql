-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_ptab', 'proceeding_parties') }}

),

renamed as (

    select
        proceeding_number,
        sequence_number,
        party_role,
        party_name,
        party_name_raw,
        has_others,
        owner_name_raw,
        inventor_name_raw,
        application_number,
        application_number_raw,
        document_number,
        patent_number_raw,
        grant_date,
        publication_number,
        publication_number_raw,
        publication_date,
        technology_center_code,
        art_unit_code,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

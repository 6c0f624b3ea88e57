-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('openalex', 'institutions') }}

),

renamed as (

    select
        institution_id,
        ror_id,
        institution_name,
        acronyms,
        alternative_names,
        institution_type,
        status,
        country_code,
        region_name,
        city_name,
        geonames_id,
        latitude,
        longitude,
        website_url,
        grid_id,
        wikidata_id,
        lineage_ids,
        work_count,
        cited_by_count,
        h_index,
        created_date,
        updated_at,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

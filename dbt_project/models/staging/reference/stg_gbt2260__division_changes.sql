-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('gbt2260', 'division_changes') }}

),

renamed as (

    select
        change_year,
        change_type,
        change_type_raw,
        level,
        old_code,
        old_name,
        old_parent_code,
        old_path,
        new_code,
        new_name,
        new_parent_code,
        new_path,
        document_number,
        source_url,
        source_name,
        is_curated,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

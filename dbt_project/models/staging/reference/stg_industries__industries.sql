-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('industries', 'industries') }}

),

renamed as (

    select
        classification,
        edition,
        industry_code,
        industry_code_raw,
        industry_name,
        industry_level,
        parent_industry_code,
        section_code,
        includes_note,
        also_includes_note,
        excludes_note,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

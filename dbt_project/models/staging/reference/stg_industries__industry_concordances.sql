-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('industries', 'industry_concordances') }}

),

renamed as (

    select
        source_classification,
        source_edition,
        source_code,
        source_name,
        target_classification,
        target_edition,
        target_code,
        target_name,
        is_partial_source,
        is_partial_target,
        note,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

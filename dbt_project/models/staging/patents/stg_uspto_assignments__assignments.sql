-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_assignments', 'assignments') }}

),

renamed as (

    select
        reel_frame,
        reel_number,
        frame_number,
        recorded_date,
        updated_date,
        conveyance_type,
        conveyance_text,
        conveyance_code,
        is_purged,
        page_count,
        properties_count,
        properties_listed_count,
        docket_number,
        correspondent_name,
        correspondent_address_raw,
        source_format,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

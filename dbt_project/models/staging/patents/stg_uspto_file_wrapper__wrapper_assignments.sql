-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('uspto_file_wrapper', 'wrapper_assignments') }}

),

renamed as (

    select
        application_number,
        sequence_number,
        reel_frame,
        conveyance_text,
        received_date,
        recorded_date,
        mailed_date,
        page_count,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

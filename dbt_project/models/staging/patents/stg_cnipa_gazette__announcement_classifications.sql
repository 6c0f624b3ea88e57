-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('cnipa_gazette', 'announcement_classifications') }}

),

renamed as (

    select
        publication_number,
        sequence_number,
        classification_scheme,
        classification_symbol,
        section_code,
        edition,
        is_additional,
        classification_raw,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('epo_fulltext', 'publication_classifications') }}

),

renamed as (

    select
        publication_number,
        sequence_number,
        classification_scheme,
        classification_symbol,
        section_code,
        is_main,
        is_inventive,
        edition,
        action_date,
        generating_office_code,
        classification_raw,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

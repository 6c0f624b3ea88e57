-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('nice', 'class_terms') }}

),

renamed as (

    select
        edition,
        edition_year,
        class_number,
        term_kind,
        sequence_number,
        basic_number,
        term,
        term_raw,
        other_class_numbers,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('openalex', 'work_institutions') }}

),

renamed as (

    select
        openalex_id,
        author_number,
        sequence_number,
        institution_id,
        ror_id,
        institution_name,
        institution_type,
        country_code,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

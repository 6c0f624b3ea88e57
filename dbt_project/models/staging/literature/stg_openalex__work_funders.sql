-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('openalex', 'work_funders') }}

),

renamed as (

    select
        openalex_id,
        sequence_number,
        funder_id,
        funder_name,
        ror_id,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('crossref', 'work_funders') }}

),

renamed as (

    select
        doi,
        sequence_number,
        funder_name,
        funder_doi,
        ror_id,
        award_numbers,
        award_count,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

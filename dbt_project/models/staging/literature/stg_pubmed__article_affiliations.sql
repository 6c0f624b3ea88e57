-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('pubmed', 'article_affiliations') }}

),

renamed as (

    select
        pmid,
        author_number,
        sequence_number,
        author_name,
        orcid,
        affiliation_name,
        affiliation_raw,
        country_name,
        organisation_identifiers,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

-- One row per publication of a patent document, with the place of its first owner as of
-- the year of the document.
with

places as (

    select
        publication_number,
        address as address_raw,
        document_year,
        postcode,
        country_code,
        subdivision_code,
        nuts_code,
        province_code,
        prefecture_code,
        county_code,
        method,
        score,
        version
    from {{ source('xref', 'document_places') }}

),

regions as (

    select
        region_id,
        country_code,
        division_code
    from {{ ref('dim_region') }}

),

final as (

    select
        places.publication_number,
        places.address_raw,
        places.document_year,
        places.postcode,
        countries.region_id as country_region_id,
        places.subdivision_code,
        places.nuts_code,
        places.province_code,
        places.prefecture_code,
        places.county_code,
        provinces.region_id as province_region_id,
        prefectures.region_id as city_region_id,
        -- A county that was dissolved since has no region today, and keeps its code.
        counties.region_id as county_region_id,
        places.method,
        places.score,
        places.version
    from places
    left join regions as countries
        on
            places.country_code = countries.country_code
            and countries.division_code is null
    left join regions as provinces on places.province_code = provinces.division_code
    left join regions as prefectures
        on places.prefecture_code = prefectures.division_code
    left join regions as counties on places.county_code = counties.division_code

)

select * from final

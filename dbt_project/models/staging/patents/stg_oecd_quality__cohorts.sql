-- Rendered from the declarations by `iplake render`; edit those.
with

source as (

    select * from {{ source('oecd_quality', 'cohorts') }}

),

renamed as (

    select
        office_code,
        edition,
        filing_year,
        field_number,
        indicator_code,
        patents_count,
        mean_value,
        standard_deviation,
        kurtosis,
        skewness,
        minimum_value,
        percentile_1_value,
        percentile_10_value,
        percentile_25_value,
        median_value,
        percentile_75_value,
        percentile_90_value,
        percentile_99_value,
        maximum_value,
        _snapshot_id,
        _record_number,
        _landed_at

    from source

)

select * from renamed

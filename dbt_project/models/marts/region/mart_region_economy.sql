-- One row per region and year with a figure on rights, product or population.
with

rights as (

    select
        region_id,
        event_year as figure_year,
        sum(
            case
                when
                    right_type = 'patent_invention' and basis = 'grant'
                    then right_count
            end
        )
            as invention_grant_count,
        sum(
            case
                when
                    right_type = 'patent_invention' and basis = 'publication'
                    then right_count
            end
        ) as invention_publication_count,
        sum(
            case
                when right_type = 'utility_model' and basis = 'grant' then right_count
            end
        )
            as utility_model_grant_count,
        sum(case when right_type = 'design' and basis = 'grant' then right_count end)
            as design_grant_count,
        sum(
            case
                when
                    right_type = 'trademark' and basis = 'registration'
                    then right_count
            end
        )
            as trademark_registration_count
    from {{ ref('mart_region_ip_year') }}
    where basis in ('publication', 'grant', 'registration')
    group by region_id, event_year

),

product as (

    select
        region_id,
        observation_year as figure_year,
        max(
            case when source = 'economy/worldbank' then observation_value end
        ) as gross_domestic_product_usd,
        -- 亿元 is a hundred million yuan.
        max(
            case
                when
                    source = 'economy/china_nbs'
                    then round(observation_value * 100000000, 0)
            end
        ) as gross_domestic_product_cny
    from {{ ref('fct_observation') }}
    where
        indicator_code = 'NY.GDP.MKTP.CD'
        or (indicator_code = '国内生产总值' and unit_name = '亿元')
    group by region_id, observation_year

),

reported as (

    select
        aliases.region_id,
        reported.figure_year,
        max(round(reported.figure * 10000, 0)) as population_count
    from {{ ref('fct_reported_figure') }} as reported
    inner join {{ ref('dim_region_alias') }} as aliases
        on reported.region_name = aliases.alias_name
    where
        reported.indicator_name = 'resident population, year-end'
        and reported.unit_name = '万'
        and aliases.is_unique
        and aliases.region_level in ('province', 'prefecture')
    group by aliases.region_id, reported.figure_year

),

counted as (

    select
        region_id,
        observation_year as figure_year,
        max(observation_value) as population_count
    from {{ ref('fct_observation') }}
    where indicator_code = 'SP.POP.TOTL'
    group by region_id, observation_year

),

population as (

    select * from reported
    union all
    select * from counted

),

keys as (

    select
        region_id,
        figure_year
    from rights
    union
    select
        region_id,
        figure_year
    from product
    union
    select
        region_id,
        figure_year
    from population

),

final as (

    select
        keys.region_id,
        regions.region_name,
        regions.region_level,
        keys.figure_year,
        cast(rights.invention_publication_count as bigint)
            as invention_publication_count,
        cast(rights.invention_grant_count as bigint) as invention_grant_count,
        cast(rights.utility_model_grant_count as bigint) as utility_model_grant_count,
        cast(rights.design_grant_count as bigint) as design_grant_count,
        cast(rights.trademark_registration_count as bigint)
            as trademark_registration_count,
        product.gross_domestic_product_usd,
        product.gross_domestic_product_cny,
        population.population_count
    from keys
    inner join {{ ref('dim_region') }} as regions on keys.region_id = regions.region_id
    left join rights
        on keys.region_id = rights.region_id and keys.figure_year = rights.figure_year
    left join product
        on keys.region_id = product.region_id and keys.figure_year = product.figure_year
    left join population
        on
            keys.region_id = population.region_id
            and keys.figure_year = population.figure_year

)

select * from final

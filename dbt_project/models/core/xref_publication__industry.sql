-- One row per publication, level of NACE and industry that its IPC symbols stand for.
with

symbols as (

    select
        publication_number,
        classification_symbol,
        subclass_code
    from {{ ref('fct_patent_classification') }}

),

concordance as (

    select * from {{ ref('xref_ipc__industry') }}

),

-- One to many: of several prefixes of a symbol the longest is meant.
matched as (

    select
        symbols.publication_number,
        symbols.classification_symbol,
        concordance.nace_digit_count,
        concordance.ipc_prefix,
        concordance.nace_code,
        concordance.not_with_ipc_prefix,
        concordance.unless_with_ipc_prefix,
        concordance.weight,
        max(length(concordance.ipc_prefix)) over (
            partition by
                symbols.publication_number,
                symbols.classification_symbol,
                concordance.nace_digit_count
        ) as longest
    from symbols
    inner join concordance
        on
            symbols.subclass_code = concordance.subclass_code
            and symbols.classification_symbol like concordance.ipc_prefix || '%'
    where
        concordance.except_ipc_prefix is null
        or symbols.classification_symbol not like concordance.except_ipc_prefix || '%'

),

conditions as (

    select not_with_ipc_prefix as ipc_prefix from concordance
    where not_with_ipc_prefix is not null
    union
    select unless_with_ipc_prefix as ipc_prefix from concordance
    where unless_with_ipc_prefix is not null

),

met as (

    select distinct
        symbols.publication_number,
        conditions.ipc_prefix
    from symbols
    inner join conditions
        on symbols.classification_symbol like conditions.ipc_prefix || '%'

),

holding as (

    select
        matched.publication_number,
        matched.nace_digit_count,
        matched.nace_code,
        matched.weight
    from matched
    left join met as hindrance
        on
            matched.publication_number = hindrance.publication_number
            and matched.not_with_ipc_prefix = hindrance.ipc_prefix
    left join met as permit
        on
            matched.publication_number = permit.publication_number
            and matched.unless_with_ipc_prefix = permit.ipc_prefix
    where
        length(matched.ipc_prefix) = matched.longest
        and (
            hindrance.publication_number is null
            or permit.publication_number is not null
        )

),

summed as (

    select
        publication_number,
        nace_digit_count,
        nace_code,
        -- Decimals, because sums of fractions depend on the order of adding.
        sum(cast(weight as decimal(18, 12))) as symbol_weight
    from holding
    group by publication_number, nace_digit_count, nace_code

),

final as (

    select
        publication_number,
        nace_digit_count,
        nace_code,
        cast(symbol_weight as double) / cast(
            sum(symbol_weight) over (partition by publication_number, nace_digit_count)
            as double
        ) as weight
    from summed

)

select * from final

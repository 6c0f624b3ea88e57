"""What a party of a release holds, declares and writes, and the economy around it."""

from __future__ import annotations

from typing import Literal, get_args

import duckdb

Row = dict[str, object]

Domain = Literal["patents", "trademarks", "copyrights", "standards", "literature", "economy"]
DOMAINS: tuple[Domain, ...] = get_args(Domain)

MEASURES: dict[Domain, tuple[str, ...]] = {
    "patents": ("patent_count",),
    "trademarks": ("trademark_count",),
    "copyrights": ("copyright_count",),
    "standards": (
        "declaration_count",
        "declared_group_count",
        "declared_standard_count",
        "contributed_standard_count",
    ),
    "literature": ("work_count", "funded_work_count"),
}
"""Columns of `mart_party_portfolio`; the first of each domain counts what is held there.

Others than the first may be missing in a release that is older than the column.
"""

HELD = " + ".join(measures[0] for measures in MEASURES.values())
"""All that a row of `mart_party_portfolio` holds, as SQL."""

RIGHTS = """
    select
        coalesce(rights.registration_number, rights.application_number, rights.right_id)
            as number,
        rights.right_type as kind,
        rights.title,
        cast(
            coalesce(rights.registration_date, rights.publication_date, rights.filing_date)
            as varchar
        ) as day,
        rights.right_id as id
    from core.dim_right as rights
    where
        rights.right_id in (
            select right_id from core.xref_party__mention where party_id = $party_id
        )
        and {of_domain}
"""

ITEMS: dict[Domain, str] = {
    "patents": RIGHTS.format(of_domain="rights.right_type not in ('trademark', 'copyright')"),
    "trademarks": RIGHTS.format(of_domain="rights.right_type = 'trademark'"),
    "copyrights": RIGHTS.format(of_domain="rights.right_type = 'copyright'"),
    "standards": """
        select
            declared.declaration_number as number,
            'declaration' as kind,
            string_agg(
                distinct coalesce(
                    declared.standard_designator, declared.specification_designator
                ),
                ', '
                order by coalesce(
                    declared.standard_designator, declared.specification_designator
                )
            ) as title,
            cast(min(declared.declaration_date) as varchar) as day,
            declared.declaration_number as id
        from core.fct_sep_declaration as declared
        where
            declared.declarant_name_key in (
                select name_key from core.party_alias where party_id = $party_id
            )
        group by declared.declaration_number
        union all
        select
            standards.designator as number,
            linked.party_role as kind,
            standards.title,
            cast(standards.publication_date as varchar) as day,
            standards.designator as id
        from core.fct_standard_party as linked
        inner join core.dim_standard as standards on linked.designator = standards.designator
        where linked.party_id = $party_id and linked.party_role <> 'publisher'
    """,
    "literature": """
        select
            coalesce(works.doi, works.work_id) as number,
            'work' as kind,
            works.title,
            cast(works.publication_year as varchar) as day,
            works.work_id as id
        from core.dim_work as works
        where
            works.work_id in (
                select work_id from core.fct_work_party where party_id = $party_id
            )
    """,
}
"""Per domain a query for what a party holds there: number, kind, title and day of each."""

FIGURES = ("population_count", "gross_domestic_product_cny", "gross_domestic_product_usd")

REGIONS = """
    with recursive

    place as (
        select coalesce(city_region_id, country_code) as region_id, country_code
        from core.dim_party
        where party_id = $party_id
    ),

    around as (
        select regions.region_id, regions.parent_region_id, 0 as steps
        from core.dim_region as regions
        inner join place on regions.region_id = place.region_id
        union all
        select regions.region_id, regions.parent_region_id, around.steps + 1
        from around
        inner join core.dim_region as regions on around.parent_region_id = regions.region_id
    )

    select economy.region_name, economy.figure_year, {figures}
    from around
    inner join marts.mart_region_economy as economy on around.region_id = economy.region_id
    order by around.steps, economy.figure_year desc
"""

INDUSTRIES = """
    with

    -- A right is published several times: each industry has the mean of its weights.
    weighted as (
        select
            published.right_id,
            industries.nace_code,
            sum(industries.weight) / count(distinct published.publication_number) as weight
        from core.xref_publication__industry as industries
        inner join core.fct_publication as published
            on industries.publication_number = published.publication_number
        where industries.nace_digit_count = 2
        group by published.right_id, industries.nace_code
    ),

    held as (
        select distinct right_id from core.xref_party__mention where party_id = $party_id
    ),

    totals as (
        select nace_code, sum(weight) as patents from weighted group by nace_code
    ),

    own as (
        select weighted.nace_code, sum(weighted.weight) as patents
        from weighted
        inner join held on weighted.right_id = held.right_id
        group by weighted.nace_code
    )

    select
        own.nace_code,
        industries.industry_name,
        round(own.patents, 2) as party_patents,
        round(totals.patents, 2) as all_patents
    from own
    inner join totals on own.nace_code = totals.nace_code
    left join core.code_industry as industries
        on
            own.nace_code = industries.industry_code
            and industries.classification = 'NACE'
            and industries.edition = '2'
    order by own.patents desc, own.nace_code
"""


def holdings_of(connection: duckdb.DuckDBPyConnection, party_id: str) -> list[Row]:
    """Return a row per measure of every domain; what a party does not hold is 0, not absent."""
    held = connection.execute(
        "select * from marts.mart_party_portfolio where party_id = ?", [party_id]
    ).pl()
    portfolio: Row = held.row(0, named=True) if held.height else dict.fromkeys(held.columns, 0)
    rows: list[Row] = [
        {"domain": domain, "measure": measure, "value": portfolio[measure]}
        for domain, measures in MEASURES.items()
        for measure in measures
        if measure in portfolio
    ]
    industries = rows_of(connection, INDUSTRIES, party_id)
    regions = region_figures(connection, party_id)
    rows += [
        {"domain": "economy", "measure": "industry_count", "value": len(industries)},
        {"domain": "economy", "measure": "region_figure_count", "value": len(regions)},
    ]
    return rows


def region_figures(connection: duckdb.DuckDBPyConnection, party_id: str) -> list[Row]:
    """Return the newest figure of each kind of the party's city, province and country."""
    rows = rows_of(connection, REGIONS.format(figures=", ".join(FIGURES)), party_id)
    newest: dict[tuple[object, str], Row] = {}
    for row in rows:
        for figure in FIGURES:
            if row[figure] is not None:
                newest.setdefault(
                    (row["region_name"], figure),
                    {
                        "region_name": row["region_name"],
                        "figure": figure,
                        "figure_year": row["figure_year"],
                        "value": row[figure],
                    },
                )
    return list(newest.values())


def industries_of(connection: duckdb.DuckDBPyConnection, party_id: str) -> list[Row]:
    """Return the NACE divisions that the party's patents are in, those with most patents first.

    Patents are weighted: one in two industries counts a half in each.
    """
    return rows_of(connection, INDUSTRIES, party_id)


def items_of(
    connection: duckdb.DuckDBPyConnection, party_id: str, domain: Domain, limit: int
) -> list[Row]:
    """Return what a party holds in a domain other than economy, the latest first."""
    found = rows_of(
        connection,
        f"select * from ({ITEMS[domain]}) order by day desc nulls last, id limit {limit:d}",
        party_id,
    )
    return [{"domain": domain, **row} for row in found]


def rows_of(connection: duckdb.DuckDBPyConnection, sql: str, party_id: str) -> list[Row]:
    """Return the rows of a query about a party."""
    return connection.execute(sql, {"party_id": party_id}).pl().to_dicts()

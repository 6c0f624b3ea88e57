"""`iplake party`: one party of a release with its aliases, the evidence, and what it holds."""

from __future__ import annotations

from typing import Annotated

import duckdb
import typer
from pypinyin import lazy_pinyin

from iplake.cli import AsJson, out, show
from iplake.errors import ConfigError
from warehouse import reader

Row = dict[str, object]

HOLDINGS = {
    "patents": ["patent_count"],
    "trademarks": ["trademark_count"],
    "copyrights": ["copyright_count"],
    "standards": [
        "declaration_count",
        "declared_group_count",
        "declared_standard_count",
        "contributed_standard_count",
    ],
    "literature": ["work_count", "funded_work_count"],
}
MOST_CANDIDATES = 20


def party(
    name_or_id: Annotated[
        str, typer.Argument(help="A name in any script, an LEI, ROR id or USCC.")
    ],
    release: Annotated[
        str | None, typer.Option("--release", help="A release by name; the current one if absent.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show one party: its aliases, how each was found to be one, and its holdings by domain."""
    with reader.connect(release) as connection:
        found = find(connection, name_or_id)
        if not found:
            raise ConfigError(
                "no party of this release has that name or number; try a longer or shorter form",
                asked=name_or_id,
            )
        best, *others = found
        aliases = _rows(
            connection,
            "select alias_name, source, method, score from core.party_alias"
            " where party_id = ? order by all",
            best,
        )
        holdings = holdings_of(connection, best)
        candidates = [
            {"party_id": each, "party_name": _name(connection, each)}
            for each in others[:MOST_CANDIDATES]
        ]
    head: Row = {"party_id": best, "party_name": _first(holdings, aliases)}
    if as_json:
        show(
            [head | {"aliases": aliases, "holdings": holdings, "others": candidates}], as_json=True
        )
        return
    out.print(f"[bold]{head['party_name']}[/]  {best}")
    show(aliases, as_json=False, title="Aliases and evidence")
    show(holdings, as_json=False, title="Holdings")
    if candidates:
        show(candidates, as_json=False, title="Others that the name may mean")


def find(connection: duckdb.DuckDBPyConnection, asked: str) -> list[str]:
    """Return the ids of the parties that a name or number may mean, those with most holdings first.

    Exact numbers and names come first, then names that hold the text, then names whose pinyin
    is the text.
    """
    text = asked.strip()
    queries = [
        (
            "aliases.party_id = ? or upper(split_part(aliases.party_id, ':', 2)) = upper(?)"
            " or upper(?) in (upper(aliases.lei), upper(aliases.ror_id), upper(aliases.uscc))",
            [text] * 3,
        ),
        ("lower(alias_name) = lower(?)", [text]),
        ("contains(lower(alias_name), lower(?))", [text]),
    ]
    for condition, values in queries:
        ids = connection.execute(
            f"""
            select aliases.party_id
            from core.party_alias as aliases
            left join marts.mart_party_portfolio as held on aliases.party_id = held.party_id
            where {condition}
            group by aliases.party_id
            order by max(coalesce(patent_count + trademark_count + copyright_count
                + declaration_count + work_count, 0)) desc, aliases.party_id
            """,
            values,
        ).fetchall()
        if ids:
            return [each for (each,) in ids]
    return _by_pinyin(connection, text)


def _by_pinyin(connection: duckdb.DuckDBPyConnection, text: str) -> list[str]:
    wanted = "".join(text.lower().split())
    chinese = connection.execute(
        r"select distinct party_id, alias_name from core.party_alias"
        r" where regexp_matches(alias_name, '\p{Han}') order by all"
    ).fetchall()
    found = {
        party_id: None for party_id, name in chinese if wanted in "".join(lazy_pinyin(name)).lower()
    }
    return list(found)


def holdings_of(connection: duckdb.DuckDBPyConnection, party_id: str) -> list[Row]:
    """Return a row per domain and measure, and the figures of the party's city for economy."""
    portfolio = _rows(
        connection, "select * from marts.mart_party_portfolio where party_id = ?", party_id
    )
    if not portfolio:
        return []
    [held] = portfolio
    rows: list[Row] = [
        {"domain": domain, "measure": measure, "value": held[measure], "of": held["party_name"]}
        for domain, measures in HOLDINGS.items()
        for measure in measures
    ]
    economy = _rows(
        connection,
        """
        select figure_year, population_count, gross_domestic_product_cny, region_name
        from marts.mart_region_economy
        where region_name = ? and coalesce(population_count, gross_domestic_product_cny) is not null
        order by figure_year desc limit 1
        """,
        str(held["city_name"]),
    )
    for figures in economy:
        for measure in ("population_count", "gross_domestic_product_cny"):
            rows.append(
                {
                    "domain": "economy",
                    "measure": f"{measure} {figures['figure_year']}",
                    "value": figures[measure],
                    "of": figures["region_name"],
                }
            )
    return rows


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, value: str) -> list[Row]:
    return connection.execute(sql, [value]).pl().to_dicts()


def _name(connection: duckdb.DuckDBPyConnection, party_id: str) -> object:
    rows = _rows(
        connection,
        "select min(alias_name) as party_name from core.party_alias where party_id = ?",
        party_id,
    )
    return rows[0]["party_name"]


def _first(holdings: list[Row], aliases: list[Row]) -> object:
    return holdings[0]["of"] if holdings else aliases[0]["alias_name"]

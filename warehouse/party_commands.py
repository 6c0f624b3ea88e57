"""`iplake party`: one party of a release with its aliases, the evidence, and what it holds."""

from __future__ import annotations

from typing import Annotated

import duckdb
import typer

from iplake.cli import AsJson, out, show
from iplake.errors import ConfigError
from warehouse import party_holdings, party_search, reader, refresh
from warehouse.party_holdings import Domain, Row, rows_of
from warehouse.party_search import Finding

MOST_CANDIDATES = 20
SHOWN_PER_DOMAIN = 3
INDUSTRIES_SHOWN = 5

ALIASES = """
    with

    numbers as (
        select
            name_key,
            string_agg(distinct number, ', ' order by number) as numbers
        from (
            select name_key, 'LEI:' || lei as number from core.int_party__spelled
            where lei is not null
            union all
            select name_key, 'ROR:' || ror_id from core.int_party__spelled
            where ror_id is not null
        )
        group by name_key
    )

    select
        aliases.alias_name,
        aliases.source,
        aliases.method,
        aliases.score,
        numbers.numbers as proved_by,
        aliases.version
    from core.party_alias as aliases
    left join numbers on aliases.name_key = numbers.name_key
    where aliases.party_id = $party_id
    order by all
"""
NUMBERS = """
    select identifier_kind as kind, identifier, source, is_only
    from core.xref_party__identifier
    where party_id = $party_id
    order by all
"""
RELATIONS = """
    select
        case when related.party_id = $party_id then related.relation_type
            when related.relation_type = 'parent' then 'child'
            when related.relation_type = 'successor' then 'predecessor'
            else related.relation_type
        end as relation,
        case when related.party_id = $party_id then related.other_number
            else related.party_number
        end as number,
        case when related.party_id = $party_id then related.other_registry_name
            else related.party_registry_name
        end as registry_name,
        case when related.party_id = $party_id then related.other_party_id
            else related.party_id
        end as related_party_id,
        related.source,
        related.stated_date
    from core.xref_party__parent as related
    where related.party_id = $party_id or related.other_party_id = $party_id
    order by all
"""
HISTORY = """
    select old_id, new_id, changed_date, reason
    from core.id_history
    where old_id = $party_id or new_id = $party_id
    order by changed_date, old_id, new_id
"""
NAME = """
    select coalesce(
        (select party_name from core.dim_party where party_id = $party_id),
        (select min(alias_name) from core.party_alias where party_id = $party_id)
    ) as party_name
"""
NEEDED = {
    "party_search",
    "xref_party__identifier",
    "xref_party__parent",
    "code_industry",
    "fct_standard_party",
}


def party(
    name_or_id: Annotated[
        str,
        typer.Argument(
            help="A name in any script or in pinyin, an id of this or an earlier release, "
            "an LEI, ROR id, USCC, organisation code, GRID or ISNI, however it is written."
        ),
    ],
    release: Annotated[
        str | None, typer.Option("--release", help="A release by name; the current one if absent.")
    ] = None,
    domain: Annotated[
        Domain | None,
        typer.Option("--domain", help="Only list what the party has in this domain."),
    ] = None,
    limit: Annotated[
        int, typer.Option(min=1, help="How many to list with --domain, the latest first.")
    ] = 50,
    *,
    as_json: AsJson = False,
) -> None:
    """Show one party: its aliases, how each was found to be one, and its holdings by domain.

    Of several that are meant, the likeliest is shown, and the others are named. `--domain
    patents` lists the patents themselves; without it the latest three of each domain stand here.
    """
    forms = party_search.SearchForms(*refresh.read_search_name(name_or_id))
    with reader.connect(release) as connection:
        refuse_older(connection)
        found = party_search.find(connection, name_or_id, forms)
        if not found.candidates:
            raise ConfigError(_nobody(found), asked=name_or_id)
        party_id = found.candidates[0].party_id
        if domain is not None:
            listed = _listed(connection, party_id, domain, limit)
            title = f"{domain.capitalize()} of {_name(connection, party_id)}"
            show(listed, as_json=as_json, title=title)
            return
        card = card_of(connection, found)
    if as_json:
        show([card], as_json=True)
    else:
        _print(card)


def refuse_older(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise ConfigError for a release that was made before parties could be searched."""
    rows = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'core'"
    ).fetchall()
    if missing := NEEDED - {name for (name,) in rows}:
        raise ConfigError(
            "the release is too old for this command; name a later one, or refresh",
            lacks=", ".join(sorted(missing)),
        )


def card_of(connection: duckdb.DuckDBPyConnection, found: Finding) -> Row:
    """Return all that is known of the first party that was found, and the others' names."""
    best, *others = found.candidates
    party_id = best.party_id
    return {
        "party_id": party_id,
        "party_name": _name(connection, party_id),
        "found": best.found,
        "match": best.match,
        "changes": [change._asdict() for change in found.changes],
        "numbers": rows_of(connection, NUMBERS, party_id),
        "aliases": rows_of(connection, ALIASES, party_id),
        "relations": rows_of(connection, RELATIONS, party_id),
        "history": rows_of(connection, HISTORY, party_id),
        "holdings": party_holdings.holdings_of(connection, party_id),
        "latest": [
            row
            for domain in party_holdings.ITEMS
            for row in party_holdings.items_of(connection, party_id, domain, SHOWN_PER_DOMAIN)
        ],
        "industries": party_holdings.industries_of(connection, party_id),
        "region_figures": party_holdings.region_figures(connection, party_id),
        "other_count": len(others),
        "others": [
            {
                "party_id": each.party_id,
                "party_name": _name(connection, each.party_id),
                "found": each.found,
                "match": each.match,
            }
            for each in others[:MOST_CANDIDATES]
        ],
    }


def _nobody(found: Finding) -> str:
    if found.changes:
        last = found.changes[-1]
        return f"the id was {last.reason} on {last.changed_date}: no source uses its names any more"
    return "no party of this release has that name or number; try a longer or shorter form"


def _listed(
    connection: duckdb.DuckDBPyConnection, party_id: str, domain: Domain, limit: int
) -> list[Row]:
    if domain != "economy":
        return party_holdings.items_of(connection, party_id, domain, limit)
    figures = [
        {
            "figure": f"{row['figure']} {row['figure_year']}",
            "of": row["region_name"],
            "value": row["value"],
        }
        for row in party_holdings.region_figures(connection, party_id)
    ]
    industries = [
        {
            "figure": "patents of the party in the industry",
            "of": f"NACE {row['nace_code']} {row['industry_name'] or ''}".strip(),
            "value": row["party_patents"],
        }
        for row in party_holdings.industries_of(connection, party_id)
    ]
    return [*figures, *industries][:limit]


def _name(connection: duckdb.DuckDBPyConnection, party_id: str) -> object:
    return rows_of(connection, NAME, party_id)[0]["party_name"]


def _print(card: Row) -> None:
    """Print a card as tables, in the order in which people ask."""
    out.print(f"[bold]{card['party_name']}[/]  {card['party_id']}")
    out.print(f"found by: {card['match']} ({card['found']})", highlight=False)
    for title, key in (
        ("What became of the id", "changes"),
        ("Numbers in registries", "numbers"),
        ("Aliases and evidence", "aliases"),
        ("Parents, children, successors and related", "relations"),
        ("Changes of ids", "history"),
        ("Holdings", "holdings"),
        (f"Latest {SHOWN_PER_DOMAIN} of each domain; --domain lists more", "latest"),
        ("Industries of its patents", "industries"),
        ("Its regions", "region_figures"),
        (f"Others that may be meant, of {card['other_count']}", "others"),
    ):
        rows = card[key]
        assert isinstance(rows, list)
        if rows:
            shown = rows[:INDUSTRIES_SHOWN] if key == "industries" else rows
            show(shown, as_json=False, title=title)

"""Finding parties of a release: by their id, by any registry's number, or by name.

Names are found as linkage reads them (`core.party_search`): in any script, with or without
legal form, and in pinyin.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from iplake.errors import ConfigError
from iplake.identifiers.identifier import Identifier
from iplake.identifiers.readings import read_identifier
from warehouse.id_history import Change, successors
from warehouse.party_holdings import HELD

MATCHES = (
    "exact name",
    "name but for script, case, signs or legal form",
    "whole words of the name",
    "beginning of the name",
    "pinyin of the name",
    "same words in another language",
    "these words and others in another language",
    "part of the name",
    "beginning of a word",
    "letters within a word",
)
"""How a name may have been found, the surest first."""
CERTAIN = MATCHES.index("part of the name")
"""Names that hold the letters only within their words count where nothing else is found."""


@dataclass(frozen=True, slots=True)
class SearchForms:
    """The forms of a name that is asked for; see `transforms.linkage.search.SearchName`."""

    plain_name: str
    bare_name: str
    canonical_words: str
    is_chinese: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party that may be meant: the name or number of it that was found, and how."""

    party_id: str
    found: str
    match: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The parties that may be meant, the likeliest first, and what became of the id asked for."""

    candidates: tuple[Candidate, ...]
    changes: tuple[Change, ...] = ()


def find(connection: duckdb.DuckDBPyConnection, asked: str, forms: SearchForms) -> Finding:
    """Return the parties that an id, number or name may mean; of equals, those that hold most."""
    text = asked.strip()
    if not text:
        raise ConfigError("expected a name or a number, found nothing")
    alive, changes = successors(connection, text)
    if alive or changes:
        match = "id of an earlier release" if changes else "id"
        return Finding(_of_ids(connection, alive, text, match), tuple(changes))
    for number in read_identifier(text, "organisation"):
        ids, changes = _with_number(connection, number)
        if ids:
            found = f"{number.kind} {number.canonical}"
            candidates = tuple(Candidate(each, found, "number") for each in ids)
            return Finding(candidates, tuple(changes))
    return Finding(tuple(_by_name(connection, text, forms)))


def bare_number(number: Identifier) -> str:
    """Return the number of an identifier as the tables have it.

    >>> from iplake.identifiers.organisations import isni_identifier, ror_identifier
    >>> bare_number(ror_identifier("https://ror.org/0530pts50"))
    '0530pts50'
    >>> bare_number(isni_identifier("0000 0001 2188 5934"))
    '0000000121885934'
    """
    return str(number.parts.get("number", number.canonical))


def _with_number(
    connection: duckdb.DuckDBPyConnection, number: Identifier
) -> tuple[list[str], list[Change]]:
    """Return the parties with a number, and what became of the id that was made of it.

    Those whose name has no other number of the kind come first.
    """
    condition = "identifier_kind = ? and identifier = ?"
    values = [number.kind, bare_number(number)]
    if number.kind == "organisation_code":
        condition = "identifier_kind = ? and substr(identifier, 9, 9) = ?"
        values = ["uscc", bare_number(number)]
    rows = connection.execute(
        "select numbered.party_id from core.xref_party__identifier as numbered"
        " left join marts.mart_party_portfolio as held on numbered.party_id = held.party_id"
        f" where {condition}"
        f" order by numbered.is_only desc, coalesce({HELD}, 0) desc, numbered.party_id",
        values,
    ).fetchall()
    # A number that no registry of this release knows may still be an id, or have been one.
    known_as = f"{number.kind.upper()}:{bare_number(number)}"
    alive, changes = successors(connection, known_as)
    return list(dict.fromkeys([*alive, *(party_id for (party_id,) in rows)])), changes


def _of_ids(
    connection: duckdb.DuckDBPyConnection, ids: Iterable[str], found: str, match: str
) -> tuple[Candidate, ...]:
    held = _held(connection, list(ids))
    ranked = sorted(held, key=lambda party_id: (-held[party_id], party_id))
    return tuple(Candidate(party_id, found, match) for party_id in ranked)


def _held(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> dict[str, int]:
    rows = connection.execute(
        f"select party_id, {HELD} from marts.mart_party_portfolio where party_id in"
        " (select unnest(?::varchar[]))",
        [ids],
    ).fetchall()
    return {**dict.fromkeys(ids, 0), **dict(rows)}


def _by_name(
    connection: duckdb.DuckDBPyConnection, asked: str, forms: SearchForms
) -> list[Candidate]:
    """Return the parties with a name like the one asked for, the likest first."""
    if not forms.plain_name:
        return []
    letters = forms.plain_name.replace(" ", "")
    rows = connection.execute(
        BY_NAME,
        {
            "asked": asked,
            "plain": forms.plain_name,
            "bare": forms.bare_name or forms.plain_name,
            "words": forms.canonical_words,
            "is_chinese": forms.is_chinese,
            "letters": letters,
            # A blank may stand between any two letters: syllables begin and end where it says so.
            "syllables": "(^| )" + " ?".join(letters) + "( |$)",
        },
    ).fetchall()
    best = [row for row in rows if row[1] <= CERTAIN] or [
        row for row in rows if row[1] == rows[0][1]
    ]
    return [Candidate(party_id, name, MATCHES[rank]) for party_id, rank, name in best]


BY_NAME = f"""
    with

    ranked as (
        select
            aliases.party_id,
            aliases.alias_name,
            case
                when aliases.alias_name = $asked then 0
                when search.plain_name = $plain or search.bare_name = $bare then 1
                when $is_chinese and search.brand_name = $bare then 2
                when not $is_chinese
                    and (
                        contains(' ' || search.plain_name || ' ', ' ' || $plain || ' ')
                        or contains(' ' || search.bare_name || ' ', ' ' || $bare || ' ')
                    ) then 2
                when $is_chinese and starts_with(search.bare_name, $bare) then 3
                when replace(search.pinyin, ' ', '') = $letters then 4
                when search.canonical_words = $words
                    and $is_chinese <> (search.pinyin is not null) then 5
                when not $is_chinese
                    and list_has_all(
                        string_split(search.canonical_words, ' '), string_split($words, ' ')
                    ) then 6
                when $is_chinese and contains(search.bare_name, $bare) then 7
                when not $is_chinese and regexp_matches(search.pinyin, $syllables) then 7
                when not $is_chinese and contains(' ' || search.plain_name, ' ' || $plain) then 8
                when contains(search.plain_name, $plain) then 9
            end as rank
        from core.party_alias as aliases
        inner join core.party_search as search on aliases.name_key = search.name_key
    ),

    best as (
        select party_id, min(rank) as rank, min_by(alias_name, (rank, alias_name)) as alias_name
        from ranked
        where rank is not null
        group by party_id
    )

    select best.party_id, best.rank, best.alias_name
    from best
    left join marts.mart_party_portfolio as held on best.party_id = held.party_id
    order by best.rank, coalesce({HELD}, 0) desc, best.party_id
"""

"""Finding parties by number, old id and name, in tables of a few of them."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import polars as pl
import pytest

from iplake.errors import ConfigError
from transforms.linkage.search import search_names
from warehouse import party_search, refresh
from warehouse.id_history import HISTORY

USCC = "91110000600037341L"
WIDE = "".join(chr(ord(each) + 0xFEE0) for each in USCC)
NAMES = {
    "恒达科技有限公司": "P:hengda",
    "Hengda Technology Co., Ltd.": "P:english",
    "广州恒达科技有限公司": "P:guangzhou",
    "横大科技有限公司": "P:namesake",
    "OPPO": "P:oppo",
    "Special Opportunities Fund": "P:fund",
    "OPPO广东移动通信有限公司": "P:guangdong",
}
HOLDINGS = {"P:guangzhou": 5, "P:oppo": 1, "P:guangdong": 2, "P:namesake": 9}


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        tables = {
            "core.party_alias": pl.DataFrame(
                {
                    "name_key": list(NAMES),
                    "alias_name": list(NAMES),
                    "party_id": list(NAMES.values()),
                }
            ),
            "core.party_search": search_names(
                pl.DataFrame({"mention_id": list(NAMES), "name": list(NAMES)})
            ),
            "core.xref_party__identifier": pl.DataFrame(
                [("P:hengda", "uscc", USCC, True), ("P:english", "uscc", USCC, False)],
                schema=["party_id", "identifier_kind", "identifier", "is_only"],
                orient="row",
            ),
            "core.id_history": pl.DataFrame(
                [
                    ("P:old", "P:hengda", None, "merged", "x"),
                    ("P:gone", None, None, "withdrawn", "y"),
                ],
                schema=HISTORY,
                orient="row",
            ),
            "marts.mart_party_portfolio": pl.DataFrame(
                {"party_id": list(HOLDINGS), "patent_count": list(HOLDINGS.values())}
            ).with_columns(trademark_count=0, copyright_count=0, declaration_count=0, work_count=0),
        }
        connection.execute("create schema core; create schema marts")
        for name, rows in tables.items():
            connection.register("rows", rows)
            connection.execute(f"create table {name} as from rows")
        yield connection


def find(connection: duckdb.DuckDBPyConnection, asked: str) -> party_search.Finding:
    forms = party_search.SearchForms(*refresh.read_search_name(asked))
    return party_search.find(connection, asked, forms)


def ranked(connection: duckdb.DuckDBPyConnection, asked: str) -> list[tuple[str, str]]:
    found = find(connection, asked).candidates
    return [(each.party_id, each.match) for each in found]


@pytest.mark.parametrize("asked", [USCC, "9111 0000 6000 3734 1L", WIDE, "60003734-1"])
def test_a_number_is_found_in_any_writing(
    connection: duckdb.DuckDBPyConnection, asked: str
) -> None:
    # The one whose only number it is comes first.
    assert ranked(connection, asked) == [("P:hengda", "number"), ("P:english", "number")]


def test_an_old_id_finds_what_it_is_now_and_says_so(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    found = find(connection, "P:old")
    assert [each.party_id for each in found.candidates] == ["P:hengda"]
    assert found.candidates[0].match == "id of an earlier release"
    assert [each.reason for each in found.changes] == ["merged"]
    gone = find(connection, "P:gone")
    assert gone.candidates == ()
    assert [each.reason for each in gone.changes] == ["withdrawn"]
    assert find(connection, "P:never") == party_search.Finding(())


def test_the_surest_match_comes_first_and_then_who_holds_most(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert ranked(connection, "恆達科技") == [
        ("P:hengda", "name but for script, case, signs or legal form"),
        ("P:english", "same words in another language"),
        ("P:guangzhou", "part of the name"),
    ]
    # Who is spelt alike holds more, and comes after who is written so.
    pinyin = ranked(connection, "Heng Da Keji")
    assert pinyin[:2] == [
        ("P:english", "name but for script, case, signs or legal form"),
        ("P:namesake", "pinyin of the name"),
    ]
    assert ("P:hengda", "pinyin of the name") in pinyin
    assert ranked(connection, "oppo")[:2] == [
        ("P:oppo", "name but for script, case, signs or legal form"),
        ("P:guangdong", "whole words of the name"),
    ]
    assert "P:fund" not in dict(ranked(connection, "oppo"))
    assert ranked(connection, "opport") == [("P:fund", "beginning of a word")]
    assert ranked(connection, "portunit") == [("P:fund", "letters within a word")]
    assert ranked(connection, "。") == []
    with pytest.raises(ConfigError, match="found nothing"):
        find(connection, " ")

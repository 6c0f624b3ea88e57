"""The link step: what linkage is given, reviewed overrides, and ids that keep their history."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from iplake.errors import ConfigError
from iplake.settings import settings
from warehouse import linking
from warehouse.id_history import HISTORY, history_of, successors
from warehouse.linking import Override

TODAY = date(2026, 11, 25)
SPELLINGS = pl.DataFrame(
    [
        ("oppo", "OPPO", "patents/cnipa_gazette", "CN", "东莞市", None, None),
        ("oppo", "Oppo", "standards/etsi_isld", None, None, None, None),
        ("guangdong oppo", "Guangdong OPPO", "standards/etsi_isld", "CN", None, None, None),
        ("sysu", "SYSU", "reference/ror", "CN", None, None, "0064kty71"),
        ("twice", "Twice", "reference/gleif", "CN", None, "LEI1", None),
        ("twice", "TWICE", "reference/gleif", "CN", None, "LEI2", None),
    ],
    schema=["name_key", "alias_name", "source", "country_code", "city_name", "lei", "ror_id"],
    orient="row",
)


def by_name(
    mentions: pl.DataFrame, registry: pl.DataFrame, together: pl.DataFrame | None
) -> pl.DataFrame:
    """Stand in for linkage: what begins with the same letter is one party."""
    first = pl.col("mention_id").str.slice(0, 1)
    return mentions.select(
        "mention_id",
        party_id=pl.when(pl.col("ror").is_not_null())
        .then(pl.format("ROR:{}", "ror"))
        .otherwise(pl.format("NAME:{}", first)),
        score=pl.lit(0.9),
    )


def test_a_name_is_a_mention_with_what_its_spellings_agree_on() -> None:
    names = linking.names_of(SPELLINGS)
    assert names.rows() == [
        ("guangdong oppo", "Guangdong OPPO", "CN", None, None, None),
        ("oppo", "OPPO", "CN", "东莞市", None, None),
        ("sysu", "SYSU", "CN", None, None, "0064kty71"),
        # A number that two entities of one name have decides nothing.
        ("twice", "TWICE", "CN", None, None, None),
    ]
    assert linking.official_names(SPELLINGS).height == 3


def test_parties_have_their_number_method_and_version() -> None:
    parties = linking.divide(SPELLINGS, by_name, None, [], "abc")
    assert parties.height == 4
    assert parties.filter(name_key="sysu").row(0, named=True) == {
        "name_key": "sysu",
        "party_id": "ROR:0064kty71",
        "lei": None,
        "ror_id": "0064kty71",
        "uscc": None,
        "method": "registry name",
        "score": 0.9,
        "version": "abc",
    }
    assert parties.filter(name_key="oppo")["method"].item() == "normalised name"


def ids(*overrides: Override) -> dict[str, str]:
    parties = linking.divide(SPELLINGS, by_name, None, list(overrides), "abc")
    return dict(parties.select("name_key", "party_id").iter_rows())


def test_an_override_joins_or_parts_and_says_when_it_is_not_needed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ids()["oppo"] != ids()["guangdong oppo"]
    joined = ids(Override("Oppo", "Guangdong OPPO", "same", "one company"))
    assert joined["oppo"] == joined["guangdong oppo"] == "NAME:o"
    parted = ids(
        Override("Oppo", "Guangdong OPPO", "same", "one company"),
        Override("Oppo", "Guangdong OPPO", "different", "after all not"),
    )
    assert parted["oppo"] == "NAME:o"
    assert parted["guangdong oppo"] == "NAME:override:Guangdong OPPO"
    assert "no longer needed" not in "".join(capsys.readouterr())
    ids(Override("OPPO", "Oppo", "same", "needless"))
    assert "no longer needed" in "".join(capsys.readouterr())
    ids(Override("OPPO", "Nobody", "same", "needless"))
    assert "nobody uses" in "".join(capsys.readouterr())


def test_the_committed_overrides_are_sound() -> None:
    assert all(each.reason for each in linking.read_overrides())


@pytest.mark.parametrize(
    "text",
    ["a,b\n", "left_name,right_name,verdict,reason,reviewed_date\nA,B,maybe,why,2026-01-01\n"],
)
def test_an_override_that_is_not_sound_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "parties.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="overrid"):
        linking.read_overrides(path)


def parties(**given: str) -> pl.DataFrame:
    return pl.DataFrame(
        {"name_key": list(given), "party_id": list(given.values())},
        schema={"name_key": pl.String, "party_id": pl.String},
    )


def test_ids_that_change_are_remembered_over_three_releases() -> None:
    nothing = pl.DataFrame(schema=HISTORY)
    first = parties(a="1", b="2", c="3", d="3", e="5")
    assert history_of(first, parties(), nothing, TODAY).height == 0
    second = parties(a="1", b="1", c="3", d="4", e="6", f="7")
    history = history_of(second, first, nothing, TODAY)
    assert [(row[0], row[1], row[3]) for row in history.rows()] == [
        ("2", "1", "merged"),
        ("3", "4", "divided"),
        ("5", "6", "renumbered"),
    ]
    # The same names again: nothing new, nothing forgotten.
    third = history_of(second, second, history, date(2026, 12, 1))
    assert third.equals(history)


def test_an_id_whose_names_nobody_uses_any_more_is_withdrawn_once() -> None:
    nothing = pl.DataFrame(schema=HISTORY)
    # Of 3 a name is left, and 4 lives on under another name: registries rename.
    before = parties(a="1", b="2", b2="2", c="3", c2="3", d="4")
    history = history_of(parties(a="1", c="3", e="4"), before, nothing, TODAY)
    assert history.rows() == [("2", None, TODAY, "withdrawn", "b")]
    again = history_of(parties(a="1"), parties(a="1"), history, date(2026, 12, 1))
    assert again.equals(history)


def test_changes_of_an_id_are_followed_to_what_is_alive() -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema core")
        connection.execute("create table core.party_alias as select 'new' as party_id")
        lines = pl.DataFrame(
            [
                ("old", "mid", date(2026, 1, 1), "renumbered", "a"),
                ("mid", "new", date(2026, 2, 1), "merged", "a"),
                ("mid", "lost", date(2026, 2, 1), "divided", "b"),
                ("lost", None, date(2026, 3, 1), "withdrawn", "b"),
                # Names that came and went: a circle that leads nowhere.
                ("this", "that", date(2026, 1, 1), "renumbered", "c"),
                ("that", "this", date(2026, 1, 1), "renumbered", "c"),
            ],
            schema=HISTORY,
            orient="row",
        )
        connection.register("lines", lines)
        connection.execute("create table core.id_history as from lines")
        alive, path = successors(connection, "old")
        assert alive == ["new"]
        assert [(each.old_id, each.reason) for each in path] == [
            ("old", "renumbered"),
            ("mid", "divided"),
            ("mid", "merged"),
            ("lost", "withdrawn"),
        ]
        assert successors(connection, "new") == (["new"], [])
        assert successors(connection, "this")[0] == []
        assert successors(connection, "never") == ([], [])


def test_overrides_may_lie_outside_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.csv"
    line = "A,B,same,why,2026-01-01"
    # Spreadsheets begin a file with a mark.
    path.write_text(f"\ufeff{','.join(linking.OVERRIDE_COLUMNS)}\n{line}\n", encoding="utf-8")
    monkeypatch.setenv("IPLAKE_PARTY_OVERRIDES", str(path))
    settings.cache_clear()
    try:
        assert linking.read_overrides() == [Override("A", "B", "same", "why")]
        path.unlink()
        with pytest.raises(ConfigError, match="no file of overrides"):
            linking.read_overrides()
    finally:
        settings.cache_clear()

"""The link step: what linkage is given, reviewed overrides, and ids that keep their history."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from iplake import lake
from iplake.errors import ConfigError
from tests.conftest import land_and_stage
from warehouse import commands, linking, refresh
from warehouse.linking import HISTORY, Override

app = typer.Typer()
commands.register(app)
runner = CliRunner()
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


def by_name(mentions: pl.DataFrame, registry: pl.DataFrame) -> pl.DataFrame:
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
    parties = linking.divide(SPELLINGS, by_name, [], "abc")
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
    parties = linking.divide(SPELLINGS, by_name, list(overrides), "abc")
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
    assert parted["guangdong oppo"] == "NAME:override:guangdong oppo"
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
    assert linking.history_of(first, parties(), nothing, TODAY).height == 0
    second = parties(a="1", b="1", c="3", d="4", e="6", f="7")
    history = linking.history_of(second, first, nothing, TODAY)
    assert [(row[0], row[1], row[3]) for row in history.rows()] == [
        ("2", "1", "merged"),
        ("3", "4", "divided"),
        ("5", "6", "renumbered"),
    ]
    # The same names again: nothing new, nothing forgotten.
    third = linking.history_of(second, second, history, date(2026, 12, 1))
    assert third.equals(history)


@pytest.mark.slow
def test_a_refresh_divides_the_sample_and_an_override_shows_in_the_next_release(
    lake_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for address in ("patents/cnipa_gazette", "standards/etsi_isld", "reference/ror"):
        land_and_stage(address)

    def release() -> dict[str, str]:
        refresh.build()
        refresh.gate_marts()
        published = refresh.publish()
        with duckdb.connect(published.database, read_only=True) as connection:
            rows = connection.execute(
                "select alias_name, party_id from core.party_alias"
            ).fetchall()
        return dict(rows)

    # Three sources alone do not fill every mart.
    monkeypatch.setattr(refresh, "gate_marts", refresh.build_state.pass_gate)
    before = release()
    oppo = {party for alias, party in before.items() if "OPPO" in alias.upper()}
    assert len(oppo) == 1
    [opposite] = oppo
    alias = next(each for each, party in sorted(before.items()) if party == opposite)
    other = next(each for each, party in sorted(before.items()) if party != opposite)
    path = tmp_path / "parties.csv"
    path.write_text(
        "left_name,right_name,verdict,reason,reviewed_date\n"
        f'"{alias}","{other}",same,a test,2026-11-25\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(linking, "OVERRIDES", path)
    after = release()
    assert after[alias] == after[other] == opposite
    with duckdb.connect(lake.build_database(), read_only=True) as connection:
        history = connection.execute(
            "select old_id, new_id, reason from core.id_history"
        ).fetchall()
    assert history == [(before[other], opposite, "merged")]
    shown = runner.invoke(app, ["party", "OPPO", "--json"])
    assert shown.exit_code == 0
    [found] = json.loads(shown.output)
    assert found["party_id"] == opposite
    assert {each["alias_name"] for each in found["aliases"]} >= {alias, other}
    assert {each["domain"] for each in found["holdings"]} >= {"patents", "standards"}

"""Ids of parties over real releases: the same data, more data, a newer matcher, an override."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

import duckdb
import pytest
import typer
from typer.testing import CliRunner

from iplake import registry
from iplake.settings import settings
from tests.conftest import land_and_stage, use_samples
from transforms.linkage import parties
from warehouse import commands, id_history, refresh
from warehouse.reader import Release

app = typer.Typer()
commands.register(app)

FIRST_SOURCES = ("patents/cnipa_gazette", "standards/etsi_isld")
MORE_SOURCES = ("reference/ror", "patents/uspto_grants", "copyrights/nypl_renewals")
HEADER = "left_name,right_name,verdict,reason,reviewed_date\n"
OLD_RIGHT = """
    select party_id, min(alias_name), max(alias_name)
    from core.party_alias
    where party_id in (select party_id from core.dim_party)
    group by party_id
    having count(distinct name_key) = 2
        and count(distinct source) = 1 and min(source) = 'patents/cnipa_gazette'
        and bool_and(method = 'matched names')
    order by party_id
    limit 1
"""


def release() -> Release:
    refresh.build()
    refresh.gate_marts()
    return refresh.publish()


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Release]]:
    """Publish five releases, each with its own reason for ids to change, but for the second."""
    home = tmp_path_factory.mktemp("lake")
    with pytest.MonkeyPatch.context() as patch:
        use_samples(patch, home)
        # Few sources alone do not fill every mart.
        patch.setattr(refresh, "gate_marts", refresh.build_state.pass_gate)
        for address in FIRST_SOURCES:
            land_and_stage(address)
        made = [release(), release()]
        for address in MORE_SOURCES:
            land_and_stage(address)
        made.append(release())
        # A matcher that asks for more, while names of one source are in no file any more.
        patch.setattr(parties, "link_parties", partial(parties.link_parties, threshold=0.97))
        patch.setattr(refresh, "linkage_version", lambda: "newer")
        etsi = registry.get("standards/etsi_isld")
        for snapshot in refresh.current_snapshots(etsi):
            refresh.forget(etsi, snapshot)
        made.append(release())
        patch.setenv("IPLAKE_PARTY_OVERRIDES", str(home / "parties.csv"))
        settings.cache_clear()
        with duckdb.connect(made[-1].database, read_only=True) as connection:
            [(_, left, right)] = connection.execute(OLD_RIGHT).fetchall()
        line = f"{left},{right},different,two companies,2026-11-25\n"
        (home / "parties.csv").write_text(HEADER + line, "utf-8")
        made.append(release())
        yield made
    settings.cache_clear()


def ids_in(release: Release) -> set[str]:
    with duckdb.connect(release.database, read_only=True) as connection:
        rows = connection.execute("select distinct party_id from core.party_alias").fetchall()
    return {party_id for (party_id,) in rows}


def history_in(release: Release) -> list[tuple[object, ...]]:
    with duckdb.connect(release.database, read_only=True) as connection:
        return connection.execute("from core.id_history").fetchall()


@pytest.mark.slow
def test_every_id_is_kept_or_its_change_is_recorded(releases: list[Release]) -> None:
    assert len(releases) == 5
    for before, after in pairwise(releases):
        gone = ids_in(before) - ids_in(after)
        assert gone <= {old for old, *_ in history_in(after)}, after.name
        # No line of an earlier release is lost.
        assert set(history_in(before)) <= set(history_in(after))
    counts = [len(history_in(each)) for each in releases]
    assert len(ids_in(releases[0])) > 1000
    assert counts[:2] == [0, 0]
    assert ids_in(releases[0]) == ids_in(releases[1])
    # More data, the newer matcher and the override each changed something.
    assert counts[1] < counts[2] < counts[3] < counts[4]
    reasons = {reason for _, _, _, reason, _ in history_in(releases[-1])}
    assert reasons >= {"divided", "withdrawn"}
    assert reasons <= {"merged", "divided", "renumbered", "withdrawn"}


@pytest.mark.slow
def test_an_id_of_any_release_leads_to_what_is_alive_or_to_its_withdrawal(
    releases: list[Release],
) -> None:
    alive = ids_in(releases[-1])
    with duckdb.connect(releases[-1].database, read_only=True) as connection:
        for each in sorted(set().union(*map(ids_in, releases)) - alive):
            now, path = id_history.successors(connection, each)
            assert path, each
            assert set(now) <= alive
            assert now or path[-1].reason == "withdrawn"


@pytest.mark.slow
def test_one_line_undoes_a_wrong_merge_and_the_diff_names_it(releases: list[Release]) -> None:
    before, after = releases[3], releases[4]
    with duckdb.connect(before.database, read_only=True) as connection:
        [(merged, left, right)] = connection.execute(OLD_RIGHT).fetchall()
    with duckdb.connect(after.database, read_only=True) as connection:
        now = dict(
            connection.execute(
                "select alias_name, party_id from core.party_alias where alias_name in (?, ?)",
                [left, right],
            ).fetchall()
        )
    assert now[left] == merged
    assert now[right] not in ids_in(before)
    new_lines = set(history_in(after)) - set(history_in(before))
    assert [(line[0], line[1], line[3]) for line in new_lines] == [(merged, now[right], "divided")]

    def diff(*options: str) -> list[dict[str, object]]:
        done = CliRunner().invoke(
            app, ["releases", "diff", before.name, after.name, *options, "--json"]
        )
        assert done.exit_code == 0, done.output
        rows: list[dict[str, object]] = json.loads(done.output)
        return rows

    [counts] = [row for row in diff() if row["mart"] == "mart_party_portfolio"]
    assert (counts["added"], counts["changed"], counts["removed"]) == (1, 1, 0)
    added, changed = diff("--mart", "mart_party_portfolio")
    assert (added["change"], added["party_id"], added["party_name"]) == (
        "added",
        now[right],
        right,
    )
    assert added["history"] == f"divided ← {merged}"
    assert (changed["change"], changed["party_id"]) == ("changed", merged)
    assert "spelling_count: 2 → 1" in str(changed["changes"])
    assert changed["history"] == f"divided → {now[right]}"

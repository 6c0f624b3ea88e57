"""Releases: built beside, swapped in one step, read-only, comparable."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from expectations import measures
from expectations.measures import Measure
from iplake import lake
from iplake.errors import ConfigError, GateFailed, Locked
from warehouse import build_state, reader, refresh, release_diff
from warehouse import publish as publishing

DAY = date(2026, 11, 23)


Rows = Sequence[tuple[int | None, str]]


def make_build(rows: Rows) -> None:
    """Write a build with one core table and one mart, as dbt would leave it."""
    database = lake.build_database()
    lake.ensure(database.parent)
    database.unlink(missing_ok=True)
    with duckdb.connect(database) as connection:
        connection.execute("create schema core; create schema marts; create schema stage")
        connection.execute("create table core.dim_thing as select 1 as thing_id")
        connection.execute("create table marts.mart_thing (thing_id bigint, name varchar)")
        connection.execute("comment on table marts.mart_thing is 'one row per thing''s id'")
        connection.execute("comment on column marts.mart_thing.name is 'Its name.'")
        connection.execute("create view stage.v as select * from marts.mart_thing")
        connection.executemany("insert into marts.mart_thing values (?, ?)", rows)
    not_null = [{"type": "not_null"}]
    mart = {
        "resource_type": "model",
        "schema": "marts",
        "alias": "mart_thing",
        "description": "one row per thing\nMore.",
        "config": {"meta": {"key": ["thing_id"], "rows": {"sample": 2}}},
        "columns": {
            "thing_id": {"description": "Its id.", "constraints": not_null, "meta": {}},
            "name": {"description": "Its name.", "constraints": [], "meta": {}},
        },
    }
    lake.build_manifest().write_text(json.dumps({"nodes": {"mart": mart}}), encoding="utf-8")


def publish(rows: Rows) -> reader.Release:
    make_build(rows)
    refresh.gate_marts()
    return publishing.publish(lake.build_database(), lake.build_manifest(), DAY)


def test_a_release_holds_marts_their_twins_and_meta(lake_home: Path) -> None:
    release = publish([(1, "a"), (2, "b")])
    assert release.name == "2026-11-23.1"
    assert (lake_home / "releases" / "current").readlink().as_posix() == release.name
    assert pl.read_parquet(release.folder / "marts" / "mart_thing.parquet").rows() == [
        (1, "a"),
        (2, "b"),
    ]
    with reader.connect() as connection:
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() order by all"
        ).fetchall()
        assert [name for (name,) in tables] == [
            "core.dim_thing",
            "marts.mart_thing",
            "meta.column",
            "meta.gate_result",
            "meta.link_quality",
            "meta.release",
            "meta.revision",
            "meta.source_status",
            "meta.table",
        ]
        mart = connection.execute(
            """select grain, key_columns, row_count from meta."table" where layer = 'marts'"""
        ).fetchall()
        assert mart == [("one row per thing", "thing_id", 2)]
        [comment] = connection.execute(
            "select comment from duckdb_tables() where table_name = 'mart_thing'"
        ).fetchall()
        assert comment == ("one row per thing's id",)
    assert release.facts["row_counts"] == {"core.dim_thing": 1, "marts.mart_thing": 2}


def test_the_same_build_gives_the_same_hashes(lake_home: Path) -> None:
    first, second = publish([(1, "a"), (2, "b")]), publish([(2, "b"), (1, "a")])
    assert second.name == "2026-11-23.2"
    assert first.facts["content_sha256"] == second.facts["content_sha256"]


def test_a_refused_build_leaves_current_where_it_was(lake_home: Path) -> None:
    good = publish([(1, "a"), (2, "b")])
    make_build([(1, "a")])
    with pytest.raises(GateFailed, match="current release stays") as caught:
        refresh.gate_marts()
    assert "mart_thing.row_count is 1, expected at least 2" in str(caught.value.facts["breached"])
    assert reader.release().name == good.name


def finish(*layers: str) -> None:
    for layer in layers:
        build_state.begin(layer)
        build_state.end(layer)


def test_only_a_build_whose_layers_and_gate_all_hold_is_published(lake_home: Path) -> None:
    with pytest.raises(ConfigError, match="there is no build"):
        refresh.gate_marts()
    make_build([(1, "a"), (2, "b")])
    finish("staging", "link", "core")
    refresh.gate_marts()
    with pytest.raises(ConfigError, match="the build is not finished") as caught:
        refresh.publish()
    assert caught.value.facts == {"layers": "staging, link, core", "is_gated": True}
    # Tests of the layer failed: its tables are there, and it does not hold.
    build_state.begin("marts")
    with pytest.raises(ConfigError, match="the build is not finished"):
        refresh.publish()
    build_state.end("marts")
    with pytest.raises(ConfigError, match="the build is not finished") as caught:
        refresh.publish()
    assert caught.value.facts["is_gated"] is False
    refresh.gate_marts()
    assert refresh.publish().is_current
    # Built anew from the core on: what was gated is gone.
    build_state.begin("core")
    assert build_state.read() == build_state.BuildState(("staging", "link"))
    with pytest.raises(ConfigError, match="the build is not finished"):
        refresh.publish()


def test_nothing_is_published_while_a_source_is_refused(
    lake_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_build([(1, "a"), (2, "b")])
    finish(*build_state.LAYERS)
    refresh.gate_marts()
    short = Measure("organisations", "row_count", 1, 2, None, "critical")
    monkeypatch.setattr(measures, "of_staging", lambda *_: [short])
    with pytest.raises(GateFailed, match="the data is refused"):
        refresh.gate_staging("reference/ror")
    with pytest.raises(GateFailed, match="refused; mend them before a build"):
        refresh.publish()
    assert reader.list_releases() == []


def test_no_other_run_builds_between_build_and_release(
    lake_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh, "_build", lambda layer: finish(layer))
    make_build([(1, "a"), (2, "b")])

    steps: list[str] = []

    def others_wait(what: str) -> None:
        steps.append(what)
        with pytest.raises(Locked):
            refresh.build()

    release = refresh.refresh([], others_wait)
    built = [f"building {layer}" for layer in build_state.LAYERS]
    assert steps == [*built, "gate", "publishing"]
    assert release.is_current


def test_unfinished_work_of_killed_runs_goes_after_a_week(lake_home: Path) -> None:
    old, fresh, kept = (lake.scratch() / name for name in ("tmpold", "tmpnew", "dbt"))
    for folder in (old, fresh, kept):
        (folder / "parts").mkdir(parents=True)
    for folder in (old, kept):
        os.utime(folder, (0, 0))
    lake.sweep_scratch()
    assert sorted(path.name for path in lake.scratch().iterdir()) == ["dbt", "tmpnew"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(1, "a"), (1, "b"), (2, "c")], "repeated_keys is 1"),
        ([(1, "a"), (2, "b"), (None, "c")], r"fill\(thing_id\)"),
    ],
)
def test_marts_must_keep_their_promises(lake_home: Path, rows: Rows, said: str) -> None:
    make_build(rows)
    with pytest.raises(GateFailed) as caught:
        refresh.gate_marts()
    assert pl.Series([caught.value.facts["breached"]]).str.contains(said).item()


def test_a_mart_that_lost_most_of_its_rows_is_refused(lake_home: Path) -> None:
    publish([(number, "a") for number in range(10)])
    make_build([(1, "a"), (2, "b")])
    with pytest.raises(GateFailed) as caught:
        refresh.gate_marts()
    assert "rows_to_last is 0.2, expected at least 0.5" in str(caught.value.facts["breached"])


def test_a_reader_keeps_its_release_across_the_swap(lake_home: Path) -> None:
    publish([(1, "a"), (2, "b")])
    with reader.connect() as connection:
        publish([(1, "a"), (2, "b"), (3, "c")])
        [(before,)] = connection.execute("select count(*) from marts.mart_thing").fetchall()
    with reader.connect() as connection:
        [(after,)] = connection.execute("select count(*) from marts.mart_thing").fetchall()
    assert (before, after) == (2, 3)


@pytest.mark.parametrize(
    "sql",
    [
        "insert into marts.mart_thing values (9, 'x')",
        "create table t as select 1",
        "select * from read_text('pyproject.toml')",
        "copy marts.mart_thing to 'stolen.csv'",
        "attach 'other.duckdb'",
        "set enable_external_access = true",
    ],
)
def test_a_query_can_neither_write_nor_leave_its_release(lake_home: Path, sql: str) -> None:
    publish([(1, "a"), (2, "b")])
    with reader.connect() as connection, pytest.raises(duckdb.Error):
        connection.execute(sql)


def test_diff_counts_added_changed_and_removed_rows(lake_home: Path) -> None:
    before = publish([(1, "a"), (2, "b"), (3, "c")])
    after = publish([(1, "a"), (2, "B"), (4, "d"), (5, "e")])
    assert publishing.diff(before.name, after.name) == [
        {"mart": "mart_thing", "added": 2, "changed": 1, "removed": 1, "columns": "same"}
    ]
    rows = release_diff.rows_of(before.name, after.name, "mart_thing", 10)
    assert [(row["change"], row["thing_id"], row["changes"]) for row in rows] == [
        ("removed", 3, None),
        ("added", 4, None),
        ("added", 5, None),
        ("changed", 2, "name: b → B"),
    ]
    assert len(release_diff.rows_of(before.name, after.name, "mart_thing", 2)) == 2
    with pytest.raises(ConfigError, match="expected a mart of both releases"):
        release_diff.rows_of(before.name, after.name, "mart_other", 10)


def test_pruning_keeps_the_last_the_pinned_and_the_current(lake_home: Path) -> None:
    names = [publish([(1, "a"), (2, "b")]).name for _ in range(4)]
    publishing.pin(names[0])
    publishing.point_at(names[1])
    assert publishing.prune(1) == [names[2]]
    assert [each.name for each in reader.list_releases()] == [names[0], names[1], names[3]]


def test_an_unknown_release_is_answered_with_the_known_ones(lake_home: Path) -> None:
    with pytest.raises(ConfigError, match="there is no release yet"):
        reader.release()
    publish([(1, "a"), (2, "b")])
    for name in ("2020-01-01.1", "../outside", "current"):
        with pytest.raises(ConfigError, match="no such release") as caught:
            reader.release(name)
        assert caught.value.facts["known"] == "2026-11-23.1"

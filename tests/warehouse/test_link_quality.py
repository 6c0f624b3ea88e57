"""Figures of linkage: what a file may hold, which rows a run replaces, and what a release says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
import yaml

from iplake.errors import ConfigError
from warehouse.build import PROJECT
from warehouse.link_quality import COLUMNS, Figure, read_figures, record, rows, written

FIGURE = Figure(
    link_type="xref_thing__other",
    data="planted",
    level="pairs",
    method="",
    measure="precision",
    value=0.98765432,
    low=0.9,
    high=1.0,
    item_count=1234,
    target=">= 0.95",
    is_test_half=True,
    version="things-1",
    command="python -m benchmarks.linkage.things",
    measured_date="2026-11-25",
)


def test_a_file_gives_back_what_was_written_with_six_digits(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    bare = replace(FIGURE, low=None, high=None, target=None, version=None, measured_date=None)
    path.write_text(written([FIGURE, bare]), encoding="utf-8")
    rounded = 0.987654
    assert read_figures(path) == [replace(FIGURE, value=rounded), replace(bare, value=rounded)]


def test_a_file_with_other_columns_or_measures_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("link_type,value\nx,1\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="other columns"):
        read_figures(path)
    path.write_text(written([replace(FIGURE, measure="goodness")]), encoding="utf-8")
    with pytest.raises(ConfigError, match="unknown measure"):
        read_figures(path)


def test_a_run_replaces_the_rows_of_its_own_part_alone(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    other = replace(FIGURE, command="python -m benchmarks.linkage.marks --sizes 10", value=0.5)
    path.write_text(written([FIGURE, replace(FIGURE, measure="recall"), other]), encoding="utf-8")
    fresh = replace(FIGURE, command="python -m benchmarks.linkage.things --salt x", value=0.75)
    record([fresh], path)
    assert read_figures(path) == [other, fresh]


def test_a_release_says_whether_its_links_are_those_that_were_measured(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    tables = ["measured", "newer", "mixed", "empty", "unversioned", "absent"]
    path.write_text(written([replace(FIGURE, link_type=each) for each in tables]), "utf-8")
    connection = duckdb.connect()
    connection.execute("create schema core")
    for table, versions in (
        ("measured", ["things-1", "things-1"]),
        ("newer", ["things-2"]),
        ("mixed", ["things-1", "things-2"]),
        ("empty", []),
    ):
        connection.execute(f"create table core.{table} (version varchar)")
        for version in versions:
            connection.execute(f"insert into core.{table} values (?)", [version])
    connection.execute("create table core.unversioned as select 1 as weight")
    found = rows(connection, path)
    assert {row["link_type"]: row["is_current_version"] for row in found} == {
        "measured": True,
        "newer": False,
        "mixed": False,
        "empty": None,
        "unversioned": None,
        "absent": None,
    }
    assert set(found[0]) == {*COLUMNS, "is_current_version"}


def test_every_scored_link_has_a_measured_precision_and_recall() -> None:
    models = [
        model
        for path in sorted((PROJECT / "models" / "core").glob("_*models.yml"))
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    ]
    scored = {
        model["name"]
        for model in models
        if "score" in {column["name"] for column in model["columns"]}
    }
    assert len(scored) >= 5
    figures = [each for each in read_figures() if not each.method]
    assert len(figures) > 80
    for measure in ("precision", "recall"):
        measured = {
            each.link_type
            for each in figures
            if each.measure == measure and each.low is not None and each.version
        }
        assert scored - measured == set(), measure

"""The command line: what each kind of error prints, and the exit code that it ends with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
import structlog

from iplake import cli, lake
from iplake.settings import settings
from warehouse import commands, refresh

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lake_home: Path
) -> Iterator[Run]:
    """Give a function that runs the command line; it returns exit code, output and errors."""

    def main(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["iplake", *arguments])
        settings.cache_clear()
        code: object = 0
        try:
            cli.main()
        except SystemExit as end:
            code = end.code
        printed = capsys.readouterr()
        assert isinstance(code, int)
        return code, printed.out, " ".join(printed.err.split())

    yield main
    # It writes to this test's standard error, which is closed by now.
    structlog.reset_defaults()


@pytest.fixture
def release(lake_home: Path) -> None:
    """Give the lake a release with one table of three rows."""
    folder = lake.ensure(lake.releases() / "2026-01-01.1")
    (folder / "release.json").write_text("{}", encoding="utf-8")
    with duckdb.connect(folder / "iplake.duckdb") as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.mart_a as select unnest([1, 2, 3]) as number")
    (lake.releases() / "current").symlink_to(folder.name)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("IPLAKE_JOBS", "0", "greater than or equal to 1"),
        ("IPLAKE_PROFILE", "all", "'sample', 'real' or 'live'"),
        ("IPLAKE_MIROR", "samples", "no such setting (variables=IPLAKE_MIROR"),
        ("IPLAKE_SOURCES", "{", "error parsing value"),
        ("IPLAKE_SOURCES__PATENTS__USPTO_GRANT__BASE_URL", "x", "no such source"),
        ("IPLAKE_SOURCES__PATENTS__USPTO_GRANTS__KEY", "x", "Extra inputs are not permitted"),
    ],
)
def test_wrong_settings_end_with_2(
    run: Run, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str
) -> None:
    assert run("version")[0] == 0
    monkeypatch.setenv(variable, value)
    code, printed, errors = run("version")
    assert (code, printed) == (2, "")
    assert said in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("text", ["mirror = ", "miror = 'samples'"])
def test_a_wrong_settings_file_ends_with_2(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    (tmp_path / "iplake.toml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code, _, errors = run("version")
    assert code == 2
    assert "settings are not valid" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("stage", "no/such"), "no such source"),
        (("stage", "reference/ror", "--file", "x"), "--file and --out go together"),
        (("land", "reference/ror", "--since", "2021-01-02", "--until", "2021-01-01"), "is after"),
        (("query", "select 1"), "there is no release yet"),
        (("nonsense",), "No such command"),
    ],
)
def test_wrong_use_ends_with_2(run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, _, errors = run(*arguments)
    assert code == 2
    assert said in errors


def test_a_folder_that_cannot_be_made_ends_with_2(run: Run, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("x", encoding="utf-8")
    code, _, errors = run("stage", "reference/ror", "--file", str(taken), "--out", str(taken))
    assert code == 2
    assert "FileExistsError" in errors
    assert "Traceback" not in errors


def test_a_defect_shows_where_and_does_not_look_like_a_gate(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(address: str) -> None:
        raise ZeroDivisionError(address)

    monkeypatch.setattr(refresh, "gate_staging", fail)
    code, _, errors = run("gate", "reference/ror")
    assert code == 2
    assert "Traceback" in errors


@pytest.mark.usefixtures("release")
@pytest.mark.parametrize(
    "sql",
    [
        "create table marts.b as select 1",
        "insert into marts.mart_a values (4)",
        "drop table marts.mart_a",
        "select 1; drop table marts.mart_a",
        "copy (select 1) to 'outside.csv'",
        "export database 'outside'",
        "attach 'outside.duckdb' as other",
        "select * from read_text('/etc/hostname')",
        "select * from '/etc/hostname'",
        "select * from glob('/*')",
        "set enable_external_access = true",
        "install httpfs",
        "selec",
        "",
        "select interval 1 day",
    ],
)
def test_a_query_neither_writes_nor_reads_what_is_outside(run: Run, sql: str) -> None:
    code, printed, errors = run("query", sql)
    assert (code, printed) == (2, "")
    assert "ConfigError" in errors
    assert run("query", "from marts.mart_a", "--format", "csv")[1] == "number\n1\n2\n3\n"


@pytest.mark.usefixtures("release")
def test_a_query_prints_nested_values_where_a_format_can(run: Run) -> None:
    nested = "select [1, 2] as numbers, {'a': date '2026-01-02'} as parts"
    code, printed, _ = run("query", nested, "--json")
    assert code == 0
    assert str(date(2026, 1, 2)) in printed
    assert run("query", nested, "--format", "csv")[0] == 2


def test_every_command_has_a_help_text() -> None:
    for app in (cli.app, commands.releases):
        assert len(app.registered_commands) > 2
        for command in app.registered_commands:
            assert command.callback is not None
            assert command.callback.__doc__

"""The main path on the bundled samples: raw to release, resumed, refused, read meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from iplake import lake, registry
from iplake.errors import GateFailed
from iplake.settings import settings
from tests.conftest import use_samples
from warehouse import meta, reader, refresh


@pytest.fixture(scope="module")
def lake_of_samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Refresh all sources from the bundled samples once; the tests of this file share it."""
    home = tmp_path_factory.mktemp("lake")
    with pytest.MonkeyPatch.context() as patch:
        use_samples(patch, home)
        refresh.refresh(list(registry.sources()), lambda what: None)
        yield home
    settings.cache_clear()


def iplake(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user would."""
    return subprocess.run(
        [str(Path(sys.executable).parent / "iplake"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"IPLAKE_HOME": str(home), "COLUMNS": "200"},
    )


def test_every_record_of_every_file_is_accounted_for(lake_of_samples: Path) -> None:
    status = meta.source_status()
    assert len(status) >= 14
    for row in status:
        records, staged, refused = (
            row["record_count"],
            row["staged_count"],
            row["quarantined_count"],
        )
        assert isinstance(records, int)
        assert isinstance(staged, int)
        assert isinstance(refused, int)
        assert records > 0, row["source"]
        assert records == staged + refused, row["source"]


def test_every_mart_has_rows_and_a_parquet_twin(lake_of_samples: Path) -> None:
    release = reader.release()
    with reader.connect() as connection:
        marts = connection.execute(
            """select table_name, row_count from meta."table" where layer = 'marts'"""
        ).fetchall()
    assert {
        "mart_region_ip_year",
        "mart_party_portfolio",
        "mart_technology_year",
        "mart_patent_standard",
        "mart_region_economy",
    } <= {name for name, _ in marts}
    for name, rows in marts:
        assert rows > 0, name
        twin = release.folder / "marts" / f"{name}.parquet"
        [(found,)] = duckdb.sql(f"select count(*) from '{twin}'").fetchall()
        assert found == rows


def test_no_gate_measure_of_critical_weight_is_breached(lake_of_samples: Path) -> None:
    with reader.connect() as connection:
        counts = dict(
            connection.execute(
                "select gate, count(*) from meta.gate_result where severity = 'critical'"
                " and is_passed group by gate"
            ).fetchall()
        )
        [(broken,)] = connection.execute(
            "select count(*) from meta.gate_result where severity = 'critical' and not is_passed"
        ).fetchall()
    assert counts["staging"] > 100
    assert counts["publish"] > 10
    assert broken == 0


def test_a_second_refresh_stages_nothing_and_publishes_the_same(lake_of_samples: Path) -> None:
    before = reader.release()
    receipts = {path: path.stat().st_mtime_ns for path in lake.home().rglob("_receipts/*.json")}
    after = refresh.refresh(list(registry.sources()), lambda what: None)
    assert after.name != before.name
    assert len(receipts) >= 14
    assert receipts == {path: path.stat().st_mtime_ns for path in receipts}
    assert after.facts["content_sha256"] == before.facts["content_sha256"]
    assert after.facts["row_counts"] == before.facts["row_counts"]


def test_a_breached_floor_refuses_with_exit_code_1(lake_of_samples: Path) -> None:
    before = reader.release().name
    # The live floors are the offices' own sizes: the samples are far below them.
    done = subprocess.run(
        [str(Path(sys.executable).parent / "iplake"), "gate", "literature/pubmed"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"IPLAKE_HOME": str(lake_of_samples), "IPLAKE_PROFILE": "live"},
    )
    assert done.returncode == GateFailed.exit_code == 1
    assert "articles.row_count is" in done.stderr
    with pytest.raises(GateFailed, match="staged data of these sources was refused"):
        refresh.build()
    assert reader.release().name == before
    refresh.gate_staging("literature/pubmed")


def test_queries_answer_in_every_format(lake_of_samples: Path) -> None:
    sql = "select source, record_count from meta.source_status order by source limit 2"
    as_json = json.loads(iplake(lake_of_samples, "query", sql, "--format", "json").stdout)
    assert [row["source"] for row in as_json] == sorted(registry.sources())[:2]
    as_csv = iplake(lake_of_samples, "query", sql, "--format", "csv").stdout.splitlines()
    assert as_csv[0] == "source,record_count"
    assert len(as_csv) == 3
    assert "record_count" in iplake(lake_of_samples, "query", sql).stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["query", "select nothing"], 2, "the query failed"),
        (["query", "select 1", "--release", "1999-01-01.1"], 2, "no such release"),
        (["stage", "patents/nowhere"], 2, "no such source"),
        (["stage", "patents/cnipa_gazette", "--file", "x"], 2, "go together"),
        (["land", "patents/nowhere"], 2, "no such source"),
    ],
)
def test_wrong_use_is_named_with_exit_code_2(
    lake_of_samples: Path, arguments: list[str], code: int, said: str
) -> None:
    done = iplake(lake_of_samples, *arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_another_run_holds_the_lake_with_exit_code_4(lake_of_samples: Path) -> None:
    with lake.locked("build"):
        done = iplake(lake_of_samples, "build")
    assert done.returncode == 4
    assert "another run is at work" in done.stderr


@pytest.mark.parametrize(
    "command",
    ["sources", "status", "releases list"],
)
def test_tables_come_as_json_too(lake_of_samples: Path, command: str) -> None:
    done = iplake(lake_of_samples, *command.split(), "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)

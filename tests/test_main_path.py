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
from iplake.errors import ConfigError, GateFailed
from iplake.settings import settings
from tests.conftest import use_samples
from warehouse import meta, reader, refresh
from warehouse.party_holdings import DOMAINS


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


CONFORMED = {
    "party_id": ("party_alias", "party_id"),
    "right_id": ("dim_right", "right_id"),
    "region_id": ("dim_region", "region_id"),
    "work_id": ("dim_work", "work_id"),
    "article_id": ("dim_work", "work_id"),
    "standard_designator": ("dim_standard", "designator"),
    "specification_designator": ("dim_standard", "designator"),
}
"""Keys that tables of several domains share, as columns are named or end, and where they stand."""
WIDER = {("xref_patent__work", "work_id")}
"""Columns that also name what is in no dimension: cited works of any kind have an id."""


def key_columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str, str]]:
    """Return schema, table and column of every conformed key, and table and column of its home."""
    columns = connection.execute(
        "select schema_name, table_name, column_name from duckdb_columns()"
        " where schema_name in ('core', 'marts') order by all"
    ).fetchall()
    return [
        (schema, table, column, *home)
        for schema, table, column in columns
        for key, home in CONFORMED.items()
        if (column == key or column.endswith(f"_{key}")) and (table, column) not in {home, *WIDER}
    ]


def test_every_mart_joins_on_conformed_keys_and_no_key_is_an_orphan(
    lake_of_samples: Path,
) -> None:
    nodes = json.loads(lake.build_manifest().read_text("utf-8"))["nodes"].values()
    tested = {
        (node["attached_node"].rpartition(".")[2], node["column_name"])
        for node in nodes
        if (node.get("test_metadata") or {}).get("name") == "relationships"
    }
    with duckdb.connect(lake.build_database(), read_only=True) as connection:
        keys = key_columns(connection)
        marts = {table for schema, table, *_ in keys if schema == "marts"}
        assert len(keys) >= 30
        assert len(marts) >= 5
        untested = [key[:3] for key in keys if key[0] == "marts" and key[1:3] not in tested]
        assert untested == []
        filled = 0
        for schema, table, column, home, its_key in keys:
            [(rows, orphans)] = connection.execute(
                f"""
                select count("{column}"), count(*) filter (
                    where "{column}" not in (select {its_key} from core.{home}
                        where {its_key} is not null)
                )
                from {schema}.{table}
                """
            ).fetchall()
            filled += rows
            assert orphans == 0, f"{schema}.{table}.{column}"
        assert filled > 10_000


def card(home: Path, asked: str) -> dict[str, object]:
    done = iplake(home, "party", asked, "--json")
    assert done.returncode == 0, done.stderr
    [found] = json.loads(done.stdout)
    return dict(found)


@pytest.mark.parametrize(
    ("asked", "party_name", "match"),
    [
        ("华为", "华为技术有限公司", "whole words of the name"),
        ("華為技術", "华为技术有限公司", "name but for script, case, signs or legal form"),
        ("Huawei Technologies", "华为技术有限公司", "whole words of the name"),
        ("huawei jishu", "华为技术有限公司", "whole words of the name"),
        ("huawei jishu youxian gongsi", "华为技术有限公司", "whole words of the name"),
        ("zhongshan daxue", "中山大学", "pinyin of the name"),
        ("Sun Yat-sen University", "中山大学", "exact name"),
        ("https://ror.org/0064KTY71", "中山大学", "number"),
        ("ROR:0064kty71", "中山大学", "id"),
        ("grid.12981.33", "中山大学", "number"),
        ("0000 0001 2360 039X", "中山大学", "number"),
        ("5299 002E 7F36 O00M YY75", "Realtek Semiconductor Corp.", "number"),
    ],
)
def test_a_party_is_found_by_name_pinyin_or_number(
    lake_of_samples: Path, asked: str, party_name: str, match: str
) -> None:
    found = card(lake_of_samples, asked)
    assert (found["party_name"], found["match"]) == (party_name, match)


def test_a_party_is_shown_with_evidence_relations_and_six_domains(lake_of_samples: Path) -> None:
    found = card(lake_of_samples, "中山大学")
    holdings = found["holdings"]
    assert isinstance(holdings, list)
    assert {row["domain"] for row in holdings} == set(DOMAINS)
    counts = {row["measure"]: row["value"] for row in holdings}
    assert counts["patent_count"] > 0
    assert counts["trademark_count"] == 0
    assert counts["industry_count"] > 0
    assert counts["region_figure_count"] > 0
    aliases = found["aliases"]
    assert isinstance(aliases, list)
    assert len(aliases) >= 3
    assert {row["proved_by"] for row in aliases} == {"ROR:0064kty71"}
    assert all(row["method"] and row["version"] for row in aliases)
    relations = found["relations"]
    assert isinstance(relations, list)
    children = [row for row in relations if row["relation"] == "child"]
    assert len(children) >= 3
    # A child is a party of its own, with its own id.
    assert found["party_id"] not in {row["related_party_id"] for row in children}
    latest = found["latest"]
    assert isinstance(latest, list)
    assert 2 <= len({row["domain"] for row in latest}) <= len(DOMAINS)
    listed = iplake(lake_of_samples, "party", "中山大学", "--domain", "patents", "--json")
    assert len(json.loads(listed.stdout)) == counts["patent_count"]


def test_letters_within_a_word_are_no_match_where_a_word_is(lake_of_samples: Path) -> None:
    found = card(lake_of_samples, "OPPO")
    others = found["others"]
    assert isinstance(others, list)
    names = [found["party_name"], *(each["party_name"] for each in others)]
    assert not [name for name in names if "OPPORTUNIT" in str(name).upper()]
    nobody = iplake(lake_of_samples, "party", "Qwzx Holdings of Nowhere")
    assert nobody.returncode == ConfigError.exit_code == 2
    assert "no party of this release has that name or number" in nobody.stderr

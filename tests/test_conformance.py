"""What every source gets for free: the same address everywhere, and examples that hold."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

from iplake import registry
from iplake.declaration import META_COLUMNS
from tests.conftest import ROOT
from transforms.schema import polars_schema
from warehouse import refresh

EXAMPLES = ROOT / "tests" / "examples"
ADDRESSES = list(registry.sources())
CASES = sorted(
    path.parent.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.rglob("expect.json")
)


def mirror_script(address: str) -> ModuleType:
    return importlib.import_module(f"scripts.mirrors.{address.replace('/', '.')}")


def test_there_are_sources_of_every_domain() -> None:
    domains = {address.partition("/")[0] for address in ADDRESSES}
    assert domains == {
        "patents",
        "trademarks",
        "copyrights",
        "standards",
        "literature",
        "economy",
        "reference",
    }


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_address_is_the_same_in_every_layer(address: str) -> None:
    domain, _, name = address.partition("/")
    expected = [
        f"iplake/catalog/{address}.yml",
        f"ingest/{address}.py",
        f"transforms/{address}.py",
        f"scripts/mirrors/{address}.py",
        f"dbt_project/models/staging/{domain}/_{name}__sources.yml",
        f"docs/dictionary/{address}.md",
        f"tests/ingest/{domain}/test_{name}.py",
        # A source of which there are real files has its counts proven on them.
        *([f"tests/real/test_{name}.py"] if hasattr(mirror_script(address), "real") else []),
        *(
            f"dbt_project/models/staging/{domain}/stg_{name}__{table}.sql"
            for table in registry.get(address).tables
        ),
    ]
    assert [path for path in expected if not (ROOT / path).is_file()] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_there_is_a_transform_for_each_table(address: str) -> None:
    source = registry.get(address)
    assert sorted(refresh.cleaners(source)) == sorted(source.tables)


@pytest.mark.parametrize("address", ADDRESSES)
def test_there_is_an_example(address: str) -> None:
    assert [case for case in CASES if case.startswith(f"{address}/")]


@pytest.mark.parametrize("case", CASES)
def test_an_example_stages_as_expected(case: str, tmp_path: Path) -> None:
    address = "/".join(case.split("/")[:2])
    source = registry.get(address)
    inputs = sorted((EXAMPLES / case).glob("input*"))
    expected = json.loads((EXAMPLES / case / "expect.json").read_text(encoding="utf-8"))
    assert inputs
    assert expected
    refresh.stage_files(address, inputs, tmp_path, jobs=1)
    for table, rows in expected.items():
        found = pl.read_parquet(tmp_path / f"{table}.parquet")
        assert found.height == len(rows), f"{table}: {found.rows()}"
        for row, wanted in zip(found.iter_rows(named=True), rows, strict=True):
            shown = {name: _plain(row[name]) for name in wanted}
            assert shown == wanted
    for table, declared in source.tables.items():
        schema = pl.read_parquet_schema(tmp_path / f"{table}.parquet")
        assert schema == polars_schema(declared)
        assert list(schema)[-len(META_COLUMNS) :] == list(META_COLUMNS)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)

"""GB/T 2260 whole: every division and change of the real files, and what follows from them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

LIST = "quhua_divisions_v1.json"
CHANGES = "quhua_historical_changes_v1.json"


def folder(real: Path) -> Path:
    """Return where the real files lie."""
    return real / "reference" / "china_gbt2260"


def test_every_named_division_is_staged(real: Path, tmp_path: Path) -> None:
    # Counted in the text itself: each named division is a line with a code of twelve digits.
    text = (folder(real) / LIST).read_text(encoding="utf-8")
    provinces = text[text.index('"provinces"') :]
    assert provinces.count('000000"') == 3214
    counts = refresh.stage_files("reference/gbt2260", [folder(real) / LIST], tmp_path, jobs=1)
    assert counts["divisions"] == Count(records=3214, staged=3214, quarantined=0)
    rows = pl.read_parquet(tmp_path / "divisions.parquet")
    levels = dict(rows["level"].value_counts().iter_rows())
    assert levels == {"province": 34, "prefecture": 333, "county": 2847}
    assert rows["division_code"].n_unique() == 3214


def test_every_change_is_staged_with_its_kind(real: Path, tmp_path: Path) -> None:
    told = json.loads((folder(real) / CHANGES).read_text(encoding="utf-8"))
    counts = refresh.stage_files("reference/gbt2260", [folder(real) / CHANGES], tmp_path, jobs=1)
    assert counts["division_changes"] == Count(records=5276, staged=5276, quarantined=0)
    changes = pl.read_parquet(tmp_path / "division_changes.parquet")
    kinds = dict(changes["change_type_raw"].value_counts().iter_rows())
    assert kinds == Counter(event["type"] for event in told["events"])
    assert kinds["同名改码"] == 2221
    assert counts["divisions"] == Count(records=7085, staged=7085, quarantined=0)


def test_a_code_has_one_name_on_a_day(real: Path, tmp_path: Path) -> None:
    refresh.stage_files("reference/gbt2260", [folder(real) / CHANGES], tmp_path, jobs=1)
    rows = pl.read_parquet(tmp_path / "divisions.parquet").with_columns(
        start=pl.col("valid_from").fill_null(pl.date(1949, 1, 1)),
        end=pl.col("valid_to").fill_null(pl.date(9999, 1, 1)),
    )
    assert rows.filter(pl.col("end") < pl.col("start")).height == 0
    ordered = rows.sort("division_code", "start").with_columns(
        next_start=pl.col("start").shift(-1).over("division_code")
    )
    assert ordered.filter(pl.col("next_start") <= pl.col("end")).height == 0


def test_what_still_holds_is_in_the_list(real: Path, tmp_path: Path) -> None:
    files = [folder(real) / LIST, folder(real) / CHANGES]
    refresh.stage_files("reference/gbt2260", files, tmp_path, jobs=1)
    rows = pl.read_parquet(tmp_path / "divisions.parquet")
    listed = rows.filter(basis="edition")
    holding = rows.filter((pl.col("basis") == "changes") & pl.col("valid_to").is_null())
    assert holding.height == 2591
    # Changes of 2021 and later are not all among the changes.
    missing = holding.join(listed, on=["division_code", "division_name"], how="anti")
    assert sorted(missing["division_name"]) == sorted(
        ["临平区", "三元区", "长泰县", "吉利区", "孟津县", "祁阳县", "黔西县"]
    )

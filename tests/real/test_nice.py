"""The Nice classification: both real files, against counts made apart from us."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "reference/nice"


def test_every_class_and_term_is_staged(real: Path, tmp_path: Path) -> None:
    folder = real / "trademark" / "nice_classification"
    paths = [folder / "nice_ncl10-2015.json", folder / "nice_ncl13-2026_uspto_classes.json"]
    old, new = (json.loads(path.read_bytes()) for path in paths)
    assert (len(old["classes"]), len(old["goods"]), len(old["services"])) == (45, 8138, 977)
    listed = sum(len(each["includes"]) + len(each["excludes"]) for each in new)
    assert (len(new), listed) == (45, 650)
    counts = refresh.stage_files(ADDRESS, paths, tmp_path, jobs=1)
    assert counts == {
        "classes": Count(90, 90, 0),
        "class_terms": Count(8138 + 977 + 650, 8138 + 977 + 650, 0),
    }
    classes = pl.read_parquet(tmp_path / "classes.parquet").sort("edition", "class_number")
    # Text in one file, numbers in the other; five classes of services call themselves goods.
    assert {type(each["number"]) for each in old["classes"] + new} == {str, int}
    wrong = classes.filter(pl.col("class_kind") != pl.col("class_kind_raw"))
    assert wrong["class_number"].to_list() == [36, 38, 40, 42, 44]
    headings = classes.pivot(on="edition", index="class_number", values="heading")
    differing = set(headings.filter(pl.col("10") != pl.col("13"))["class_number"])
    assert {1, 5, 9, 21, 29, 31, 32} <= differing
    terms = pl.read_parquet(tmp_path / "class_terms.parquet")
    assert terms["term_kind"].value_counts().sort("count").rows() == [
        ("excludes", 315),
        ("includes", 335),
        ("entry", 9115),
    ]
    assert terms["other_class_numbers"].drop_nulls().str.split("|").list.len().sum() == sum(
        term.count("(Cl. ") for each in new for term in each["includes"] + each["excludes"]
    )

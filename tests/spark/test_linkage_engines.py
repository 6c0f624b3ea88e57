"""Splink gives the same pairs, levels and scores on Spark as on DuckDB."""

from __future__ import annotations

import subprocess
from pathlib import Path

import polars as pl
import pytest

from benchmarks.linkage.planted import make_mentions, make_things
from tests.conftest import ROOT
from tests.spark.test_two_engines import PYTHON
from transforms.linkage import parties, scoring
from transforms.linkage.co_occurrence import names_together
from transforms.linkage.words import known_names

SCRIPT = ROOT / "tests" / "spark" / "score_on_spark.py"


@pytest.mark.spark
def test_names_score_the_same_on_both_engines(tmp_path: Path) -> None:
    mentions, registry = make_mentions(3000, 3)
    official = pl.concat([parties.known_rows(), parties.read_rows(registry)])
    rows = pl.concat([parties.read_rows(mentions), official], how="diagonal_relaxed")
    together = names_together(make_things(mentions, 3))
    vocabulary = parties.teach([*known_names(), *parties.translations(official)], together)
    records, members = parties.make_records(rows, vocabulary)
    records, keys = parties.compare(rows, records, members, together)
    here = scoring.score(records, keys, scoring.model(), 0.01, keep_levels=True)
    records.write_parquet(tmp_path / "records.parquet")
    keys.write_parquet(tmp_path / "keys.parquet")
    done = subprocess.run(
        [PYTHON, SCRIPT, tmp_path], capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr[-3000:]
    there = pl.read_parquet(tmp_path / "spark.parquet")
    assert here.height > 2000
    assert there.drop("score").equals(here.drop("score"))
    assert (there["score"] - here["score"]).abs().max() == pytest.approx(0, abs=1e-12)

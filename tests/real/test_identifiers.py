"""Grammars of identifiers on the offices' real files: how many are read, how many flagged."""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json

import pytest

from benchmarks.linkage import designators
from iplake.identifiers.organisations import lei_identifier
from iplake.identifiers.regions import subdivision_identifier
from tests.conftest import REAL

pytestmark = pytest.mark.real


def test_three_of_30000_published_leis_fail_their_check_digits() -> None:
    path = REAL / "reference/gleif/gleif_world_sample_30000.csv.gz"
    with gzip.open(path) as packed:
        leis = [row["LEI"] for row in csv.DictReader(io.TextIOWrapper(packed, "utf-8"))]
    assert len(leis) == 30_000
    found = [lei_identifier(each) for each in leis]
    assert all(found)
    assert [each.canonical for each in found if each and not each.is_valid] == [
        "39120001GBUWIUYPA441",
        "39120001MKQBYG8CJY58",
        "558600V3J4M5TUY9HR60",
    ]


def test_every_subdivision_of_iso_3166_is_read_and_chinas_match_gbt_2260() -> None:
    path = REAL / "reference/iso3166/iso3166-2.json"
    codes = [row["code"] for row in json.loads(path.read_text(encoding="utf-8"))["3166-2"]]
    assert len(codes) == 5046
    assert [code for code in codes if subdivision_identifier(code) is None] == []
    chinese = [subdivision_identifier(code) for code in codes if code.startswith("CN-")]
    divisions = {each.parts["gbt2260"] for each in chinese if each}
    assert len(divisions) == len(chinese) == 34


@pytest.mark.slow
def test_designators_of_more_than_fifteen_bodies_are_read_exactly() -> None:
    options = argparse.Namespace(real=REAL, half="test", wrong=False)
    figures = designators.measure(options)
    every, *bodies = [each for each in figures if each.measure == "exact_share"]
    assert every.item_count > 4000
    assert len({each.data.split(",")[0] for each in bodies}) >= 15
    assert every.value >= 0.995
    assert all(each.value >= 0.95 for each in bodies)

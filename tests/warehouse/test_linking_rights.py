"""Links of rights: what the sample sources give to each, and nothing when nothing is staged."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from iplake import lake
from tests.conftest import land_and_stage
from warehouse import linking_rights, refresh

LINKS = ["mark_families", "patent_families", "patent_works", "sep_chain"]
SOURCES = [
    "patents/cnipa_gazette",
    "patents/uspto_grants",
    "patents/uspto_applications",
    "patents/uspto_file_wrapper",
    "patents/epo_fulltext",
    "literature/pubmed",
    "literature/crossref",
    "literature/openalex",
    "literature/arxiv",
    "trademarks/euipo_trademarks",
    "trademarks/uspto_trademarks",
    "standards/etsi_isld",
]


def rows(name: str) -> pl.DataFrame:
    return pl.read_parquet(lake.xref() / f"{name}.parquet")


@pytest.mark.slow
def test_the_samples_are_linked_and_their_models_hold(lake_home: Path) -> None:
    for address in SOURCES:
        land_and_stage(address)
    refresh.build()
    for name in LINKS:
        print(name, rows(name).height)
        print(rows(name).head(5))
        print(rows(name)["method"].value_counts())
    assert 0

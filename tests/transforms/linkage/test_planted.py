"""Planted families of patents and marks are found again, all of them and nothing else."""

from __future__ import annotations

import polars as pl

from benchmarks.linkage import families as patent_families
from benchmarks.linkage import marks as trademark_families
from transforms.linkage.families import extended_families, simple_families
from transforms.linkage.marks import mark_families


def test_planted_patent_families_are_found() -> None:
    applications, links, truth = patent_families.planted(3_000, seed=11)
    assert len(truth) > 2_000
    no_dates = pl.LazyFrame(schema={"application_id": pl.String, "filing_date": pl.Date})
    simple = simple_families(applications.lazy(), links.lazy())
    extended = extended_families(applications.lazy(), links.lazy(), no_dates)
    for families, column, part in (
        (simple, "simple_family_id", 0),
        (extended, "extended_family_id", 1),
    ):
        found, true, right = patent_families.right_pairs(families, column, truth, part)
        assert found == true == right > 3_000


def test_planted_trademark_families_are_found() -> None:
    frames, truth = trademark_families.planted(3_000, seed=11)
    families = mark_families(*(frame.lazy() for frame in frames))
    told = pl.DataFrame({"mark_id": list(truth), "truth": list(truth.values())})
    both = families.join(told, on="mark_id", validate="1:1")
    assert both.height == len(truth)
    groups = both.group_by("mark_family_id").agg(pl.col("truth").n_unique())
    assert groups["truth"].max() == 1
    assert groups.height == both["truth"].n_unique() > 1_000

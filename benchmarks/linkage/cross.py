"""Quality on assignees by cross-validation within the tune part.

The organisations of the tune part are cut in two by a hash. Weights are learnt from each half,
and judged on pairs with a mention of the other one: what the word lists gain is still in it, but
not what the weights remember.
"""

from __future__ import annotations

import hashlib

import polars as pl

from benchmarks.linkage import gold
from benchmarks.linkage.measure import LABELS, spellings
from benchmarks.linkage.metrics import Quality, quality
from benchmarks.linkage.train import compare_others, train
from transforms.linkage.parties import link_parties
from transforms.linkage.scoring import read_model


def half_of(truth: str) -> int:
    """Return the half of the tune part that a true organisation is in.

    >>> half_of("e45"), half_of("e65")
    (0, 1)
    """
    return hashlib.sha256(truth.encode()).digest()[1] % 2


def cross_validated() -> dict[str, Quality]:
    """Return the quality over mentions and spellings, each half judged by the other's weights."""
    tune = gold.assignees().filter(pl.col("part") == "tune")
    halves = {each: half_of(each) for each in tune["truth"].unique()}
    tune = tune.with_columns(half=pl.col("truth").replace_strict(halves))
    others = compare_others()
    judged: list[pl.DataFrame] = []
    for half in (0, 1):
        learnt = read_model(train(tune.filter(pl.col("half") != half), others))
        linked = link_parties(tune.drop(*LABELS, "half", strict=False), learnt=learnt)
        judged.append(
            tune.join(linked, on="mention_id").with_columns(
                judged=pl.col("half") == half,
                truth=pl.format("{} {}", pl.lit(half), "truth"),
                party_id=pl.format("{} {}", pl.lit(half), "party_id"),
            )
        )
    linked = pl.concat(judged)
    return {"mentions": quality(linked), "spellings": quality(spellings(linked))}

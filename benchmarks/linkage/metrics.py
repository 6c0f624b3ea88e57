"""Precision and recall of groups against true groups, with intervals that small samples earn.

Pairs are not independent: all pairs of a large organisation succeed or fail together. So the
unit of sampling is the true group, and intervals come from a Bayesian bootstrap over groups, with
one more group of average size of which half is wrong, at half weight: a sample without a single
error does not get an interval of width zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

REPLICATES = 4000
MOST_CELLS = 20_000_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share and its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Quality:
    """How good groups are: over pairs, and where each true group counts once.

    `exact` of the `groups` are exactly one of the `parties` that were made.
    """

    items: int
    groups: int
    pairs: int
    precision: Estimate
    recall: Estimate
    f1: Estimate
    group_precision: Estimate
    group_recall: Estimate
    group_f1: Estimate
    parties: int
    exact: int


def quality(items: pl.DataFrame) -> Quality:
    """Return the quality of `party_id` against `truth`, one row per item.

    With a column `judged`, only pairs with at least one judged item count, and only the groups
    of judged items: the others are there to be confused with.
    """
    judged = items if "judged" in items.columns else items.with_columns(judged=True)
    cells = judged.group_by("truth", "party_id", "judged").len("n")
    by_truth = (
        cells.with_columns(
            truth_size=pl.col("n").sum().over("truth"),
            party_size=pl.col("n").sum().over("party_id"),
            cell=pl.col("n").sum().over("truth", "party_id"),
        )
        .filter("judged")
        .group_by("truth")
        .agg(
            (pl.col("n") * (pl.col("cell") - 1)).sum().alias("right"),
            (pl.col("n") * (pl.col("party_size") - 1)).sum().alias("said"),
            (pl.col("n") * (pl.col("truth_size") - 1)).sum().alias("true"),
            pl.col("n").sum().alias("size"),
            ((pl.col("cell") == pl.col("truth_size")) & (pl.col("cell") == pl.col("party_size")))
            .all()
            .alias("exact"),
        )
        .sort("truth")
    )
    # Pairs within a group are counted from both ends, wrong ones from one end for each group.
    right, said, true, size = (
        by_truth[each].to_numpy().astype(float) for each in ("right", "said", "true", "size")
    )
    replicates = max(400, min(REPLICATES, MOST_CELLS // (len(right) + 1)))
    draws = np.random.default_rng(2026).dirichlet([*np.ones(len(right)), 0.5], replicates)
    precision = _ratio(right, said, draws)
    recall = _ratio(right, true, draws)
    ones = np.ones_like(right)
    # Each group counts once: the mean share of an item's party that is right, and of its truth.
    own_precision = np.where(said > 0, right / np.maximum(said, 1), 1.0)
    own_recall = np.where(true > 0, right / np.maximum(true, 1), 1.0)
    group_precision = _ratio(own_precision, ones, draws)
    group_recall = _ratio(own_recall, ones, draws)
    return Quality(
        items=int(size.sum()),
        groups=len(size),
        pairs=int(true.sum() / 2),
        precision=_estimate(precision),
        recall=_estimate(recall),
        f1=_estimate(_harmonic(precision, recall)),
        group_precision=_estimate(group_precision),
        group_recall=_estimate(group_recall),
        group_f1=_estimate(_harmonic(group_precision, group_recall)),
        parties=judged.filter("judged")["party_id"].n_unique(),
        exact=int(by_truth["exact"].sum()),
    )


Floats = npt.NDArray[np.float64]


def _ratio(part: Floats, whole: Floats, draws: Floats) -> Floats:
    """Return the share in the sample, followed by the shares in the replicates."""
    value = part.sum() / whole.sum() if whole.sum() else 1.0
    average = whole.mean()
    above = draws @ np.append(part, average / 2)
    below = draws @ np.append(whole, average)
    return np.append(value, above / np.where(below > 0, below, 1))


def _harmonic(precision: Floats, recall: Floats) -> Floats:
    return 2 * precision * recall / np.maximum(precision + recall, 1e-12)


def _estimate(values: Floats) -> Estimate:
    low, high = np.quantile(values[1:], [0.025, 0.975])
    value = float(values[0])
    return Estimate(value, min(float(low), value), max(float(high), value))


def calibration(links: pl.DataFrame) -> Estimate:
    """Return the expected calibration error of `score` against `is_match`, in ten classes.

    Links of one `cluster` err together: the interval is that of draws over clusters.
    """
    score_class = (pl.col("score") * 10).ceil().clip(1, 10).cast(pl.Int64) - 1
    cells = links.group_by("cluster", score_class.alias("class")).agg(
        pl.len(), pl.col("score").sum().alias("said"), pl.col("is_match").sum().alias("found")
    )
    clusters = cells["cluster"].unique().sort()
    at = cells["cluster"].replace_strict(clusters, range(len(clusters))).to_numpy()
    sums = np.zeros((3, len(clusters), 10))
    for number, column in enumerate(("len", "said", "found")):
        sums[number, at, cells["class"].to_numpy()] = cells[column].to_numpy()
    replicates = max(400, min(REPLICATES, MOST_CELLS // (len(clusters) + 1)))
    draws = np.random.default_rng(2026).dirichlet(np.ones(len(clusters)), replicates)
    drawn = np.vstack([np.full((1, len(clusters)), 1 / len(clusters)), draws])
    counts, said, found = (drawn @ each for each in sums)
    return _estimate(np.abs(said - found).sum(axis=1) / counts.sum(axis=1))

"""Measures the party matcher: on public labelled names, and on planted mentions."""

from __future__ import annotations

import polars as pl

from benchmarks.linkage import gold
from benchmarks.linkage.metrics import Quality, quality
from benchmarks.linkage.planted import make_mentions
from transforms.linkage.parties import link_parties

TEST_SEED = 4242
"""Of planted mentions to measure on; those to learn from have another."""


def with_parties(mentions: pl.DataFrame, registry: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return mentions with the party that the matcher gives each."""
    linked = link_parties(mentions.drop("truth", "part", "script", "kind", strict=False), registry)
    return mentions.join(linked, on="mention_id")


def spellings(linked: pl.DataFrame) -> pl.DataFrame:
    """Return one row per distinct spelling of a true group."""
    return linked.unique(["truth", "name"], keep="first", maintain_order=True)


def judged(linked: pl.DataFrame, part: str) -> pl.DataFrame:
    """Return mentions with what counts: those of one part; the others are there to be confused with."""
    return linked.with_columns(judged=pl.col("part") == part)


def of_gold(mentions: pl.DataFrame, part: str) -> dict[str, Quality]:
    """Return the quality over pairs of mentions and over pairs of distinct spellings."""
    linked = judged(with_parties(mentions), part)
    return {"mentions": quality(linked), "spellings": quality(spellings(linked))}


def of_pairs(part: str) -> tuple[int, int, int, int]:
    """Return true and false positives, false and true negatives on the company pairs."""
    pairs = gold.company_pairs().filter(pl.col("part") == part)
    names = pl.concat([pairs["left"], pairs["right"]]).unique().sort()
    linked = link_parties(pl.DataFrame({"mention_id": names, "name": names}))
    parties = dict(linked.select("mention_id", "party_id").iter_rows())
    counts = [0, 0, 0, 0]
    for left, right, is_match in pairs.select("left", "right", "is_match").iter_rows():
        said = parties[left] == parties[right]
        counts[(0 if is_match else 1) if said else (2 if is_match else 3)] += 1
    return counts[0], counts[1], counts[2], counts[3]


def of_planted(count: int, seed: int) -> dict[str, Quality]:
    """Return the quality on planted mentions: all, and those of organisations in two scripts."""
    mentions, registry = make_mentions(count, seed)
    linked = with_parties(mentions, registry)
    scripts = linked.group_by("truth").agg(pl.col("script").n_unique().alias("scripts"))
    both = linked.join(scripts, on="truth").with_columns(judged=pl.col("scripts") > 1)
    return {"all": quality(linked), "two scripts": quality(both)}

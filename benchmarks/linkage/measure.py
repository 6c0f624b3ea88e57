"""Measures the party matcher: on public labelled names, and on planted mentions."""

from __future__ import annotations

import polars as pl

from benchmarks.linkage import gold
from benchmarks.linkage.metrics import Estimate, Quality, calibration, quality
from benchmarks.linkage.planted import make_mentions, make_things
from transforms.linkage import scoring
from transforms.linkage.co_occurrence import TOGETHER, names_together
from transforms.linkage.names import learn, read_name
from transforms.linkage.parties import (
    LEAST_SCORE,
    compare,
    known_rows,
    link_parties,
    make_records,
    read_rows,
    translations,
)
from transforms.linkage.words import known_names, legal_forms

TEST_SEED = 4242
"""Of planted mentions to measure on; those to learn from have another."""
LABELS = ("truth", "part", "script", "kind")


def with_parties(
    mentions: pl.DataFrame,
    registry: pl.DataFrame | None = None,
    together: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Return mentions with the party that the matcher gives each."""
    linked = link_parties(mentions.drop(LABELS, strict=False), registry, together)
    return mentions.join(linked, on="mention_id")


def spellings(linked: pl.DataFrame) -> pl.DataFrame:
    """Return one row per distinct spelling of a true group."""
    return linked.unique(["truth", "name"], keep="first", maintain_order=True)


def of_gold(mentions: pl.DataFrame, part: str) -> dict[str, Quality]:
    """Return the quality over pairs of mentions and over pairs of distinct spellings.

    Both parts are linked together, and pairs with a mention of `part` count.
    """
    linked = with_parties(mentions).with_columns(judged=pl.col("part") == part)
    return {"mentions": quality(linked), "spellings": quality(spellings(linked))}


def without_largest_loss(mentions: pl.DataFrame, part: str) -> Quality:
    """Return the quality over spellings without the organisation that most misses are of."""
    linked = spellings(with_parties(mentions))
    sizes = linked.filter(pl.col("part") == part).group_by("truth", "party_id").len("n")
    pairs = pl.col("n") * (pl.col("n") - 1) // 2
    by_truth = (
        sizes.with_columns(found=pairs)
        .group_by("truth")
        .agg(pl.col("n").sum(), pl.col("found").sum())
        .sort(pairs - pl.col("found"), "truth", descending=[True, False])
    )
    worst = by_truth["truth"][0]
    is_judged = (pl.col("part") == part) & (pl.col("truth") != worst)
    return quality(linked.with_columns(judged=is_judged))


def of_simpler_ways(part: str) -> dict[str, dict[str, Quality]]:
    """Return the quality on assignees of two ways without scores: what the scores are worth."""
    mentions = gold.assignees()
    names = mentions["name"].unique().sort()
    ways = {
        "legal forms and signs taken off": [_stripped(each) for each in names],
        "same canonical words": [read_name(each).words or each for each in names],
    }
    found: dict[str, dict[str, Quality]] = {}
    for way, keys in ways.items():
        table = pl.DataFrame({"name": names, "party_id": keys})
        linked = mentions.join(table, on="name").with_columns(judged=pl.col("part") == part)
        found[way] = {"mentions": quality(linked), "spellings": quality(spellings(linked))}
    return found


def _stripped(name: str) -> str:
    words = "".join(each if each.isalnum() else " " for each in name.casefold()).split()
    while len(words) > 1 and any(tuple(words[-n:]) in legal_forms().ends for n in (1, 2, 3)):
        words.pop()
    return " ".join(words)


def of_pairs(part: str) -> tuple[int, int, int, int]:
    """Return true and false positives, false and true negatives on the company pairs."""
    pairs = gold.company_pairs().filter(pl.col("part") == part)
    names = pl.concat([pairs["left"], pairs["right"]]).unique().sort()
    linked = link_parties(pl.DataFrame({"mention_id": names, "name": names}))
    parties = dict(linked.select("mention_id", "party_id").iter_rows())
    counts = {(said, is_match): 0 for said in (True, False) for is_match in (True, False)}
    for left, right, is_match in pairs.select("left", "right", "is_match").iter_rows():
        counts[parties[left] == parties[right], is_match] += 1
    return counts[True, True], counts[True, False], counts[False, True], counts[False, False]


def of_registered() -> tuple[int, int, int]:
    """Return the number of names of distinct entities, of wrong pairs, and the largest party."""
    linked = with_parties(gold.registered_names())
    sizes = linked["party_id"].value_counts()["count"]
    return linked.height, int((sizes * (sizes - 1) // 2).sum()), max(sizes.to_list())


def of_planted(count: int, seed: int) -> dict[str, Quality]:
    """Return the quality on planted mentions: all, and those of organisations in two scripts."""
    mentions, registry = make_mentions(count, seed)
    together = names_together(make_things(mentions, seed))
    found = planted_quality(with_parties(mentions, registry))
    beside = planted_quality(with_parties(mentions, registry, together))
    return found | {f"{each}, with families": beside[each] for each in beside}


def planted_quality(linked: pl.DataFrame) -> dict[str, Quality]:
    """Return the quality of all, and of the mentions of organisations that have two scripts."""
    both = linked.with_columns(judged=pl.col("script").n_unique().over("truth") > 1)
    return {"all": quality(linked), "two scripts": quality(both)}


def calibration_of(
    mentions: pl.DataFrame, registry: pl.DataFrame | None, part: str = "test"
) -> tuple[Estimate, int]:
    """Return the calibration error over all scored pairs of records, and how many there are.

    Where mentions have a column `part`, only pairs with a record of this part count.
    """
    official = pl.concat([known_rows(), *([] if registry is None else [read_rows(registry)])])
    vocabulary = learn([*known_names(), *translations(official)])
    rows = read_rows(mentions)
    records, members = make_records(rows, vocabulary)
    truth = (
        mentions.select(
            "truth", "part" if "part" in mentions.columns else pl.lit(part).alias("part")
        )
        .with_columns(record_id=members)
        .group_by("record_id")
        .agg(pl.col("truth").mode().sort().first(), pl.col("part").eq(part).any().alias("counts"))
    )
    records, keys = compare(rows, records, members, pl.DataFrame(schema=TOGETHER))
    pairs = scoring.score(records, keys, scoring.model(), LEAST_SCORE)
    for side in ("l", "r"):
        pairs = pairs.join(
            truth.rename({each: f"{each}_{side}" for each in truth.columns}), on=f"record_id_{side}"
        )
    counted = pairs.filter(pl.col("counts_l") | pl.col("counts_r")).select(
        "score", is_match=pl.col("truth_l") == pl.col("truth_r"), cluster="truth_l"
    )
    return calibration(counted), counted.height

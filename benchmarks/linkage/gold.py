"""Public labelled names, split once into tune and test by a hash of the true group's name."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json

import polars as pl

from benchmarks.inputs import REAL


def part_of(truth: str) -> str:
    """Return whether a true group is for tuning or for testing.

    >>> part_of("e45"), part_of("e65")
    ('tune', 'tune')
    """
    return "test" if hashlib.sha256(truth.encode()).digest()[0] % 2 else "tune"


def _split(mentions: pl.DataFrame) -> pl.DataFrame:
    parts = {each: part_of(each) for each in mentions["truth"].unique()}
    return mentions.with_columns(pl.col("truth").replace_strict(parts).alias("part"))


def assignees() -> pl.DataFrame:
    """Return the mentions of US patent assignees (AIR and UMass, through PatentsView)."""
    path = REAL / "reference/er_gold_assignees/air-umass-assignees-benchmark.csv.gz"
    mentions = pl.read_csv(path, infer_schema=False)
    return _split(mentions.rename({"unique_id": "truth", "organization": "name"}))


def affiliations() -> pl.DataFrame:
    """Return the affiliations of IETF authors that mean one named organisation."""
    path = REAL / "reference/er_gold_ietf_affiliations/affiliations_train.json"
    found = json.loads(path.read_text("utf-8"))
    rows = [
        {"mention_id": str(at), "name": name, "truth": meant[0]}
        for at, (name, meant) in enumerate(sorted(found.items()))
        if len(meant) == 1 and meant[0] not in ("Unknown", "Independent")
    ]
    return _split(pl.DataFrame(rows))


def company_pairs() -> pl.DataFrame:
    """Return pairs of Dutch companies' names (ING, from the chambers' register): one or not."""
    path = REAL / "reference/er_gold_kvk_pairs/unittest_sample_namepairs.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = [
            {"left": row["gt_name"], "right": row["name"], "is_match": row["correct"] == "True"}
            for row in csv.DictReader(file)
        ]
    pairs = pl.DataFrame(rows)
    return pairs.with_columns(
        pl.col("left").map_elements(part_of, return_dtype=pl.String).alias("part")
    )


def registered_names() -> pl.DataFrame:
    """Return legal names of distinct legal entities (GLEIF): no two with different LEI are one."""
    folder = REAL / "reference/gleif"
    frames = [
        pl.read_csv(folder / "gleif_world_sample_30000.csv.gz", infer_schema=False),
        pl.read_csv(folder / "gleif_cn_hk_mo_tw_excerpt.csv", infer_schema=False),
    ]
    return (
        pl.concat(frames)
        .filter(pl.col("Entity.EntityCategory") == "GENERAL")
        .select(pl.col("LEI").alias("truth"), pl.col("Entity.LegalName").alias("name"))
        .unique("truth")
        .sort("truth")
        .with_columns(mention_id=pl.col("truth"))
    )

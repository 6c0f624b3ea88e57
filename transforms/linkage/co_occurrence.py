"""Which names stand for one owner where one thing is published at two offices.

An application, family or declaration that names a single owner in Chinese at one office and a
single one in English at another most likely names the same one twice. It need not: rights are
sold, and a daughter files at home what its parent files abroad. So this is evidence to be weighed
(`transforms.linkage.scoring`), and never a verdict.
"""

from __future__ import annotations

import polars as pl

from transforms.linkage.names import is_translation, read_name
from transforms.linkage.party_type import party_type
from transforms.linkage.text import HAN

TOGETHER = {
    "left_name": pl.String,
    "right_name": pl.String,
    "thing_count": pl.Int64,
    "is_exclusive": pl.Boolean,
}
OFTEN = 3
TAUGHT_BY = 2
"""How many things have to give a Chinese name with an English one before they teach a word."""
MOST_RECORDS = 5
"""A name at more sites than that does not say which of its bearers is meant."""
KINDS = ("alone_often", "alone", "often", "once")


def names_together(things: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs of names that two offices give for the only owner of one thing.

    `things` has a row per `thing_id`, `office` and owner's `name`. A thing with two owners at an
    office says nothing there, and only names that speak of an organisation count. `thing_count`
    is how many things give both names; `is_exclusive` says that neither is together with any
    other organisation, spellings aside.

    >>> things = [
    ...     ("f1", "CN", "广州恒达科技有限公司"),
    ...     ("f1", "US", "Hengtek Technology Co., Ltd."),
    ... ]
    >>> names_together(
    ...     pl.DataFrame(things, schema=["thing_id", "office", "name"], orient="row")
    ... ).rows()
    [('Hengtek Technology Co., Ltd.', '广州恒达科技有限公司', 1, True)]
    """
    owners = (
        things.select("thing_id", "office", pl.col("name").cast(pl.String))
        .drop_nulls()
        .unique()
        .filter(pl.len().over("thing_id", "office") == 1)
    )
    pairs = (
        owners.join(owners, on="thing_id", suffix="_other")
        .filter(
            (pl.col("office") != pl.col("office_other")) & (pl.col("name") < pl.col("name_other"))
        )
        .group_by(pl.col("name").alias("left_name"), pl.col("name_other").alias("right_name"))
        .agg(pl.col("thing_id").n_unique().cast(pl.Int64).alias("thing_count"))
    )
    names = pl.concat([pairs["left_name"], pairs["right_name"]]).unique().sort()
    said = pl.DataFrame(
        {
            "name": names,
            "is_organisation": [party_type(each) not in ("person", "unknown") for each in names],
            "words": [read_name(each).words for each in names],
            "is_han": names.str.contains(HAN.pattern),
        },
        schema_overrides={"is_organisation": pl.Boolean, "words": pl.String},
    )
    said = said.filter("is_organisation").drop("is_organisation")
    known = pairs.join(
        said.rename({each: f"left_{each}" for each in said.columns}), on="left_name"
    ).join(said.rename({each: f"right_{each}" for each in said.columns}), on="right_name")
    return (
        known.with_columns(is_exclusive=pl.max_horizontal(_partner_counts(known)) == 1)
        .select(list(TOGETHER))
        .sort("left_name", "right_name")
    )


def _partner_counts(pairs: pl.DataFrame) -> list[pl.Series]:
    """Return how many others of one script the names at the left and at the right are with."""
    ends = [pl.col(f"{side}_{each}") for side in ("left", "right") for each in ("words", "is_han")]
    names = ["words", "is_han", "other_words", "other_is_han"]
    both = pl.concat(
        [
            pairs.select(each.alias(name) for each, name in zip(order, names, strict=True))
            for order in (ends, [*ends[2:], *ends[:2]])
        ]
    )
    counts = both.select(
        pl.col("other_words").n_unique().over("words", "is_han", "other_is_han")
    ).to_series()
    return [counts.head(pairs.height), counts.tail(pairs.height)]


def taught(together: pl.DataFrame) -> list[tuple[str, str]]:
    """Return the pairs of a Chinese and another name that are sure enough to learn words from."""
    sure = together.filter(pl.col("is_exclusive") & (pl.col("thing_count") >= TAUGHT_BY))
    pairs = _in_two_scripts(sure).select("chinese", "other").sort("chinese", "other").rows()
    return [(chinese, other) for chinese, other in pairs if is_translation(chinese, other)]


def partners_of(together: pl.DataFrame, names: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the records that each record is together with, and block keys for such pairs.

    `names` has the `record_id` of each `name`. The first table has a list of records for each of
    `KINDS`, the second a key for each pair. In one script names speak for themselves, and only
    pairs of two scripts count.
    """
    bearers = names.unique().filter(pl.col("record_id").n_unique().over("name") <= MOST_RECORDS)
    ends = (
        _in_two_scripts(together)
        .join(bearers.rename({"name": "chinese", "record_id": "left"}), on="chinese")
        .join(bearers.rename({"name": "other", "record_id": "right"}), on="other")
        .group_by("left", "right")
        .agg(pl.col("thing_count").sum(), pl.col("is_exclusive").all())
        .sort("left", "right")
    )
    is_often = pl.col("thing_count") >= OFTEN
    kind = (
        pl.when("is_exclusive")
        .then(pl.when(is_often).then(pl.lit("alone_often")).otherwise(pl.lit("alone")))
        .otherwise(pl.when(is_often).then(pl.lit("often")).otherwise(pl.lit("once")))
    )
    ends = ends.with_columns(kind=kind, key=pl.struct("left", "right").hash(7))
    both = pl.concat(
        [
            ends.select("kind", "key", record_id="left", partner="right"),
            ends.select("kind", "key", record_id="right", partner="left"),
        ]
    )
    lists = (
        both.group_by("record_id")
        .agg(pl.col("partner").filter(pl.col("kind") == each).sort().alias(each) for each in KINDS)
        .sort("record_id")
    )
    return lists, both.select("record_id", "key").sort("key", "record_id")


def _in_two_scripts(together: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs of which just one name has Chinese characters, as `chinese` and `other`."""
    left, right = (pl.col(each).str.contains(HAN.pattern) for each in ("left_name", "right_name"))
    return together.filter(left != right).with_columns(
        pl.when(left).then("left_name").otherwise("right_name").alias("chinese"),
        pl.when(left).then("right_name").otherwise("left_name").alias("other"),
    )

"""Which names are worth comparing: keys that similar names share, at a cost near linear.

A name has a key for each way in which its spellings differ: its words in any order, its
distinctive part, its initials, its words but one, and bands of a MinHash over pairs of letters for
slips of the keyboard. A key that too many names share says little, and is dropped; only names that
are equal are cut into several blocks instead.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

BANDS, ROWS = 5, 3
LARGEST_BLOCK = 30
"""Names that share one key; beyond, the key's pairs would grow with the square of the data."""


def block_keys(names: pl.DataFrame) -> pl.DataFrame:
    """Return `record_id` and `key`, a row for each key that at least two names share."""
    bands = _bands(names["record_id"].to_numpy(), names["tight"])
    by_words = names.select("record_id", pl.col("words").str.split(" ").alias("word")).explode(
        "word"
    )
    # Two of a name's rarest words, each alone, and both together.
    counted = by_words.with_columns(pl.len().over("word").alias("seen"))
    rarest = (
        counted.filter(pl.col("word").str.len_chars() > 2)
        .sort("record_id", "seen", "word")
        .group_by("record_id", maintain_order=True)
        .head(3)
    )
    without_one = _without_one_word(names)
    plain = pl.concat(
        [
            names.select("record_id", pl.lit("w").alias("kind"), pl.col("words").alias("text")),
            names.select("record_id", pl.lit("t").alias("kind"), pl.col("tight").alias("text")),
            names.select("record_id", pl.lit("h").alias("kind"), pl.col("head").alias("text")),
            names.select(
                "record_id",
                pl.lit("hp").alias("kind"),
                (pl.col("head") + "|" + pl.col("place")).alias("text"),
            ),
            names.select(
                "record_id",
                pl.lit("ht").alias("kind"),
                (pl.col("head") + "|" + pl.col("trade")).alias("text"),
            ),
            names.select("record_id", pl.lit("n").alias("kind"), pl.col("han").alias("text")),
            names.select("record_id", pl.lit("b").alias("kind"), pl.col("brand").alias("text")),
            names.select("record_id", pl.lit("i").alias("kind"), pl.col("initials").alias("text")),
            names.select("record_id", pl.lit("i").alias("kind"), pl.col("short").alias("text")),
            # Letters in order of the alphabet: words glued together, or two letters swapped.
            names.select(
                "record_id",
                pl.lit("a").alias("kind"),
                pl.col("letters").str.split("").list.sort().list.join("").alias("text"),
            ),
            names.filter("is_short").select(
                "record_id", pl.lit("i").alias("kind"), pl.col("tight").alias("text")
            ),
            rarest.select("record_id", pl.lit("r").alias("kind"), pl.col("word").alias("text")),
            without_one,
        ]
    ).filter(pl.col("text").is_not_null() & (pl.col("text") != ""))
    keyed = plain.select(
        "record_id", "kind", pl.concat_str("kind", pl.lit(":"), "text").hash(7).alias("key")
    )
    keys = (
        pl.concat([keyed, bands.with_columns(kind=pl.lit("m"))], how="diagonal")
        .unique(["record_id", "key"])
        .with_columns(size=pl.len().over("key"))
    )
    small = keys.filter(pl.col("size").is_between(2, LARGEST_BLOCK)).select("record_id", "key")
    return pl.concat([small, _chunks(keys, names)]).sort("key", "record_id")


def _chunks(keys: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Cut blocks of equal names that are too large: the most frequent record is in every part."""
    large = (
        keys.filter((pl.col("size") > LARGEST_BLOCK) & pl.col("kind").is_in(["w", "n"]))
        .join(names.select("record_id", "weight"), on="record_id")
        .sort("key", "weight", "record_id", descending=[False, True, False])
        .with_columns(place=pl.int_range(pl.len()).over("key"))
    )
    parts = large.with_columns(part=pl.col("place") // (LARGEST_BLOCK // 2))
    heads = (
        parts.select("key", "part")
        .unique()
        .join(parts.filter(pl.col("place") == 0).select("key", "record_id"), on="key")
    )
    return (
        pl.concat(
            [parts.select("record_id", "key", "part"), heads.select("record_id", "key", "part")]
        )
        .unique()
        .select("record_id", pl.struct("key", "part").hash(7).alias("key"))
    )


def pairs_of(keys: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs of records that share a key, once each, the smaller id at the left."""
    return (
        keys.lazy()
        .join(keys.lazy(), on="key", suffix="_r")
        .filter(pl.col("record_id") < pl.col("record_id_r"))
        .select(pl.col("record_id").alias("record_id_l"), "record_id_r")
        .unique()
        .sort("record_id_l", "record_id_r")
        .collect()
    )


def _without_one_word(names: pl.DataFrame) -> pl.DataFrame:
    """Return a name's words but one, for each of its first words, where four or more are there."""
    found = []
    listed = names.select("record_id", pl.col("words").str.split(" ").alias("listed")).filter(
        pl.col("listed").list.len() >= 3
    )
    for at in range(6):
        found.append(
            listed.filter(pl.col("listed").list.len() > at).select(
                "record_id",
                pl.lit("x").alias("kind"),
                pl.concat_list(pl.col("listed").list.head(at), pl.col("listed").list.slice(at + 1))
                .list.join(" ")
                .alias("text"),
            )
        )
    return pl.concat(found)


def _bands(ids: npt.NDArray[np.int64], texts: pl.Series) -> pl.DataFrame:
    """Return MinHash bands over the pairs of letters of each text.

    Random numbers are fixed: the same names always have the same keys.
    """
    text = ("^" + texts + "$").fill_null("^$")
    data = np.frombuffer("".join(text.to_list()).encode("utf-32-le"), dtype=np.uint32).astype(
        np.uint64
    )
    sizes = text.str.len_chars().to_numpy().astype(np.int64)
    ends = np.cumsum(sizes)
    starts = ends - sizes
    # Each place in the data is the start of a pair of letters, but for the last of a text.
    grams = data[:-1] * np.uint64(0x9E3779B97F4A7C15) ^ (data[1:] * np.uint64(0xC2B2AE3D27D4EB4F))
    is_last = np.zeros(len(data), dtype=bool)
    is_last[ends - 1] = True
    random = np.random.default_rng(20_26)
    keys: list[pl.DataFrame] = []
    for band in range(BANDS):
        mixed = np.zeros(len(sizes), dtype=np.uint64)
        for _ in range(ROWS):
            factor = np.uint64(int(random.integers(1, 2**62)) * 2 + 1)
            hashed = (grams * factor) ^ ((grams * factor) >> np.uint64(29))
            hashed = np.append(hashed * np.uint64(0xBF58476D1CE4E5B9), np.uint64(2**64 - 1))
            hashed[is_last] = np.uint64(2**64 - 1)
            least = np.minimum.reduceat(hashed, starts)
            mixed = (mixed * np.uint64(0x100000001B3)) ^ least
        keys.append(pl.DataFrame({"record_id": ids, "key": mixed + np.uint64(band)}))
    return pl.concat(keys)

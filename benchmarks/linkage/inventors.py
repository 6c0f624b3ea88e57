"""Inventors of US patents divided into persons: measured on labelled inventors, used nowhere.

    python -m benchmarks.linkage.inventors [--half tune] [--write --date 2026-11-25]
    python -m benchmarks.linkage.inventors --train   # learns transforms/linkage/inventor_model.json

Labels (PatentsView): Binette 2022, with assignee, place, title and date of each mention; and
names alone (ENS, Lai 2011, PatentsView). True inventors are split by hash. They are few, and few
of them share a name, so that precision looks easier than it is among all inventors: under
"namesakes" every inventor bears the name of another one too, and only the rest tells them apart.
The tables have no co-inventors and no classes: these are not measured.
"""

from __future__ import annotations

import argparse
import json
import time
from hashlib import sha256

import polars as pl

from benchmarks.inputs import REAL
from benchmarks.linkage.figures import Subject, growth_exponent, show
from benchmarks.linkage.gold import part_of
from benchmarks.linkage.metrics import Quality, quality
from transforms.linkage.inventors import (
    COMPARED,
    MODEL,
    NULLS,
    REST,
    InventorModel,
    block_keys,
    link_inventors,
    make_records,
    score,
)
from warehouse.link_quality import Figure

LINK_TYPE = "inventors"
FOLDER = REAL / "patent/er_benchmarks"
NAME_PARTS = ("name", "surname")
GROUP = 25
"""Records that are compared at random to learn what chance agreement looks like."""
NAMES_ONLY = {
    "ENS, names alone": "pv_evaluation_ens-inventors.csv",
    "Lai 2011, names alone": "pv_evaluation_lai-2011-benchmark.csv",
    "PatentsView 94, names alone": "pv_evaluation_patentsview-inventors-benchmark.csv",
}


def detailed() -> pl.DataFrame:
    """Return mentions with names, assignee, place, title, year and `truth` (Binette 2022)."""
    rows = pl.read_csv(
        FOLDER / "er_eval_binette2022_mentions.tsv", separator="\t", infer_schema=False
    )
    assignees = [
        json.loads(each)[0] if each else None for each in rows["raw_assignee_organization"]
    ]
    return _parted(
        rows.select(
            "mention_id",
            truth="unique_id",
            first="raw_inventor_name_first",
            last="raw_inventor_name_last",
            assignee=pl.Series(assignees, dtype=pl.String),
            city="raw_city",
            region="raw_state",
            country="raw_country",
            title="patent_title",
            year=pl.coalesce("filing_date", "patent_date").str.slice(0, 4).cast(pl.Int32),
            patentsview_2021="disamb_inventor_id_20211230",
            patentsview_2022="disamb_inventor_id_20220630",
        )
    )


def names_alone(file: str) -> pl.DataFrame:
    """Return mentions with names and `truth` alone."""
    rows = pl.read_csv(FOLDER / file, infer_schema=False)
    return _parted(
        rows.select(
            "mention_id",
            truth="unique_id",
            first=pl.col("raw_inventor_name_first").fill_null(""),
            last=pl.col("raw_inventor_name_last").fill_null(""),
        )
    )


def _parted(mentions: pl.DataFrame) -> pl.DataFrame:
    parts = {each: part_of(each) for each in mentions["truth"].unique()}
    return mentions.with_columns(part=pl.col("truth").replace_strict(parts))


def namesakes(mentions: pl.DataFrame) -> pl.DataFrame:
    """Return mentions in which inventors of one part bear one name in pairs, drawn by hash.

    The second of a pair takes over the first one's usual name: all its mentions have it.
    """
    names = (
        mentions.group_by("truth", "part", "first", "last")
        .len()
        .sort(["len", "first", "last"], descending=[True, False, False])
        .unique("truth", keep="first", maintain_order=True)
    )
    renamed: dict[str, tuple[str, str]] = {}
    for part in ("tune", "test"):
        of_part = names.filter(pl.col("part") == part)
        drawn = sorted(
            of_part.select("truth", "first", "last").rows(),
            key=lambda each: sha256(f"namesake {each[0]}".encode()).digest(),
        )
        for (_, first, last), (other, *_) in zip(drawn[::2], drawn[1::2], strict=False):
            renamed[other] = (first, last)
    given = pl.DataFrame(
        [(truth, *name) for truth, name in renamed.items()],
        schema=["truth", "new_first", "new_last"],
        orient="row",
    )
    return (
        mentions.join(given, on="truth", how="left", maintain_order="left")
        .with_columns(first=pl.coalesce("new_first", "first"), last=pl.coalesce("new_last", "last"))
        .drop("new_first", "new_last")
    )


def linked(mentions: pl.DataFrame, part: str, learnt: InventorModel | None = None) -> Quality:
    """Return the quality over mentions of a part; both parts are linked together."""
    persons = link_inventors(mentions, learnt)
    return quality(
        mentions.join(persons, on="mention_id", validate="1:1").select(
            "truth", party_id="person", judged=pl.col("part") == part
        )
    )


def train() -> InventorModel:
    """Return the weights that the tune part teaches.

    What agreement looks like within a person (m), and the chance agreement of all but names (u),
    come from Binette's mentions. How often two inventors of one surname and initial have like
    names, and how many there are, comes from PatentsView's raw table, with its own persons.
    """
    mentions = detailed().filter(pl.col("part") == "tune")
    records, truth = _with_truth(mentions)
    matches = _levels(records, truth.rename({"truth": "key"}))
    chance = _levels(
        records,
        records.select(
            "record_id",
            key=(pl.col("record_id").hash(7) % max(1, records.height // GROUP)).cast(pl.String),
        ),
    )
    matches = _judged(matches, truth).filter("is_match")
    sizes = truth.group_by("truth").len("size")
    # Each record counts once, or a few inventors with hundreds of records would decide.
    matches = matches.join(sizes, left_on="truth_l", right_on="truth").with_columns(
        weight=1 / (pl.col("size") - 1)
    )
    others = _judged(chance, truth).filter(~pl.col("is_match")).with_columns(weight=1.0)
    silver, silver_truth = _with_truth(_raw_table())
    namesake = (
        _judged(_levels(silver, block_keys(silver)), silver_truth)
        .filter(~pl.col("is_match"))
        .with_columns(weight=1.0)
    )
    weights = {}
    for name in COMPARED:
        m = _shares(name, matches)
        u = _shares(name, namesake if name in NAME_PARTS else others)
        weights[name] = {
            label: (float(f"{m[label]:.3g}"), float(f"{u[label]:.3g}"))
            for label in (*COMPARED[name], REST)
        }
    records_each = records.height / truth["truth"].n_unique()
    strangers = 2 * namesake.height / silver_truth["truth"].n_unique()
    share = (records_each - 1) / (records_each - 1 + strangers * records_each)
    return InventorModel(float(f"{share:.3g}"), weights)


def _raw_table() -> pl.DataFrame:
    """Return the tune part of PatentsView's raw table; each of its persons keeps own records."""
    path = REAL / "patent/patentsview_tsv/raw_inventor_sample.tsv"
    rows = pl.read_csv(path, separator="\t", quote_char=None, infer_schema=False)
    rows = rows.drop_nulls(["name_first", "name_last"]).unique(
        ["inventor_id", "name_first", "name_last"], maintain_order=True
    )
    return _parted(
        rows.select(
            "mention_id",
            truth="inventor_id",
            first="name_first",
            last="name_last",
            city="inventor_id",
        )
    ).filter(pl.col("part") == "tune")


def _with_truth(mentions: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the records of mentions, and the true person of each record."""
    records, members = make_records(mentions)
    truth = (
        pl.DataFrame({"record_id": members, "truth": mentions["truth"]})
        .group_by("record_id")
        .agg(pl.col("truth").mode().sort().first())
        .with_columns(pl.col("record_id").cast(records.schema["record_id"]))
    )
    return records, truth


def _levels(records: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """Return the level of each comparison for the pairs that share a key."""
    flat = InventorModel(
        0.5,
        {
            name: dict.fromkeys((*conditions, REST), (0.5, 0.5))
            for name, conditions in COMPARED.items()
        },
    )
    return score(records, keys, flat, 0.0, keep_levels=True)


def _judged(pairs: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    for side in ("l", "r"):
        pairs = pairs.join(
            truth.rename({"record_id": f"record_id_{side}", "truth": f"truth_{side}"}),
            on=f"record_id_{side}",
        )
    return pairs.with_columns(is_match=pl.col("truth_l") == pl.col("truth_r"))


def _shares(name: str, pairs: pl.DataFrame) -> dict[str, float]:
    """Return each level's share of the weight of pairs."""
    known = pairs.filter(pl.col(f"gamma_{name}") >= 0) if name in NULLS else pairs
    counts = dict(known.group_by(f"gamma_{name}").agg(pl.col("weight").sum()).iter_rows())
    labels = [*COMPARED[name], REST][::-1]
    seen = {label: counts.get(gamma, 0.0) + 0.5 for gamma, label in enumerate(labels)}
    return {label: count / sum(seen.values()) for label, count in seen.items()}


def figures_of(data: str, found: Quality, *, is_test_half: bool, method: str = "") -> list[Figure]:
    """Return precision, recall and F1 over pairs of mentions, and with each person counted once."""
    figures = []
    for level, estimates in (
        ("pairs of mentions", (found.precision, found.recall, found.f1)),
        ("persons", (found.group_precision, found.group_recall, found.group_f1)),
    ):
        of = Subject(LINK_TYPE, data, level, None, is_test_half, method)
        count = found.items if level == "pairs of mentions" else found.groups
        figures += [
            of.figure(name, each.value, count, (each.low, each.high))
            for name, each in zip(("precision", "recall", "f1"), estimates, strict=True)
        ]
    return figures


def measure(options: argparse.Namespace) -> list[Figure]:
    """Return the figures on a part, ours beside PatentsView's own on the same mentions."""
    if options.train:
        learnt = train()
        kept = {"matches": learnt.matches, "weights": learnt.weights}
        MODEL.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
        return []
    half = options.half
    is_test = half == "test"
    mentions = detailed()
    found = figures_of("Binette 2022", linked(mentions, half), is_test_half=is_test)
    found += figures_of(
        "Binette 2022, namesakes", linked(namesakes(mentions), half), is_test_half=is_test
    )
    for name, file in NAMES_ONLY.items():
        found += figures_of(name, linked(names_alone(file), half), is_test_half=is_test)
    for column in ("patentsview_2021", "patentsview_2022"):
        theirs = mentions.drop_nulls(column).select(
            "truth", party_id=column, judged=pl.col("part") == half
        )
        own = f"PatentsView's ids of {column.removeprefix('patentsview_')}"
        found += figures_of("Binette 2022", quality(theirs), is_test_half=is_test, method=own)
    return found + speed(mentions)


def _shifted(name: str, by: int) -> str:
    """Return a name with each letter replaced by one later in the alphabet: names as varied.

    >>> _shifted("Doe", 1)
    'epf'
    """
    letters = "abcdefghijklmnopqrstuvwxyz"
    return name.lower().translate(str.maketrans(letters, letters[by:] + letters[:by]))


def speed(mentions: pl.DataFrame) -> list[Figure]:
    """Return mentions per second and how the time grows, by mentions repeated under new names."""
    sizes, seconds = [], []
    for times in (4, 24):
        copies = [
            mentions.with_columns(
                pl.concat_str("mention_id", pl.lit(f"-{at}")).alias("mention_id"),
                pl.Series("last", [_shifted(each, at) for each in mentions["last"]]),
            )
            for at in range(times)
        ]
        table = pl.concat(copies)
        start = time.perf_counter()
        link_inventors(table)
        sizes.append(table.height)
        seconds.append(time.perf_counter() - start)
    of = Subject(LINK_TYPE, f"Binette 2022, repeated to {sizes[-1]:,} mentions", "run")
    return [
        of.figure("items_per_second", sizes[-1] / seconds[-1], sizes[-1]),
        of.figure("growth_exponent", growth_exponent(sizes, seconds), len(sizes)),
    ]


def parser() -> argparse.ArgumentParser:
    """Return the options of this benchmark."""
    options = argparse.ArgumentParser(prog="benchmarks.linkage.inventors", description=__doc__)
    options.add_argument("--train", action="store_true")
    options.add_argument("--half", choices=["tune", "test"], default="test")
    return options


if __name__ == "__main__":
    show(measure, parser())

"""Learns what names of persons look like, from tune parts only.

python -m benchmarks.linkage.train_persons           # cross-validates within the tune part
python -m benchmarks.linkage.train_persons --write   # writes transforms/linkage/person_model.json
"""

from __future__ import annotations

import argparse
import base64
import gzip
import json
import random
import re
from array import array
from functools import partial
from zlib import crc32

import numpy as np
import numpy.typing as npt
import polars as pl
from pypinyin import lazy_pinyin

from benchmarks.inputs import REAL
from benchmarks.linkage import gold, persons
from benchmarks.linkage.gold import part_of
from benchmarks.linkage.kinds import labelled_names
from transforms.linkage.party_type import party_type
from transforms.linkage.person_model import BUCKETS, FILE, PersonModel, logit, pieces
from transforms.linkage.text import fold
from transforms.linkage.words import legal_forms

SEED = 17
MADE = 20_000
"""Persons made of one's given name and another's surname, so that no one's surname tells."""
PINYIN = 3_000
CHINESE = 16_000
BRANDS = 3_000
PARTICLES = ("van", "van der", "von", "de", "de la", "del", "Van", "Von", "Di", "Le", "El", "bin")
SUFFIXES = (", Jr.", " Jr.", " III", " II", ", Ph.D.")
FOLDS = 5
RIDGE = 0.02
STEPS = 400

Labelled = list[tuple[str, bool]]
Floats = npt.NDArray[np.float64]


def labelled() -> Labelled:
    """Return names of the tune parts with whether they are of persons."""
    drawn = random.Random(SEED)
    known = sorted(
        name
        for name in persons.us_inventors() | persons.inventors_in_a() | persons.authors()
        if part_of(" ".join(name)) == "tune"
    )
    # Surnames in A are a third of what is known, and a twentieth of what is met.
    lasts = sorted({last for _, last in known if drawn.random() < (0.1 if last[0] == "A" else 1)})
    firsts = sorted({first for first, _ in known})
    made = [(drawn.choice(firsts), drawn.choice(lasts)) for _ in range(MADE)]
    chinese = [each for each in sorted(persons.cn_inventors()) if part_of(each) == "tune"]
    for name in drawn.sample([each for each in chinese if len(each) in (2, 3)], PINYIN):
        last, *first = lazy_pinyin(name)
        made.append((drawn.choice(["", "-", " "]).join(first), last))
    written = [_written(first, last, drawn) for first, last in [*known, *made]]
    found = [(each, True) for each in [*written, *drawn.sample(chinese, CHINESE)]]
    return found + [(each, False) for each in [*_organisations(), *_brands(drawn)]]


def _brands(drawn: random.Random) -> list[str]:
    """Return brands of Chinese companies, as they stand in names of companies."""
    path = REAL / "reference/cn_company_words/brand.txt.gz"
    brands = gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")
    return drawn.sample([each for each in brands if 2 <= len(each) <= 5], BRANDS)


def _written(first: str, last: str, drawn: random.Random) -> str:
    """Return a name in one of the ways that offices write it."""
    if drawn.random() < 0.15:
        first = " ".join(f"{each[0]}." for each in re.findall(r"\w+", first))
    if drawn.random() < 0.04:
        last = f"{drawn.choice(PARTICLES)} {last}"
    elif drawn.random() < 0.04:
        last = f"{last}{drawn.choice(SUFFIXES)}"
    return drawn.choices(
        [f"{first} {last}", f"{last}, {first}", f"{last} {first}"], weights=[4, 2, 1]
    )[0]


def _organisations() -> list[str]:
    """Return names of organisations without their legal forms, which would tell too easily."""
    path = REAL / "reference/sec/company_tickers_exchange.csv"
    registrants = set(pl.read_csv(path, infer_schema=False)["name"])
    entities = pl.read_csv(
        REAL / "reference/gleif/gleif_world_sample_30000.csv.gz", infer_schema=False
    ).filter(pl.col("Entity.EntityCategory") != "SOLE_PROPRIETOR")
    registered = registrants | set(entities["Entity.LegalName"])
    names = {each for each in registered if part_of(each) == "tune"}
    for labels in (gold.affiliations(), gold.assignees()):
        names |= set(labels.filter(pl.col("part") == "tune")["name"])
    return sorted({_without_form(each) for each in names})


def _without_form(name: str) -> str:
    words = name.split()
    while len(words) > 1 and any(
        tuple("".join(filter(str.isalnum, fold(each))) for each in words[-size:])
        in legal_forms().ends
        for size in range(1, min(4, len(words)))
    ):
        words.pop()
    return " ".join(words).rstrip(",")


def learn(names: Labelled) -> PersonModel:
    """Return the logistic regression with a ridge, by gradient steps with momentum."""
    found = [pieces(each) for each, _ in names]
    rows = np.repeat(np.arange(len(found)), [len(each) for each in found])
    columns = np.concatenate([np.asarray(each) for each in found])
    values = np.repeat([1 / np.sqrt(len(each)) for each in found], [len(each) for each in found])
    truth = np.array([is_person for _, is_person in names], dtype=float)
    weights, bias = np.zeros(BUCKETS), 0.0
    speed, mean_square = np.zeros(BUCKETS + 1), np.zeros(BUCKETS + 1)
    for step in range(1, STEPS + 1):
        scores = np.bincount(rows, values * weights[columns], len(found)) + bias
        wrong = 1 / (1 + np.exp(-scores)) - truth
        slope = np.bincount(columns, values * wrong[rows], BUCKETS) + RIDGE * weights
        slopes = np.append(slope, wrong.sum()) / len(found)
        speed = 0.9 * speed + 0.1 * slopes
        mean_square = 0.999 * mean_square + 0.001 * slopes**2
        size = speed / (1 - 0.9**step) / (np.sqrt(mean_square / (1 - 0.999**step)) + 1e-8)
        weights, bias = weights - 0.1 * size[:-1], bias - 0.1 * float(size[-1])
    scale = float(np.abs(weights).max()) / 127
    steps = array("b", np.rint(weights / scale).astype(int).tolist())
    return PersonModel(steps, round(scale, 6), round(bias, 4))


def _fold(name: str) -> int:
    """Return the fold of a name, the same in whatever order its words are written."""
    words = sorted(re.findall(r"\w+", fold(name)))
    return crc32(" ".join(words).encode()) % FOLDS


def cross_validated(names: Labelled) -> pl.DataFrame:
    """Return the real labels of the tune part with what is `said` of each without its own fold."""
    labels = labelled_names(SEED).filter(
        (pl.col("part") == "tune") & (pl.col("source") != "planted")
    )
    found = []
    for held in range(FOLDS):
        model = learn([each for each in names if _fold(each[0]) != held])
        rows = labels.filter(pl.col("name").map_elements(_fold, return_dtype=pl.Int64) == held)
        odds = partial(logit, model=model)
        said = [party_type(each, odds) for each in rows["name"]]
        found.append(rows.with_columns(said=pl.Series(said, dtype=pl.String)))
    return pl.concat(found)


def main() -> None:
    """Cross-validate, or write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    names = labelled()
    if not parser.parse_args().write:
        rows = cross_validated(names).with_columns(right=pl.col("said") == pl.col("kind"))
        for each in ("source", "kind"):
            print(rows.group_by(each).agg(pl.len(), pl.col("right").mean()).sort(each))
        print(f"{rows.height} labels, {rows['right'].mean():.4f} right")
        return
    model = learn(names)
    kept = {
        "bias": model.bias,
        "scale": model.scale,
        "weights": base64.b85encode(model.weights.tobytes()).decode(),
    }
    FILE.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

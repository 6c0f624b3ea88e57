"""Learns the weights of the party model from labelled names, tune parts only.

What agreeing names look like (m) comes from the assignees and planted mentions, not from the
IETF affiliations, which take a subsidiary for its parent; what chance agreement looks like (u)
from names of distinct legal entities and from planted ones.
"""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from benchmarks.linkage import gold
from benchmarks.linkage.planted import make_mentions, make_things
from transforms.linkage import scoring
from transforms.linkage.co_occurrence import TOGETHER, names_together
from transforms.linkage.names import common_vocabulary
from transforms.linkage.parties import compare, make_records, read_rows

PLANTED_SEED = 11
PLANTED_COUNT = 30_000
POPULATION = 100_000
LEAST_RECORDS = 10_000
MATCHES = 2.0
# Names that a daughter shares with its parent: labels by ownership call them one, and we do not.
FAMILY = (
    "same head and trade",
    "same head, trade within",
    "same head, trades overlap",
    "same head",
)
UNLIKE_NAMES = 0.001
FAMILY_NAMES = 0.002
TWO_SCRIPTS = (0.09, 0.45)
TWO_COUNTRIES = 0.02


def compared(mentions: pl.DataFrame, together: pl.DataFrame | None = None) -> Compared:
    """Return the compared pairs with levels and truth, and how many records and matches exist."""
    rows = read_rows(mentions)
    records, members = make_records(rows, common_vocabulary())
    truth = (
        pl.DataFrame({"record_id": members, "truth": mentions["truth"].cast(pl.String)})
        .group_by("record_id")
        .agg(pl.col("truth").mode().sort().first())
    )
    flat = scoring.Model(
        "flat",
        matches=POPULATION / 2,
        least_records=POPULATION,
        population=POPULATION,
        weights={
            name: dict.fromkeys((*conditions, scoring.REST), (0.5, 0.5))
            for name, conditions in scoring.COMPARED.items()
        },
    )
    beside = pl.DataFrame(schema=TOGETHER) if together is None else together
    records, keys = compare(rows, records, members, beside)
    pairs = scoring.score(records, keys, flat, 0.0, keep_levels=True)
    for side in ("l", "r"):
        pairs = pairs.join(
            truth.rename({"record_id": f"record_id_{side}", "truth": f"truth_{side}"}),
            on=f"record_id_{side}",
        )
    sizes = truth.group_by("truth").len()["len"]
    matches = int((sizes * (sizes - 1) // 2).sum())
    return (
        pairs.with_columns(is_match=pl.col("truth_l") == pl.col("truth_r")),
        records.height,
        matches,
        _pairs_with_partners(records),
    )


def _pairs_with_partners(records: pl.DataFrame) -> int:
    """Return how many pairs there are of records in two scripts that both have partners."""
    has = records.filter(pl.col("alone").is_not_null())
    chinese = has["han"].is_not_null().sum()
    return int(chinese * (has.height - chinese))


def labels(name: str) -> list[str]:
    """Return the labels of a comparison's levels as Splink counts them, the weakest first."""
    return [*scoring.COMPARED[name], scoring.REST][::-1]


Compared = tuple[pl.DataFrame, int, int, int]
"""Pairs with levels and truth, and how many records, matches and pairs with partners there are."""


def compare_others() -> dict[str, Compared]:
    """Return what is learnt from besides the assignees."""
    planted, _ = make_mentions(PLANTED_COUNT, PLANTED_SEED)
    return {
        "planted": compared(planted, names_together(make_things(planted, PLANTED_SEED))),
        "registered": compared(gold.registered_names()),
    }


def train(assignees: pl.DataFrame, others: dict[str, Compared]) -> dict[str, Any]:
    """Return the model as it is written to `party_model.json`."""
    pairs = {**others, "assignees": compared(assignees)}
    weights: dict[str, dict[str, list[float]]] = {}
    for name in scoring.COMPARED:
        context = name in scoring.NULLS
        m_from = ["planted"] if context else ["assignees", "planted"]
        u_from = ["planted"] if context else ["registered", "planted"]
        m = _shares(name, [pairs[each] for each in m_from], is_match=True)
        if name == "name":
            m |= dict.fromkeys(FAMILY, FAMILY_NAMES)
        u = _shares(name, [pairs[each] for each in u_from], is_match=False)
        weights[name] = {
            label: [float(f"{m[label]:.3g}"), float(f"{u[label]:.3g}")]
            for label in labels(name)[::-1]
        }
    return {
        "version": "1",
        "matches": MATCHES,
        "least_records": LEAST_RECORDS,
        "population": POPULATION,
        "weights": weights,
    }


def _shares(name: str, sources: list[Compared], *, is_match: bool) -> dict[str, float]:
    """Return each level's share among matches, or among all other pairs: a mean over sources."""
    found = dict.fromkeys(labels(name), 0.0)
    for pairs, records, matches, with_partners in sources:
        chosen = pairs.filter(pl.col("is_match") == is_match)
        if name in scoring.NULLS:
            chosen = chosen.filter(pl.col(f"gamma_{name}") >= 0)
        counts = dict(chosen.group_by(f"gamma_{name}").len().iter_rows())
        total = chosen.height
        if name == "name" and not is_match:
            # All other pairs of records agree on nothing, or they had been compared.
            total = records * (records - 1) // 2 - matches
        if name == "together" and not is_match:
            # Likewise: all other pairs of records with partners are not each other's.
            total = max(total, with_partners - matches)
        seen = {label: counts.get(gamma, 0) + 0.5 for gamma, label in enumerate(labels(name))}
        rest = total - sum(seen[label] for label in labels(name)[1:])
        if name in ("name", "together") and not is_match:
            seen[scoring.REST] = rest
        for label, count in seen.items():
            found[label] += count / sum(seen.values()) / len(sources)
    if name == "name" and is_match:
        # Whatever else agrees: names that agree on nothing are not linked by it.
        found[scoring.REST] = UNLIKE_NAMES
    if name == "name":
        # How often two names in two scripts agree on nothing is seen in those compared alone.
        found["two scripts, together"] = TWO_SCRIPTS[0 if is_match else 1]
    if name == "site" and is_match:
        # Nobody is in two countries in planted mentions; in records, some are.
        found[scoring.REST] = max(found[scoring.REST], TWO_COUNTRIES)
    return found


def write_model() -> None:
    """Write the learnt model."""
    tune = gold.assignees().filter(pl.col("part") == "tune")
    learnt = train(tune, compare_others())
    scoring.MODEL.write_text(json.dumps(learnt, indent=1) + "\n", "utf-8")

"""Types of parties by their names, against public labels and planted names.

    python -m benchmarks.linkage.party_types [--half tune] [--write --date 2026-11-25]

`unknown` counts as wrong. Where the labels come from stands in `kinds`.
"""

from __future__ import annotations

import argparse

import polars as pl

from benchmarks.linkage.figures import Subject, show
from benchmarks.linkage.kinds import labelled_names
from benchmarks.linkage.measure import TEST_SEED
from transforms.linkage.party_type import party_type
from warehouse.link_quality import Figure
from warehouse.refresh import linkage_version

PLANTED = "planted"


def measure(options: argparse.Namespace) -> list[Figure]:
    """Return the accuracy of the party type by source of the labels, and over all real ones."""
    names = labelled_names(TEST_SEED).filter(pl.col("part") == options.half)
    said = pl.Series([party_type(each) for each in names["name"]])
    judged = names.with_columns(is_right=said == names["kind"])
    tables = {
        f"labels of {source}": rows
        for (source,), rows in judged.group_by("source", maintain_order=True)
    }
    real = judged.filter(pl.col("source") != PLANTED)
    for (kind,), rows in real.sort("kind").group_by("kind", maintain_order=True):
        tables[f"real labels: {kind}"] = rows
    tables["all real labels"] = real
    version = linkage_version()
    figures = []
    for data, rows in tables.items():
        is_test = options.half == "test" and not (rows["source"] == PLANTED).all()
        of = Subject("dim_party", data, "party type", version, is_test)
        figures.append(of.share("accuracy", int(rows["is_right"].sum()), rows.height))
    return figures


def parser() -> argparse.ArgumentParser:
    """Return the options of this benchmark."""
    options = argparse.ArgumentParser(prog="benchmarks.linkage.party_types", description=__doc__)
    options.add_argument("--half", choices=["tune", "test"], default="test")
    return options


if __name__ == "__main__":
    show(measure, parser())

"""Declared patents and the standards they are declared to, on ETSI's real exports.

    python -m benchmarks.linkage.declarations [--write --date 2026-11-25]

Families: each declared application is led through the chain by its number to an extended family
that is computed from the priorities in the export; truth is the family that ETSI's database puts
it into. Applications of several families there are left out.

Editions: most lines name one text twice, as ETSI's and as 3GPP's. One of the two is hidden; the
chain has to find it as what the other republishes, with its version. Publications' numbers are not
measured: no source here has both the declared publications and another truth for them.
"""

from __future__ import annotations

import argparse

import polars as pl

from benchmarks.linkage.families import families_of, read_declarations, right_pairs
from benchmarks.linkage.figures import Subject, show
from transforms.linkage.sep_chain import (
    VERSION,
    declared_application,
    declared_chain,
    declared_editions,
)
from warehouse.link_quality import Figure

LINK_TYPE = "xref_declaration__family"
COLUMNS = {
    "specification": ["specification_designator", "specification_version"],
    "standard": ["standard_designator", "standard_version"],
}


def of_families(declarations: pl.LazyFrame, named: pl.DataFrame, left_out: int) -> list[Figure]:
    """Return precision and recall over pairs of applications that the chain gives one family."""
    # A line each, so that the chain keeps the family of every application.
    lines = declarations.with_columns(declaration_number=declared_application()).join(
        named.lazy().select(declaration_number="application_id"),
        on="declaration_number",
        how="semi",
    )
    no_publications = pl.LazyFrame(
        schema={
            "_snapshot_id": pl.String,
            "_record_number": pl.Int64,
            "publication_number": pl.String,
        }
    )
    documents = pl.LazyFrame(schema={"publication_number": pl.String, "application_id": pl.String})
    families = families_of(declarations, named).lazy()
    chain = declared_chain(lines, no_publications, documents, families).collect()
    found = chain.select("patent_family_id", application_id="declaration_number").unique()
    truth = {row[0]: (str(row[1]), 0) for row in named.select("application_id", "family_id").rows()}
    said, true, right = right_pairs(found, "patent_family_id", truth, 0)
    data = f"ETSI's database, {left_out} applications in several families left out"
    of = Subject(LINK_TYPE, data, "pairs of applications", VERSION)
    groups = named["family_id"].n_unique()
    return [of.share("precision", right, said, groups), of.share("recall", right, true, groups)]


def of_editions(declarations: pl.LazyFrame, hidden: str) -> list[Figure]:
    """Return precision and recall of texts found by their other number, each pair once."""
    names = [name for columns in COLUMNS.values() for name in columns]
    both = (
        declarations.drop_nulls([columns[0] for columns in COLUMNS.values()])
        .filter(pl.col("standard_designator") != pl.col("specification_designator"))
        .sort("_snapshot_id", "_record_number")
        .unique(names, keep="first", maintain_order=True)
        .collect()
    )
    nothing = [pl.lit(None, pl.String).alias(name) for name in COLUMNS[hidden]]
    [kept] = COLUMNS.keys() - {hidden}
    line = ["_snapshot_id", "_record_number"]
    without = declared_editions(both.lazy().with_columns(nothing)).collect()
    found = without.filter(pl.col("reached_by") == "republished").select(
        *line, found="edition_designator"
    )
    told = [pl.lit(None, pl.String).alias(name) for name in COLUMNS[kept]]
    truth = declared_editions(both.lazy().with_columns(told)).collect()
    truth = truth.filter(pl.col("reached_by") == "declared").select(
        *line, truth="edition_designator"
    )
    judged = truth.join(found, on=line, how="left", validate="1:1")
    right = judged.filter(pl.col("truth") == pl.col("found")).height
    data = f"ETSI's database, the {hidden}'s number hidden"
    of = Subject(LINK_TYPE, data, "texts named twice", VERSION)
    return [
        of.share("precision", right, judged["found"].count()),
        of.share("recall", right, judged.height),
    ]


def measure(_options: argparse.Namespace) -> list[Figure]:
    """Return precision and recall of families and of editions."""
    declarations, named, left_out = read_declarations()
    return [
        *of_families(declarations, named, left_out),
        *(figure for hidden in COLUMNS for figure in of_editions(declarations, hidden)),
    ]


def parser() -> argparse.ArgumentParser:
    """Return the options of this benchmark."""
    return argparse.ArgumentParser(prog="benchmarks.linkage.declarations", description=__doc__)


if __name__ == "__main__":
    show(measure, parser())

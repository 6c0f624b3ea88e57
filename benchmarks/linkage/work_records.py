"""Records of planted works in four sources, found to be one work by the numbers that they share.

    python -m benchmarks.linkage.work_records [--sizes 10000 100000] [--write --date 2026-11-25]

A work has records in one to four sources, one in five works on arXiv; a record has its source's
own number and most, not all, of the others that the work has, and one in two hundred has the DOI of
another work. These shares are assumed: it measures what the rules make of gaps and slips, not how
many the sources have. The real files beside the project have no DOI in common, so that they say
nothing.
"""

from __future__ import annotations

import argparse
import random

import polars as pl

from benchmarks.linkage.figures import Subject, show
from transforms.linkage.works import VERSION, works_of_records
from warehouse.link_quality import Figure

LINK_TYPE = "xref_work__record"
KEY = ["source", "_snapshot_id", "_record_number"]
SCHEMA = {
    "source": pl.String,
    "_snapshot_id": pl.String,
    "_record_number": pl.Int64,
    "pmid": pl.String,
    "doi": pl.String,
    "arxiv_id": pl.String,
    "openalex_id": pl.String,
    "truth": pl.Int64,
}


def planted(count: int, seed: int) -> pl.DataFrame:
    """Return records of that many works, with the work that each is truly of."""
    draw = random.Random(seed)
    rows = []
    for work in range(count):
        doi = f"10.1000/w{work}" if draw.random() < 0.9 else None
        pmid, arxiv = f"{work + 1}", f"2401.{work:07}"

        def told(number: str | None, how_often: float) -> str | None:
            return number if draw.random() < how_often else None

        numbers: dict[str, tuple[str | None, ...]] = {
            "literature/pubmed": (pmid, told(doi, 0.9), None, None),
            "literature/openalex": (told(pmid, 0.9), told(doi, 0.95), None, f"W{work}"),
        }
        if draw.random() < 0.2:
            numbers["literature/arxiv"] = (None, told(doi, 0.4), arxiv, None)
        if doi:
            numbers["literature/crossref"] = (None, doi.upper(), None, None)
        for source in draw.sample(sorted(numbers), draw.randint(1, len(numbers))):
            own_pmid, own_doi, own_arxiv, own_openalex = numbers[source]
            if own_doi and draw.random() < 0.005:
                own_doi = f"10.1000/w{draw.randrange(count)}"
            rows.append(
                (source, "planted", len(rows), own_pmid, own_doi, own_arxiv, own_openalex, work)
            )
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def measure(options: argparse.Namespace) -> list[Figure]:
    """Return precision and recall over pairs of records of one work."""
    figures = []
    for size in options.sizes:
        records = planted(size, seed=size)
        found = works_of_records(records.drop("truth"))
        both = found.join(records.select(*KEY, "truth"), on=KEY, validate="1:1")
        assert both.height == records.height

        def pairs(*columns: str, table: pl.DataFrame = both) -> int:
            sizes = table.group_by(columns).len()["len"].cast(pl.Int64)
            return int((sizes * (sizes - 1) // 2).sum())

        data = f"planted, {records.height:,} records of {size:,} works"
        of = Subject(LINK_TYPE, data, "pairs of records", VERSION)
        right = pairs("work_id", "truth")
        figures.append(of.share("precision", right, pairs("work_id"), size))
        figures.append(of.share("recall", right, pairs("truth"), size))
    return figures


def parser() -> argparse.ArgumentParser:
    """Return the options of this benchmark."""
    options = argparse.ArgumentParser(prog="benchmarks.linkage.work_records", description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    return options


if __name__ == "__main__":
    show(measure, parser())

"""Which records of literature are one work: those that share PubMed's, a DOI or arXiv's number."""

from __future__ import annotations

import polars as pl

from transforms.linkage import papers
from transforms.linkage.components import connected_components

VERSION = "works-1"

LITERATURE = [
    "literature/pubmed",
    "literature/crossref",
    "literature/openalex",
    "literature/arxiv",
]
"""Sources of works: the first that has a work tells its title, journal and pages."""

SCHEMES = {"pmid": "PMID:", "doi": "DOI:", "arxiv_id": "ARXIV:", "openalex_id": "OPENALEX:"}
"""Kinds of numbers that works have, and what an id made of one begins with; the first one wins."""

RECORD = ["source", "_snapshot_id", "_record_number"]
TOLD = [name for name in papers.WORKS.names() if name not in {"work_id", *SCHEMES}]


def works_of_records(records: pl.DataFrame) -> pl.DataFrame:
    """Return the work of each record, and its place among the work's records by source.

    A work is named by the first number it has in all sources: PubMed's, DOI, arXiv's, OpenAlex's.
    `method` is the number by which a record hangs together with another, or `alone`.

    >>> records = pl.DataFrame(
    ...     {
    ...         "source": ["literature/openalex", "literature/pubmed", "literature/arxiv"],
    ...         "_snapshot_id": ["s", "t", "u"], "_record_number": [1, 1, 1],
    ...         "pmid": ["7", "7", None], "doi": ["10.1/A", None, None],
    ...         "arxiv_id": [None, None, "2401.00001"], "openalex_id": ["W1", None, None],
    ...     }
    ... )
    >>> found = works_of_records(records)
    >>> found.select("source", "work_id", "sequence_number", "method").rows()[1:]
    [('literature/pubmed', 'PMID:7', 1, 'pmid'), ('literature/openalex', 'PMID:7', 2, 'pmid')]
    """
    order = {source: rank for rank, source in enumerate(LITERATURE)}
    rows = (
        records.with_columns(
            pl.col("doi").str.to_lowercase(),
            rank=pl.col("source").replace_strict(order, return_dtype=pl.Int64),
        )
        .sort("rank", *SCHEMES, *RECORD, nulls_last=True)
        .with_columns(place=pl.int_range(pl.len()))
        .with_columns(row=pl.concat_str(pl.lit("#"), "place"))
    )
    edges = pl.concat(
        rows.select(left="row", right=pl.concat_str(pl.lit(prefix), scheme)).drop_nulls("right")
        for scheme, prefix in SCHEMES.items()
    )
    placed = rows.join(connected_components(edges), left_on="row", right_on="node").sort("place")
    first_known = (
        pl.concat_str(pl.lit(prefix), pl.col(scheme).drop_nulls().first().over("component"))
        for scheme, prefix in SCHEMES.items()
    )
    ties = (
        pl.when(pl.col(scheme).is_not_null() & (pl.len().over(scheme) > 1)).then(
            pl.lit(scheme.removesuffix("_id"))
        )
        for scheme in SCHEMES
    )
    return placed.select(
        *RECORD,
        pl.coalesce(first_known).alias("work_id"),
        pl.int_range(1, pl.len() + 1).over("component").alias("sequence_number"),
        pl.coalesce(*ties, pl.lit("alone")).alias("method"),
        score=pl.lit(1.0),
        version=pl.lit(VERSION),
    ).sort("work_id", "sequence_number")


def one_of_each_work(records: pl.DataFrame) -> pl.DataFrame:
    """Return works with the words of their first record, so that no work competes with itself."""
    return (
        records.with_columns(pl.col("doi").str.to_lowercase())
        .sort("work_id", "sequence_number")
        .group_by("work_id", maintain_order=True)
        .agg(
            pl.col(*(each for each in SCHEMES if each in papers.WORKS)).drop_nulls().first(),
            pl.col(TOLD).first(),
        )
        .select(papers.WORKS.names())
        .cast(papers.WORKS)
    )

"""Patent to paper: which work a reference means, by its identifiers or by its words and numbers.

A reference is a text such as `Smith et al., "On mice", J. Biol. Chem., vol. 3, pp. 1-7 (1999)`, as
it stands on a patent's front page or in its description. First come identifiers: DOI, PubMed's
and arXiv's. Else the works that share rare words of the title, or volume and page, or author
and page, are compared, and the best one gets the probability that it is the one meant.

Weights and calibration were fitted by `benchmarks.linkage.papers`, on other data than it measures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from transforms.linkage.paper_candidates import (
    candidate_pairs,
    normalised,
    rare_keys,
    readable,
    with_scanned_digits,
)
from transforms.linkage.paper_evidence import with_evidence
from transforms.linkage.paper_weights import BIAS, CALIBRATION, WEIGHTS

VERSION = "papers-1"

WORKS = pl.Schema(
    {
        "work_id": pl.String(),
        "doi": pl.String(),
        "pmid": pl.String(),
        "arxiv_id": pl.String(),
        "title": pl.String(),
        "authors": pl.List(pl.String()),
        "journal_name": pl.String(),
        "volume": pl.String(),
        "first_page": pl.String(),
        "last_page": pl.String(),
        "publication_year": pl.Int64(),
    }
)
"""Works to be found; authors are family names, or names that end in one."""

LINKS = pl.Schema(
    {
        "reference_id": pl.String(),
        "work_id": pl.String(),
        "method": pl.String(),
        "score": pl.Float64(),
        "confidence": pl.Int64(),
        "version": pl.String(),
    }
)
"""Links: `score` is the probability that a link is right, `confidence` its tenths, 1 to 10."""

DOI = r"\b(10\.\d{4,9}/[^\s\"<>\[\]{}|]+)"
PMID = r"(?:pmid|pubmed(?: (?:id|pmid))?)[^\d]{0,3}(\d{4,8})\b"
ARXIV = r"arxiv[ :.]{0,3}(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})"
SLICE_ROWS = 20_000
LEAST_SCORE = 0.05
ACCEPTED_SCORE = 0.8
"""From here on a link is to be used: 99.6 % of such links were right on the data of the fit."""
IDENTIFIED = 0.999
"""Assumed, not measured, of a link by an identifier: a slip of the keyboard names another work."""


@dataclass(frozen=True)
class Model:
    """What the evidence weighs, and how the sum becomes a probability: slope and intercept."""

    bias: float
    weights: Mapping[str, Mapping[str, float]]
    calibration: tuple[float, float]


FITTED = Model(BIAS, WEIGHTS, CALIBRATION)


def link_papers(references: pl.DataFrame, works: pl.DataFrame) -> pl.DataFrame:
    """Return the best work of each reference, with its probability; none where no work is likely.

    `references` has `reference_id` and `text`, `works` the columns of `WORKS`.
    """
    found = identified(references, works)
    unread = references.join(found, on="reference_id", how="anti")
    known = readable(works)
    keys = rare_keys(known)
    # So many at a time need one gigabyte or less.
    parts = [
        best_candidates(_compared(part, known, keys)) for part in unread.iter_slices(SLICE_ROWS)
    ]
    return pl.concat([found, *parts]).sort("reference_id")


def identified(references: pl.DataFrame, works: pl.DataFrame) -> pl.DataFrame:
    """Return the links of references that name an identifier of a work, each once."""
    lower = pl.col("text").str.to_lowercase()
    # A DOI is often broken by a blank behind its slash, and ends with the sentence.
    doi = lower.str.replace_all(r"(10\.\d{4,9})\s*/\s*", "$1/").str.extract(DOI)
    named = references.select(
        "reference_id",
        doi=doi.str.replace(r"[.,;:)'”]+$", ""),
        pmid=lower.str.extract(PMID),
        arxiv_id=lower.str.extract(ARXIV),
    )
    links = []
    for scheme in ("doi", "pmid", "arxiv_id"):
        bearers = works.select("work_id", pl.col(scheme).str.to_lowercase()).drop_nulls(scheme)
        # Two works with one identifier are one work in two sources: the first stands for both.
        first = bearers.sort("work_id").unique(scheme, keep="first", maintain_order=True)
        links.append(
            named.select("reference_id", scheme)
            .join(first, on=scheme)
            .select("reference_id", "work_id", method=pl.lit(scheme.removesuffix("_id")))
        )
    return (
        pl.concat(links)
        .unique("reference_id", keep="first", maintain_order=True)
        .with_columns(score=pl.lit(IDENTIFIED), confidence=_confidence(pl.lit(IDENTIFIED)))
        .with_columns(version=pl.lit(VERSION))
        .select(LINKS.names())
        .cast(LINKS)
        .sort("reference_id")
    )


def compared(references: pl.DataFrame, works: pl.DataFrame) -> pl.DataFrame:
    """Return the candidates of each reference with what speaks for and against them."""
    known = readable(works)
    return _compared(references, known, rare_keys(known))


def _compared(references: pl.DataFrame, known: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    read = references.select("reference_id", "text").with_columns(plain=normalised(pl.col("text")))
    digits = normalised(with_scanned_digits(pl.col("text")))
    read = read.with_columns(
        words=pl.col("plain").str.split(" "),
        numbers=digits.str.extract_all(r"\d+")
        .list.eval(pl.element().str.strip_chars_start("0"))
        .list.unique(maintain_order=True),
        ends=digits.str.extract_all(r"\d+ \d+").list.eval(pl.element().str.extract(r"(\d+)$")),
        # A page may look like a year; it then counts as both.
        years=digits.str.extract_all(r"\b(?:18|19|20)\d\d\b"),
        quoted=normalised(pl.col("text").str.extract(r"[\"“”]{1,2}(.{12,400}?)[\"“”]{1,2}")),
    )
    pairs = candidate_pairs(read, keys)
    both = (
        pairs.join(read, on="reference_id")
        .join(known, on="work_id")
        .sort("reference_id", "work_id")
    )
    return with_evidence(both)


def best_candidates(candidates: pl.DataFrame, model: Model = FITTED) -> pl.DataFrame:
    """Return the likeliest work of each reference with its probability.

    A reference means one work or none: what speaks for a second one speaks against the first.
    """
    odds = log_odds(candidates, model).exp()
    slope, intercept = model.calibration
    ranked = (
        candidates.select("reference_id", "work_id", odds=odds)
        .with_columns(
            share=pl.col("odds") / (1 + pl.col("odds").sum().over("reference_id")),
        )
        .sort("reference_id", "share", "work_id", descending=[False, True, False])
        .unique("reference_id", keep="first", maintain_order=True)
    )
    logit = (pl.col("share") / (1 - pl.col("share"))).log()
    score = 1 / (1 + (-(slope * logit + intercept)).exp())
    return (
        ranked.with_columns(score=score)
        .filter(pl.col("score") >= LEAST_SCORE)
        .with_columns(
            method=pl.lit("text"), confidence=_confidence(pl.col("score")), version=pl.lit(VERSION)
        )
        .select(LINKS.names())
        .cast(LINKS)
    )


def log_odds(candidates: pl.DataFrame, model: Model) -> pl.Series:
    """Return what speaks for each pair, as a sum of weights."""
    total = pl.lit(model.bias)
    for kind, weights in model.weights.items():
        total += pl.col(kind).replace_strict(weights, return_dtype=pl.Float64)
    return candidates.select(total.alias("log_odds").clip(-30, 30)).to_series()


def _confidence(score: pl.Expr) -> pl.Expr:
    return (score * 10).ceil().clip(1, 10).cast(pl.Int64)

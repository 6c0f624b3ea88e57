"""References in patents to works: precision, recall and calibration where the truth is known.

    python -m benchmarks.linkage.papers [--json]                  # figures on the test half
    python -m benchmarks.linkage.papers --fit                     # weights from the tune half
    python -m benchmarks.linkage.papers --speed 10000 100000      # references per second

Four sets of references:
- rendered: three to each of some 3,600 real works, in the styles of patents' front pages, with
  slips, cuts and scanning faults. In the pool of works each has others beside it that are easily
  taken for it, and 100,000 strangers made of real parts; three in ten works are absent themselves,
  so that any link of their references is wrong;
- in text: the same works cited in paragraphs amid other numbers, found there first;
- publishers: real texts of reference lists to which Crossref's members gave a DOI (cut from the
  text), against works as *another* list or a whole record tells them, or as the same list does;
- patents: 999 real references of US patents, whose works are not in the pool but for those named
  in `REVIEWED`: any other link is wrong.

Works, and the patents' texts, are split by a hash into tune and test; weights and calibration saw
the tune half. The test half is not untouched: some fifty of its errors were read while the
evidence was designed, the least score was chosen with both halves in view, and the rules for
running text were made on paragraphs of the same templates. What is measured is therefore drawn
anew (`--salt`): other references to the same works, other likenesses and strangers. The templates
are the same, and there is no real running text with a known truth here. Identifiers are cut from
the texts: links by DOI, PubMed's or arXiv's number are not measured. Intervals are Wilson's, or
those of a thousand samples of works drawn with replacement where these are wider, because
references to one work err together.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.linkage import works as real
from benchmarks.linkage.figures import Figure, growth_exponent, share, show
from benchmarks.linkage.rendered_references import confusable, paragraph, render, stranger
from transforms.linkage import papers
from transforms.linkage.paper_passages import link_passages
from transforms.linkage.papers import (
    ACCEPTED_SCORE,
    EVIDENCE,
    WORKS,
    Model,
    best_candidates,
    compared,
    link_papers,
)

COMMAND = "python -m benchmarks.linkage.papers"
LINK_TYPE = "patent to paper"
ABSENT_SHARE = 0.3
STRANGERS = 100_000
FRESH = "drawn after the design"
# Read one by one: the only link of the patents' texts that is right.
REVIEWED = {"gapped blast and psi-blast: a new generation": "DOI:10.1093/nar/25.17.3389"}
WEIGHTS = Path(papers.__file__).with_name("paper_weights.py")
Work = dict[str, Any]
Vector = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """References with their true work, null where it is not in the pool, and the pool."""

    name: str
    references: pl.DataFrame
    pool: pl.DataFrame
    salt: str = ""


def hashed(text: str, salt: str) -> float:
    """Return a number from 0 to 1 that depends on the texts alone."""
    return int(hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()[:12], 16) / 16**12


def is_test(work_id: str) -> bool:
    """Whether a work is of the half that is measured."""
    return hashed(work_id, "half") < 0.5


def is_absent(work_id: str) -> bool:
    """Whether a work is left out of the pool, so that no link to it can be right."""
    return hashed(work_id, "absent") < ABSENT_SHARE


def rendered(
    known: pl.DataFrame, each: int = 3, strangers: int = STRANGERS, salt: str = ""
) -> Case:
    """Return references rendered from the works, and the pool with what resembles them."""
    all_works: list[Work] = [
        {**work, "year": work["publication_year"]} for work in known.iter_rows(named=True)
    ]
    usable = [
        work for work in all_works if work["title"] and work["year"] and len(work["title"]) > 8
    ]
    references: list[tuple[str, str, str | None, str]] = []
    similar: list[Work] = []
    for work in usable:
        draw = random.Random(f"{salt}{work['work_id']}")
        truth = None if is_absent(work["work_id"]) else work["work_id"]
        for number in range(each):
            reference_id = f"{work['work_id']}#{number}"
            references.append((reference_id, render(work, draw), truth, work["work_id"]))
        for number, other in enumerate(confusable(work, draw, usable)):
            similar.append({**other, "work_id": f"{work['work_id']}~{number}"})
    draw = random.Random(f"{salt}strangers")
    similar += [stranger(number, usable, draw) for number in range(strangers)]
    present = [work for work in all_works if not is_absent(work["work_id"])]
    nothing = dict.fromkeys(("doi", "pmid", "arxiv_id"))
    rows = [
        {name: ({**work, **nothing, "publication_year": work["year"]})[name] for name in WORKS}
        for work in [*present, *similar]
    ]
    return Case("rendered", _references(references), pl.DataFrame(rows, schema=WORKS), salt)


def published(known: pl.DataFrame, *, other_source: bool) -> Case:
    """Return real references of publishers' lists; some of their works are left out.

    With `other_source` only those whose work a whole record, or another list, describes.
    """
    texts = real.written_references()
    cited = real.cited_works()
    whole = known.filter(~pl.col("work_id").is_in(cited["work_id"].implode()))
    elsewhere = pl.concat(
        [
            texts.join(cited, on="doi", suffix="_of_work")
            .filter(pl.col("citing_doi") != pl.col("citing_doi_of_work"))
            .select("reference_id", *WORKS.names()),
            texts.join(whole, on="doi").select("reference_id", *WORKS.names()),
        ]
    )
    chosen = texts.join(elsewhere, on="reference_id", how="semi" if other_source else "anti")
    pool = known
    if other_source:
        described = elsewhere.sort("work_id").unique("work_id", keep="first", maintain_order=True)
        kept = known.join(described, on="work_id", how="anti")
        pool = pl.concat([kept, described.select(WORKS.names())])
    ids = dict(pool.select("doi", "work_id").drop_nulls().rows())
    rows = [
        (reference_id, text, None if is_absent(ids[doi]) else ids[doi], ids[doi])
        for reference_id, text, doi, _ in chosen.rows()
        if doi in ids
    ]
    absent = [work for _, _, truth, work in rows if truth is None]
    pool = pool.filter(~pl.col("work_id").is_in(absent))
    name = "publishers, work told elsewhere" if other_source else "publishers, work told there"
    return Case(name, _references(rows), pool)


def _references(rows: list[tuple[str, str, str | None, str]]) -> pl.DataFrame:
    schema = {name: pl.String() for name in ("reference_id", "text", "truth", "cluster")}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        is_test=pl.col("cluster").map_elements(is_test, return_dtype=pl.Boolean)
    )


def candidates_of(case: Case) -> pl.DataFrame:
    """Return the compared candidates of the tune half, with the truth beside them."""
    half = case.references.filter(~pl.col("is_test"))
    found = compared(half.select("reference_id", "text"), case.pool)
    return found.join(half.select("reference_id", "truth", "cluster"), on="reference_id")


def of_patents(known: pl.DataFrame) -> Case:
    """Return the real references of patents; almost none of their works is in the pool."""
    rows = []
    for reference_id, text in real.patent_references().rows():
        work_id = next((work for words, work in REVIEWED.items() if words in text), None)
        rows.append((reference_id, text, work_id, reference_id))
    return Case("patents", _references(rows), known)


def fit(tables: list[pl.DataFrame]) -> Model:
    """Return the model that fits candidates with a known truth.

    Logistic regression with a ridge, by Newton's method, over one column for each value of each
    kind of evidence; then slope and intercept of the best candidates' probabilities.
    """
    table = pl.concat(tables)
    names = [(kind, value) for kind, values in EVIDENCE.items() for value in values]
    columns = [(table[kind] == value).cast(pl.Float64) for kind, value in names]
    x = np.column_stack([np.ones(table.height), *(column.to_numpy() for column in columns)])
    weights = _logistic(x, _is_right(table), ridge=1.0)
    found: dict[str, dict[str, float]] = {}
    for (kind, value), weight in zip(names, weights[1:], strict=True):
        found.setdefault(kind, {})[value] = round(float(weight), 3)
    bias = round(float(weights[0]), 3)
    best = best_candidates(table, Model(bias, found, (1.0, 0.0)))
    best = best.join(table.select("reference_id", "truth").unique(), on="reference_id")
    score = best["score"].clip(1e-6, 1 - 1e-6)
    logit = (score / (1 - score)).log().to_numpy()
    both = np.column_stack([np.ones(len(logit)), logit])
    intercept, slope = _logistic(both, _is_right(best), ridge=0.1)
    return Model(bias, found, (round(float(slope), 3), round(float(intercept), 3)))


def _is_right(table: pl.DataFrame) -> Vector:
    right = (table["work_id"] == table["truth"]).fill_null(value=False)
    return right.cast(pl.Float64).to_numpy()


def _logistic(x: Vector, y: Vector, ridge: float) -> Vector:
    weights = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (y - p) - penalty * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def write_weights(model: Model) -> None:
    """Write a model to the module that `transforms.linkage.papers` reads it from."""
    text = (
        '"""What the evidence for a paper weighs; written by `benchmarks.linkage.papers --fit`."""'
        f"\n\nBIAS = {model.bias}\n\nWEIGHTS = {json.dumps(dict(model.weights), indent=4)}\n\n"
        f"CALIBRATION = {model.calibration}\n"
    )
    WEIGHTS.write_text(text, encoding="utf-8")


def judged(case: Case) -> pl.DataFrame:
    """Return the test half's references with the link found, if any, and whether it is right."""
    half = case.references.filter(pl.col("is_test"))
    links = link_papers(half.select("reference_id", "text"), case.pool)
    return half.join(links, on="reference_id", how="left").with_columns(
        is_right=(pl.col("work_id") == pl.col("truth")).fill_null(value=False)
    )


def in_text(case: Case, known: pl.DataFrame) -> pl.DataFrame:
    """Return the works cited in paragraphs, and those found there, as one row per pair.

    A paragraph cites six works of the test half. What was found but is not cited is wrong.
    """
    test = case.references.filter(pl.col("is_test")).select("truth", "cluster").unique()
    by_id = {row["work_id"]: row for row in known.iter_rows(named=True)}
    wanted = ("authors", "journal_name", "volume", "first_page", "publication_year", "title")
    works = [
        {**by_id[cluster], "year": by_id[cluster]["publication_year"], "truth": truth}
        for truth, cluster in test.sort("cluster").rows()
        if all(by_id[cluster][name] for name in wanted)
    ]
    draw = random.Random(f"{case.salt}paragraphs")
    draw.shuffle(works)
    groups = [works[at : at + 6] for at in range(0, len(works), 6)]
    texts = pl.DataFrame(
        {
            "document_id": [f"D{number}" for number in range(len(groups))],
            "text": [paragraph(group, draw) for group in groups],
        }
    )
    found = link_passages(texts, case.pool)
    cited = pl.DataFrame(
        [
            (f"D{number}", work["truth"], work["work_id"])
            for number, group in enumerate(groups)
            for work in group
        ],
        schema=["document_id", "truth", "cluster"],
        orient="row",
    )
    return cited.join(
        found.select("document_id", "work_id", "score", "confidence"),
        left_on=["document_id", "truth"],
        right_on=["document_id", "work_id"],
        how="full",
        coalesce=True,
    ).with_columns(
        is_right=pl.col("cluster").is_not_null() & pl.col("score").is_not_null(),
        # A link to nothing that is cited errs alone.
        cluster=pl.coalesce("cluster", pl.concat_str("document_id", "truth")),
        is_cited=pl.col("cluster").is_not_null() & pl.col("truth").is_not_null(),
    )


def calibration_error(judgement: pl.DataFrame) -> float:
    """Return the mean distance of promised and true shares of right links, over ten classes."""
    found = judgement.filter(pl.col("score").is_not_null())
    classes = found.group_by("confidence").agg(
        promised=pl.col("score").mean(), true=pl.col("is_right").mean(), links=pl.len()
    )
    distance = (classes["promised"] - classes["true"]).abs() * classes["links"]
    return float(distance.sum()) / found.height


def figures_of(name: str, judgement: pl.DataFrame, link_type: str = LINK_TYPE) -> list[Figure]:
    """Return precision, recall and calibration error of accepted links."""
    linked = judgement.filter(pl.col("score") >= ACCEPTED_SCORE)
    present = judgement.filter(pl.col("is_cited"))
    right = pl.col("is_right") & (pl.col("score") >= ACCEPTED_SCORE)
    present = present.with_columns(is_right=right.fill_null(value=False))
    return [
        _share(name, link_type, "precision", linked),
        _share(name, link_type, "recall", present),
        Figure(
            link_type, name, "calibration error", calibration_error(judgement), None, None,
            judgement["score"].count(), COMMAND,
        ),
    ]  # fmt: skip


def _share(name: str, link_type: str, measure: str, rows: pl.DataFrame) -> Figure:
    figure = share(link_type, name, measure, int(rows["is_right"].sum()), rows.height, COMMAND)
    by_work = rows.sort("cluster").group_by("cluster", maintain_order=True)
    counts = by_work.agg(hits=pl.col("is_right").sum(), cases=pl.len())
    hits, cases = counts["hits"].to_numpy(), counts["cases"].to_numpy()
    draw = np.random.default_rng(4)
    drawn = draw.integers(0, len(hits), (1000, len(hits)))
    low, high = np.quantile(hits[drawn].sum(1) / cases[drawn].sum(1), [0.025, 0.975])
    assert figure.low is not None
    assert figure.high is not None
    return replace(figure, low=min(float(low), figure.low), high=max(float(high), figure.high))


def speed(sizes: list[int]) -> list[Figure]:
    """Return references per second against as many works, and how the time grows."""
    known = real.works()
    seconds = []
    figures = []
    for size in sizes:
        case = rendered(known, each=1, strangers=size)
        texts = case.references["text"]
        repeated = pl.concat([texts] * (size // len(texts) + 1)).head(size)
        references = repeated.to_frame("text").with_row_index("reference_id")
        references = references.with_columns(pl.col("reference_id").cast(pl.String))
        start = time.perf_counter()
        link_papers(references, case.pool)
        seconds.append(time.perf_counter() - start)
        data = f"{size:,} references, {case.pool.height:,} works"
        command = f"{COMMAND} --speed {size}"
        rate = size / seconds[-1]
        figures.append(
            Figure(LINK_TYPE, data, "references per second", rate, None, None, size, command)
        )
    if len(sizes) > 1:
        exponent = growth_exponent(sizes, seconds)
        data = f"{sizes[0]:,} to {sizes[-1]:,} references"
        command = f"{COMMAND} --speed {' '.join(map(str, sizes))}"
        figures.append(
            Figure(LINK_TYPE, data, "growth exponent", exponent, None, None, len(sizes), command)
        )
    return figures


def measure(options: argparse.Namespace) -> list[Figure]:
    """Return the figures on the test half, or of speed; with `--fit` fit the weights first."""
    if options.speed:
        return speed(options.speed)
    known = real.works()
    case = rendered(known, salt="" if options.fit else options.salt)
    elsewhere, there = (published(known, other_source=other) for other in (True, False))
    patents = of_patents(known)
    if options.fit:
        model = fit([candidates_of(each) for each in (case, there, patents)])
        write_weights(model)
        sys.exit("fitted and written; run again without --fit to measure")
    figures: list[Figure] = []
    for each in (case, elsewhere, there):
        judgement = judged(each).with_columns(is_cited=pl.col("truth").is_not_null())
        figures += figures_of(each.name, judgement)
    figures += figures_of("in text", in_text(case, known), "patent to paper, in text")
    links = judged(patents).filter(pl.col("score") >= ACCEPTED_SCORE)
    count = patents.references["is_test"].sum()
    wrong = links.height - int(links["is_right"].sum())
    figures.append(
        share(LINK_TYPE, patents.name, "wrong links per reference", wrong, count, COMMAND)
    )
    return figures


def parser() -> argparse.ArgumentParser:
    """Return the options of this benchmark."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--fit", action="store_true")
    # Errors of the first draw, also of its test half, were read while the evidence was designed.
    options.add_argument("--salt", default=FRESH, help="draw references and likenesses anew")
    options.add_argument("--speed", type=int, nargs="+")
    return options


def figures() -> list[Figure]:
    """Return all figures, as for the page on linkage."""
    return [*measure(parser().parse_args([])), *speed([10_000, 100_000])]


if __name__ == "__main__":
    show(measure, parser())

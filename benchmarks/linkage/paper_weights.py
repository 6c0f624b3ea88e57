"""Fits what the evidence for a paper weighs, and how sure that makes a link."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from transforms.linkage import papers
from transforms.linkage.paper_evidence import EVIDENCE
from transforms.linkage.papers import Model, best_candidates

WEIGHTS = Path(papers.__file__).with_name("paper_weights.py")
Vector = npt.NDArray[np.float64]


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

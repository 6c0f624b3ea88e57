"""Linkage on the offices' real files: what was promised holds, on the half that is measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.linkage import concordances, declarations, papers, places
from benchmarks.linkage.families import declared_families
from warehouse.link_quality import Figure

pytestmark = [pytest.mark.real, pytest.mark.slow]


def values(figures: list[Figure]) -> dict[tuple[str, str], float]:
    assert figures
    assert all(figure.item_count > 0 for figure in figures)
    return {(figure.data, figure.measure): figure.value for figure in figures}


def test_papers_are_found_as_promised(real: Path) -> None:
    found = values(papers.of_test_half())
    assert found["rendered", "precision"] >= 0.99
    assert found["rendered", "recall"] >= 0.88
    assert found["rendered", "calibration_error"] <= 0.03
    assert found["in text", "precision"] >= 0.99
    assert found["in text", "recall"] >= 0.88
    assert found["publishers, work told there", "precision"] >= 0.99
    assert found["patents", "wrong_link_share"] == 0


def test_the_gazette_s_addresses_resolve(real: Path) -> None:
    figures = places.measure(places.parser().parse_args([]))
    found = {(figure.level, figure.measure): figure.value for figure in figures}
    assert found["addresses, country", "coverage_share"] == 1
    assert found["mainland addresses, city", "coverage_share"] >= 0.999
    assert found["addresses with a telling postcode, city", "precision"] >= 0.99
    assert found["addresses with a telling postcode, city", "recall"] >= 0.99


def test_the_concordances_cover_real_documents(real: Path) -> None:
    found = values(concordances.measure(concordances.parser().parse_args([])))
    assert found["real documents, trilingual edition", "coverage_share"] >= 0.999
    for digits in ("2 digits", "3 digits"):
        data = f"real documents, NACE 2 at {digits}"
        assert found[data, "coverage_share"] >= 0.99
        assert found[data, "whole_weight_share"] == 1


def test_families_are_those_of_etsi_s_database(real: Path) -> None:
    assert {figure.value for figure in declared_families()} == {1.0}


def test_declared_patents_reach_their_families_and_both_numbers_of_a_text(real: Path) -> None:
    figures = declarations.measure(declarations.parser().parse_args([]))
    assert len(figures) == 6
    assert all(figure.item_count >= 100 for figure in figures)
    assert {figure.value for figure in figures} == {1.0}

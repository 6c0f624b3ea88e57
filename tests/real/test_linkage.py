"""Linkage on the offices' real files: what was promised holds, on the half that is measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.linkage import concordances, papers, places
from benchmarks.linkage.families import declared_families
from benchmarks.linkage.figures import Figure

pytestmark = [pytest.mark.real, pytest.mark.slow]


def values(figures: list[Figure]) -> dict[tuple[str, str], float]:
    assert all(figure.cases > 0 for figure in figures)
    return {(figure.data, figure.measure): figure.value for figure in figures}


def test_papers_are_found_as_promised(real: Path) -> None:
    found = values(papers.measure(papers.parser().parse_args([])))
    assert found["rendered", "precision"] >= 0.99
    assert found["rendered", "recall"] >= 0.88
    assert found["rendered", "calibration error"] <= 0.03
    assert found["in text", "precision"] >= 0.99
    assert found["in text", "recall"] >= 0.88
    assert found["publishers, work told there", "precision"] >= 0.99
    assert found["patents", "wrong links per reference"] == 0


def test_the_gazette_s_addresses_resolve(real: Path) -> None:
    found = values(places.measure(places.parser().parse_args([])))
    assert found["gazette of 2019", "country known"] == 1
    assert found["gazette of 2019", "mainland addresses at city level"] >= 0.999
    assert found["gazette of 2019", "city is the postcode's"] >= 0.99


def test_the_concordances_cover_real_documents(real: Path) -> None:
    found = values(concordances.figures())
    assert found["real documents, trilingual edition", "publications with a field"] >= 0.999
    for digits in ("2 digits", "3 digits"):
        assert found[f"real documents, {digits}", "publications with an industry"] >= 0.99
        assert found[f"real documents, {digits}", "weights that add up to 1"] == 1


def test_families_are_those_of_etsi_s_database(real: Path) -> None:
    assert {figure.value for figure in declared_families()} == {1.0}

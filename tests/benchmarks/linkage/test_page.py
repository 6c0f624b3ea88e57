"""The page on linkage says what the file of figures says, all of it and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.linkage import page
from benchmarks.linkage.figures import PARTS, Subject
from benchmarks.linkage.targets import TARGETS, target_of
from warehouse.link_quality import read_figures

MORE = "<!-- figures: xref_a__b | precision, recall -->\n<!-- end -->\n"


def test_the_page_is_what_the_file_says() -> None:
    texts = page.read()
    figures = read_figures()
    assert len(figures) > 80
    assert page.render(texts, figures) == texts, "run `python -m benchmarks.linkage.page`"
    assert max(text.count("\n") for text in texts) <= 400


def test_every_figure_is_of_a_known_part_and_has_the_target_that_is_set() -> None:
    figures = read_figures()
    assert {each.part for each in figures} == {f"benchmarks.linkage.{part}" for part in PARTS}
    assert [each.target for each in figures] == [target_of(each) for each in figures]


def test_shares_stand_within_their_intervals() -> None:
    shares = [each for each in read_figures() if each.low is not None and each.high is not None]
    assert len(shares) > 60
    assert all(0 <= each.low <= each.value <= each.high <= 1 for each in shares)


def test_figures_of_one_thing_are_one_row() -> None:
    of = Subject("xref_a__b", "planted", "pairs", "v1", is_test_half=True)
    figures = [of.share("precision", 99, 100), of.share("recall", 8, 10)]
    lines = page.render([MORE], figures)[0].splitlines()
    assert lines[3] == (
        "| planted | pairs | test | 100 / 10 | 0.9900 (0.9455–0.9982) | 0.8000 (0.4902–0.9433) |"
    )
    assert page.render(["\n".join(lines) + "\n"], figures)[0].splitlines() == lines
    with pytest.raises(ValueError, match="two figures of one thing"):
        page.render([MORE], [figures[0], figures[0]])


def test_a_figure_without_a_place_is_refused() -> None:
    figure = Subject("xref_a__b", "planted", "pairs").share("accuracy", 1, 2)
    with pytest.raises(ValueError, match=r"no table of a page shows xref_a__b | accuracy"):
        page.render([MORE], [figure])


def test_a_target_that_nothing_was_measured_for_is_not_passed_over() -> None:
    target = TARGETS[0]
    of = Subject(target.link_type, target.data, target.level)
    low, high = (replace(of.figure(target.measure, value, 10), target=target.bound)
                 for value in (0.99, 0.996))  # fmt: skip
    near = replace(high, low=0.9, high=1.0)
    cells = [page.targets(each).splitlines()[2].split(" | ")[-1] for each in
             ([], [low], [high], [near])]  # fmt: skip
    assert cells == ["**not measured** |", "**missed** |", "yes |", "yes, interval spans it |"]

"""Groups grow by sure links, and not by chains."""

from __future__ import annotations

import polars as pl

from transforms.linkage.clustering import cluster


def groups(
    size: int,
    links: list[tuple[int, int, float]],
    places: dict[int, str] | None = None,
    numbers: dict[int, dict[str, str]] | None = None,
    certain: list[tuple[int, int]] | None = None,
    chinese: dict[int, str] | None = None,
) -> list[int]:
    scored = pl.DataFrame(
        links, schema=["record_id_l", "record_id_r", "score"], orient="row"
    ).with_columns(pl.col("score").cast(pl.Float64))
    found = cluster(
        [(places or {}).get(at, "") for at in range(size)],
        [(numbers or {}).get(at, {}) for at in range(size)],
        [(chinese or {}).get(at) for at in range(size)],
        certain or [],
        scored,
        threshold=0.5,
        support=0.3,
    )
    return found.group


def test_sure_links_make_a_group_and_weak_ones_do_not() -> None:
    assert groups(4, [(0, 1, 0.9), (1, 2, 0.4), (2, 3, 0.8)]) == [0, 0, 2, 2]


def test_one_bad_link_does_not_join_two_large_groups() -> None:
    left = [(a, b, 0.99) for a in range(5) for b in range(a + 1, 5)]
    right = [(a, b, 0.99) for a in range(5, 10) for b in range(a + 1, 10)]
    assert len(set(groups(10, [*left, *right, (0, 5, 0.7)]))) == 2
    bridged = [(a, a + 5, 0.7) for a in range(5)]
    assert len(set(groups(10, [*left, *right, *bridged]))) == 1


def test_places_and_numbers_that_differ_keep_groups_apart() -> None:
    places = {0: "china/guangdong/guangzhou", 1: "china/guangdong/shenzhen"}
    assert groups(2, [(0, 1, 0.9)], places=places) == [0, 1]
    within = {0: "china/guangdong/guangzhou", 1: "china/guangdong"}
    assert groups(2, [(0, 1, 0.9)], places=within) == [0, 0]
    assert groups(2, [(0, 1, 0.9)], numbers={0: {"lei": "A"}, 1: {"lei": "B"}}) == [0, 1]
    assert groups(2, [(0, 1, 0.9)], numbers={0: {"lei": "A"}, 1: {"ror": "B"}}) == [0, 0]


def test_what_shares_a_number_is_one_without_a_link() -> None:
    assert groups(3, [(1, 2, 0.1)], certain=[(0, 2)]) == [0, 1, 0]


def test_full_names_in_chinese_characters_that_differ_are_two_organisations() -> None:
    universities = {0: "暨南大学", 1: "济南大学"}
    assert groups(2, [(0, 1, 0.9)], chinese=universities) == [0, 1]
    slip = {0: "广州恒达科技发展实业", 1: "广州桓达科技发展实业"}
    assert groups(2, [(0, 1, 0.9)], chinese=slip) == [0, 0]
    by_number = {0: "中国电子科技集团第二十一研究所", 1: "中国电子科技集团第二十七研究所"}
    assert groups(2, [(0, 1, 0.9)], chinese=by_number) == [0, 1]
    # A name in Latin letters links both, and only one of them can have it.
    bridged = {0: "广东工业大学", 1: "广州华立学院"}
    assert groups(3, [(0, 2, 0.9), (1, 2, 0.8)], chinese=bridged) == [0, 1, 0]

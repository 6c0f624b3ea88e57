"""Names that two offices give for one owner: what counts, and what it teaches the matcher."""

from __future__ import annotations

import polars as pl

from transforms.linkage.co_occurrence import names_together
from transforms.linkage.parties import link_parties

CHINESE, ENGLISH = "广州恒达科技有限公司", "Hengtek Technology Co., Ltd."
BUYER = "Placeholder Holdings Inc."


def things(*rows: tuple[str, str, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["thing_id", "office", "name"], orient="row")


def test_only_single_owners_at_two_offices_are_together() -> None:
    found = names_together(
        things(
            ("f1", "CN", CHINESE),
            ("f1", "US", ENGLISH),
            ("f2", "CN", CHINESE),
            ("f2", "US", ENGLISH),
            # Two owners abroad: either may be meant.
            ("f3", "CN", CHINESE),
            ("f3", "US", ENGLISH),
            ("f3", "US", BUYER),
            # One office alone says nothing.
            ("f4", "CN", "深圳市另一家有限公司"),
        )
    )
    assert found.rows() == [(ENGLISH, CHINESE, 2, True)]
    sold = names_together(
        things(
            ("f1", "CN", CHINESE),
            ("f1", "US", ENGLISH),
            ("f2", "CN", CHINESE),
            ("f2", "US", BUYER),
        )
    )
    assert sold.height == 2
    assert sold["is_exclusive"].to_list() == [False, False]


def test_what_is_together_often_is_one_party_and_what_was_sold_once_is_not() -> None:
    mentions = pl.DataFrame({"mention_id": ["1", "2", "3"], "name": [CHINESE, ENGLISH, BUYER]})
    alone = dict(link_parties(mentions).select("mention_id", "party_id").iter_rows())
    assert len(set(alone.values())) == 3
    often = [
        (f"f{at}", office, name)
        for at in range(4)
        for office, name in (("CN", CHINESE), ("US", ENGLISH))
    ]
    together = names_together(things(*often))
    linked = dict(
        link_parties(mentions, together=together).select("mention_id", "party_id").iter_rows()
    )
    assert linked["1"] == linked["2"] != linked["3"]
    sold = names_together(things(*often, ("s", "CN", CHINESE), ("s", "US", BUYER)))
    linked = dict(
        link_parties(mentions, together=sold).select("mention_id", "party_id").iter_rows()
    )
    assert linked["3"] != linked["1"]


def test_parts_of_a_university_that_are_bodies_of_their_own_stay_apart() -> None:
    names = [
        "Placeton University",
        "Placeton University Hospital",
        "Placeton University Press",
        "Placeton University Science Park",
        "景德镇陶瓷大学",
        "景德镇陶瓷大学科技艺术学院",
    ]
    mentions = pl.DataFrame({"mention_id": [str(at) for at in range(len(names))], "name": names})
    assert link_parties(mentions)["party_id"].n_unique() == len(names)

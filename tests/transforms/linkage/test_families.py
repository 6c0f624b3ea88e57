"""Families: the EPO's own examples, chains of continuations, wrong priorities, any order."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from transforms.linkage import families
from transforms.linkage.components import connected_components
from transforms.linkage.families import (
    LINKS,
    application_id,
    continuity_links,
    extended_families,
    national_phase_links,
    priority_links,
    relation_links,
    simple_families,
    suspect_links,
    without_breaks,
)

NO_DATES = pl.LazyFrame(schema={"application_id": pl.String, "filing_date": pl.Date})


def links_of(*links: tuple[str, str, str]) -> pl.LazyFrame:
    rows = [(child, earlier, kind, None) for child, earlier, kind in links]
    return pl.LazyFrame(rows, schema=LINKS, orient="row")


def applications_of(*ids: str) -> pl.LazyFrame:
    return pl.LazyFrame({"application_id": list(ids)}, schema={"application_id": pl.String})


def grouped(table: pl.DataFrame, column: str, *ids: str) -> list[list[str]]:
    """Return the ids in groups of one family each, both in order."""
    found: dict[str, list[str]] = {}
    for name, family in table.select("application_id", column).sort("application_id").rows():
        if name in ids:
            found.setdefault(family, []).append(name)
    return sorted(found.values())


# D1 claims P1, D2 and D3 claim P1 and P2, D4 claims P2 and P3, D5 claims P3.
DOCUMENTS = ("D1", "D2", "D3", "D4", "D5")
CHAIN = links_of(
    ("D1", "P1", "priority"),
    ("D2", "P1", "priority"),
    ("D2", "P2", "priority"),
    ("D3", "P1", "priority"),
    ("D3", "P2", "priority"),
    ("D4", "P2", "priority"),
    ("D4", "P3", "priority"),
    ("D5", "P3", "priority"),
)


def test_the_epo_s_chain_is_four_simple_families() -> None:
    found = simple_families(applications_of(*DOCUMENTS), CHAIN)
    assert found.height == 8  # the priorities are applications, too
    assert grouped(found, "simple_family_id", *DOCUMENTS) == [
        ["D1"],
        ["D2", "D3"],
        ["D4"],
        ["D5"],
    ]


def test_the_epo_s_chain_is_one_extended_family() -> None:
    found = extended_families(applications_of(*DOCUMENTS), CHAIN, NO_DATES)
    assert found.height == 8
    assert found["extended_family_id"].unique().to_list() == ["EXT:D1"]
    assert found["application_count"].unique().to_list() == [8]


def test_first_filings_are_priorities_and_children_join_their_parent() -> None:
    # One invention: a provisional, its PCT and two national phases, a continuation, a division
    # of that, and a first filing elsewhere that another office's application claims.
    links = links_of(
        ("US2", "US1", "provisional"),
        ("WO1", "US1", "priority"),
        ("EP1", "WO1", "national_stage"),
        ("EP1", "US1", "priority"),
        ("CN1", "WO1", "national_stage"),
        ("US3", "US2", "continuation"),
        ("US4", "US3", "division"),
        ("US5", "US2", "continuation_in_part"),
        ("JP2", "JP1", "priority"),
    )
    ids = ("US2", "WO1", "EP1", "CN1", "US3", "US4", "US5", "JP1", "JP2")
    found = simple_families(applications_of(*ids), links)
    assert grouped(found, "simple_family_id", *ids) == [
        ["CN1", "EP1", "US2", "US3", "US4", "WO1"],
        ["JP1", "JP2"],
        ["US5"],  # new matter: its parent is a priority
    ]
    methods = dict(found.select("application_id", "method").rows())
    assert methods["US2"] == "claimed"
    assert methods["US4"] == "parent: claimed"
    assert methods["JP1"] == "first filing"
    extended = extended_families(applications_of(*ids), links, NO_DATES)
    assert grouped(extended, "extended_family_id", *ids) == [
        ["CN1", "EP1", "US2", "US3", "US4", "US5", "WO1"],
        ["JP1", "JP2"],
    ]


def test_an_international_application_that_nobody_published_has_its_children_s_priorities() -> None:
    links = links_of(
        ("US1", "WO1", "national_stage"),
        ("EP1", "WO1", "national_stage"),
        ("EP1", "JP1", "priority"),
        ("KR1", "JP1", "priority"),
    )
    found = simple_families(applications_of("US1", "EP1", "KR1"), links)
    assert grouped(found, "simple_family_id", "US1", "EP1", "KR1") == [["EP1", "KR1", "US1"]]
    assert dict(found.select("application_id", "method").rows())["US1"] == (
        "parent: claimed by children"
    )


def test_a_child_of_two_inventions_is_a_family_of_its_own() -> None:
    links = links_of(("C", "A", "continuation"), ("C", "B", "continuation"))
    found = simple_families(applications_of("A", "B", "C"), links)
    assert grouped(found, "simple_family_id", "A", "B", "C") == [["A"], ["B"], ["C"]]


def test_applications_that_name_each_other_as_parents_are_one_family() -> None:
    links = links_of(
        ("A", "B", "continuation"), ("B", "C", "division"), ("C", "A", "continuation"),
        ("D", "A", "division"),
    )  # fmt: skip
    found = simple_families(applications_of("A", "B", "C", "D"), links)
    assert found.height == 4
    assert grouped(found, "simple_family_id", "A", "B", "C", "D") == [["A", "B", "C", "D"]]


def test_a_chain_of_a_thousand_continuations_has_one_root() -> None:
    links = links_of(*((f"{n + 1:04}", f"{n:04}", "continuation") for n in range(1000)))
    found = simple_families(applications_of("1000"), links)
    assert found.height == 1001
    assert found["simple_family_id"].unique().to_list() == ["DOC:0000"]


def test_a_wrong_priority_is_broken_by_a_reviewed_line() -> None:
    # A mattress and a hose of an air brake were one family by a wrong Israeli priority.
    links = links_of(
        ("mattress", "IL1", "priority"),
        ("hose", "US1", "priority"),
        ("hose", "IL1", "priority"),
    )
    breaks = pl.LazyFrame(
        {
            "application_id": ["hose", "hose"],
            "earlier_id": ["IL1", "IL2"],
            "reason": ["the number is another invention's", "mended at the office"],
        }
    )
    applications = applications_of("mattress", "hose")
    before = extended_families(applications, links, NO_DATES)
    assert before["extended_family_id"].n_unique() == 1
    kept, needless = without_breaks(links, breaks)
    after = extended_families(applications, kept, NO_DATES)
    assert grouped(after, "extended_family_id", "mattress", "hose") == [["hose"], ["mattress"]]
    assert needless.collect()["earlier_id"].to_list() == ["IL2"]


def test_a_family_is_named_after_its_earliest_application_and_keeps_the_name() -> None:
    day = date(2001, 1, 1)
    links = links_of(("A2", "Z1", "priority")).with_columns(earlier_date=pl.lit(day))
    first = extended_families(applications_of("A2"), links, NO_DATES)
    assert set(first["extended_family_id"]) == {"EXT:Z1"}
    later = pl.concat([links, links_of(("A1", "A2", "continuation"))])
    dates = pl.LazyFrame({"application_id": ["A1"], "filing_date": [day + timedelta(900)]})
    assert set(extended_families(applications_of("A2"), later, dates)["extended_family_id"]) == {
        "EXT:Z1"
    }


def test_links_that_their_dates_belie_are_suspect() -> None:
    links = pl.LazyFrame(
        [
            ("A", "P1", "priority", date(2005, 1, 1)),
            ("A", "P2", "priority", date(2003, 7, 1)),
            ("A", "P3", "provisional", date(1999, 1, 1)),
        ],
        schema=LINKS,
        orient="row",
    )
    dates = pl.LazyFrame({"application_id": ["A"], "filing_date": [date(2004, 1, 1)]})
    found = suspect_links(links, dates).collect().sort("earlier_id")
    assert found["earlier_id"].to_list() == ["P1", "P3"]


@pytest.mark.parametrize(
    ("office", "number", "day", "expected"),
    [
        ("JP", "11-322368", date(1999, 11, 12), "JP:1999322368"),
        ("JP", "63-12345", date(1988, 1, 20), "JP:1988012345"),
        ("JP", "P2005-117654", date(2005, 4, 15), "JP:2005117654"),
        ("JP", "2002-019515", date(2002, 1, 29), "JP:2002019515"),
        ("JP", "JP20050178531", date(2005, 6, 17), "JP:2005178531"),
        ("JP", "P2005178531", date(2005, 6, 17), "JP:P2005178531"),
        ("KR", "KR20050030343", date(2005, 4, 12), "KR:1020050030343"),
        ("EP", "EP20010941209", date(2001, 6, 29), "EP:01941209"),
        ("WO", "WO2013JP72096", date(2013, 8, 19), "WO:PCT/JP2013/072096"),
        ("US", "US20070015401P", date(2007, 12, 20), "US:20070015401P"),
        ("US", "PCT/US98/05573", date(1998, 4, 3), "WO:PCT/US1998/005573"),
        ("US", "PCTDE99/01556", date(1999, 5, 25), "WO:PCT/DE1999/001556"),
        ("WO", "PCT/US2005/011924", date(2005, 4, 8), "WO:PCT/US2005/011924"),
        ("US", "09/690,455", date(2000, 10, 18), "US:09690455"),
        ("KR", "10-2005-0030343", date(2005, 4, 12), "KR:1020050030343"),
        ("GB", "0225961.2", date(2002, 11, 7), "GB:0225961"),
        ("EP", "188773055", date(2018, 1, 1), "EP:18877305"),
        ("EP", "18877305.5", date(2018, 1, 1), "EP:18877305"),
        ("DE", "102004057741", date(2004, 11, 30), "DE:102004057741"),
        ("CN", "CN201210003670.X", date(2012, 1, 6), "CN:201210003670X"),
        ("CN", "85100001", date(1985, 4, 1), "CN:85100001"),
        ("EM", "000962345-0010", date(2008, 6, 26), "EM:0009623450010"),
    ],
)
def test_numbers_of_all_offices_have_one_form(
    office: str, number: str, day: date, expected: str
) -> None:
    rows = pl.DataFrame({"office": [office], "number": [number], "day": [day]})
    found = rows.select(application_id(pl.col("office"), pl.col("number"), pl.col("day")))
    assert found.item() == expected


def test_links_come_from_staged_tables() -> None:
    grants = pl.LazyFrame(
        {
            "_snapshot_id": ["s"],
            "_record_number": [1],
            "office_code": ["US"],
            "application_number": ["11155901"],
            "filing_date": [date(2005, 6, 17)],
            "pct_application_number": ["PCT/US98/05573"],
            "pct_filing_date": [date(1998, 4, 3)],
        }
    )
    relations = pl.LazyFrame(
        {
            "_snapshot_id": ["s"] * 3,
            "_record_number": [1] * 3,
            "relation_type": ["continuation_in_part", "division", "related_publication"],
            "related_country_code": ["US"] * 3,
            "related_number": ["10627502", "09837720", "20050264651"],
            "related_date": [date(2003, 7, 25), date(2001, 4, 18), date(2005, 12, 1)],
            "child_application_number": ["11155901", "10627502", None],
        }
    )
    priorities = pl.LazyFrame(
        {
            "_snapshot_id": ["s"],
            "_record_number": [1],
            "priority_country_code": ["JP"],
            "priority_application_number": ["2002-019515"],
            "priority_application_number_raw": ["2002-019515"],
            "priority_date": [date(2002, 1, 29)],
        }
    )
    found = pl.concat(
        [
            relation_links(grants, relations),
            priority_links(grants, priorities),
            national_phase_links(grants),
        ]
    ).collect()
    assert sorted(found.select("application_id", "earlier_id", "link_kind").rows()) == [
        ("US:10627502", "US:09837720", "division"),
        ("US:11155901", "JP:2002019515", "priority"),
        ("US:11155901", "US:10627502", "continuation_in_part"),
        ("US:11155901", "WO:PCT/US1998/005573", "national_stage"),
    ]


def test_file_wrappers_tell_parents_and_children() -> None:
    continuity = pl.LazyFrame(
        {
            "relation_direction": ["parent", "child"],
            "parentage_type_code": ["CON", "XYZ"],
            "parent_application_number": ["16695054", "17248024"],
            "child_application_number": ["17248024", "18111222"],
            "related_filing_date": [date(2019, 11, 25), date(2023, 2, 17)],
        }
    )
    assert continuity_links(continuity).collect().sort("application_id").rows() == [
        ("US:17248024", "US:16695054", "continuation", date(2019, 11, 25)),
        ("US:18111222", "US:17248024", "unknown", None),
    ]


def test_components_do_not_depend_on_the_order_of_edges() -> None:
    draw = random.Random(7)
    edges = [(f"n{draw.randrange(400)}", f"n{draw.randrange(400)}") for _ in range(260)]
    expected = {name: name for edge in edges for name in edge}

    def top(name: str) -> str:
        while expected[name] != name:
            name = expected[name]
        return name

    for left, right in edges:
        first, last = sorted([top(left), top(right)])
        expected[last] = first
    answers = []
    for _ in range(3):
        draw.shuffle(edges)
        frame = pl.DataFrame(edges, schema=["left", "right"], orient="row")
        answers.append(connected_components(frame))
    assert answers[0].equals(answers[1])
    assert answers[1].equals(answers[2])
    names = answers[0]["node"].to_list()
    assert len(names) > 200
    first_of = dict(zip(names, answers[0]["component"].to_list(), strict=True))
    assert all(names[first_of[name]] == top(name) for name in names)


def test_the_reviewed_breaks_are_whole() -> None:
    path = Path(families.__file__).parent / "reviewed" / "family_breaks.csv"
    columns = dict.fromkeys(
        ("application_id", "earlier_id", "reason", "reviewed_date"), pl.String()
    )
    breaks = pl.read_csv(path, schema=columns)
    assert breaks.equals(breaks.drop_nulls())
    assert not breaks.select("application_id", "earlier_id").is_duplicated().any()

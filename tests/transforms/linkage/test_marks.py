"""Families of trademarks: by international registration, by claims, by text, owner and class."""

from __future__ import annotations

from datetime import date

import polars as pl

from transforms.linkage.marks import (
    EVIDENCE,
    MARKS,
    american_marks,
    claim_links,
    european_marks,
    mark_families,
)

NO_CLAIMS = pl.LazyFrame(schema={"mark_id": pl.String, "earlier_mark_id": pl.String})


def marks_of(*rows: tuple[str, str | None, date | None, str | None]) -> pl.LazyFrame:
    whole = [(mark, mark[:2], text, day, number) for mark, text, day, number in rows]
    return pl.LazyFrame(whole, schema=MARKS, orient="row")


def pairs_of(column: str, kind: type[pl.DataType], *rows: tuple[str, str | int]) -> pl.LazyFrame:
    return pl.LazyFrame(rows, schema={"mark_id": pl.String, column: kind}, orient="row")


def families(
    marks: pl.LazyFrame,
    owners: tuple[tuple[str, str], ...] = (),
    classes: tuple[tuple[str, int], ...] = (),
    claims: pl.LazyFrame = NO_CLAIMS,
) -> dict[str, tuple[str, str]]:
    found = mark_families(
        marks,
        pairs_of("owner_id", pl.String, *owners),
        pairs_of("class_number", pl.Int64, *classes),
        claims,
    )
    assert found.height == marks.collect().height
    rows = found.select("mark_id", "mark_family_id", "method").rows()
    return {mark: (family, method) for mark, family, method in rows}


def test_designations_of_one_international_registration_are_a_family() -> None:
    marks = marks_of(
        ("US:79100001", "ROSELLE", date(2011, 5, 2), "1080001"),
        ("EM:W01080001", "Roselle", date(2011, 4, 1), "1080001"),
        ("US:79100002", "ROSELLE", date(2011, 5, 2), "1080002"),
    )
    assert families(marks) == {
        "EM:W01080001": ("TM:EM:W01080001", "international registration"),
        "US:79100001": ("TM:EM:W01080001", "international registration"),
        "US:79100002": ("TM:US:79100002", "alone"),
    }


def test_text_alone_is_no_family_and_neither_is_text_and_owner() -> None:
    marks = marks_of(
        ("EM:018000001", "Polar Star", date(2019, 1, 1), None),
        ("US:88000001", "POLAR-STAR", date(2018, 1, 1), None),
        ("US:88000002", "POLAR STAR", date(2017, 1, 1), None),
        ("US:88000003", "Polar Star", date(2016, 1, 1), None),
    )
    owners = (
        ("EM:018000001", "P1"),
        ("US:88000001", "P1"),
        ("US:88000002", "P1"),
        ("US:88000003", "P2"),
    )
    classes = (
        ("EM:018000001", 9),
        ("EM:018000001", 42),
        ("US:88000001", 42),
        ("US:88000002", 30),
        ("US:88000003", 9),
    )
    found = families(marks, owners, classes)
    assert found["EM:018000001"] == ("TM:US:88000001", "text, owner and class")
    assert found["US:88000001"] == ("TM:US:88000001", "text, owner and class")
    assert found["US:88000002"] == ("TM:US:88000002", "alone")
    assert found["US:88000003"] == ("TM:US:88000003", "alone")


def test_a_claim_ties_marks_without_text_also_by_an_earlier_one_that_is_unknown() -> None:
    marks = marks_of(
        ("EM:018000001", None, date(2019, 1, 1), None),
        ("US:88000001", None, date(2018, 9, 1), None),
        ("EM:018000002", None, date(2019, 1, 1), None),
        ("EM:018000003", None, date(2019, 1, 2), None),
    )
    claims = claim_links(
        pl.LazyFrame(
            {
                "application_number": ["018000001", "018000002", "018000003", "018000003"],
                "country_code": ["US", "FR", "FR", "US"],
                "earlier_number": ["88/000,001", "4584090", "4584090", "88000001"],
                "status": ["Claimed", "Accepted", None, "Refused"],
            }
        )
    )
    found = families(marks, claims=claims)
    assert found["EM:018000001"] == ("TM:US:88000001", "claim")
    assert found["US:88000001"] == ("TM:US:88000001", "claim")
    assert found["EM:018000002"][0] == found["EM:018000003"][0] == "TM:EM:018000002"


def test_a_us_registration_number_is_not_taken_for_a_serial_number() -> None:
    claims = pl.LazyFrame(
        {
            "application_number": ["018000001"],
            "country_code": ["US"],
            "earlier_number": ["1234567"],
            "status": ["Accepted"],
        }
    )
    assert claim_links(claims).collect().is_empty()


def test_the_strongest_tie_is_the_method() -> None:
    marks = marks_of(
        ("EM:W01080001", "Roselle", date(2011, 4, 1), "1080001"),
        ("US:79100001", "ROSELLE", date(2011, 5, 2), "1080001"),
    )
    both = tuple((mark, "P1") for mark in ("EM:W01080001", "US:79100001"))
    found = families(marks, both, (("EM:W01080001", 3), ("US:79100001", 3)))
    assert {method for _, method in found.values()} == {"international registration"}
    assert list(EVIDENCE.values()) == sorted(EVIDENCE.values(), reverse=True)


def test_marks_come_from_staged_tables() -> None:
    european = european_marks(
        pl.LazyFrame(
            {
                "application_number": ["018222197", "W01567890"],
                "mark_text": ["TERRA S NOVA", "X"],
                "filing_date": [date(2020, 4, 8), None],
            },
            schema_overrides={"filing_date": pl.Date},
        )
    ).collect()
    assert european["international_number"].to_list() == [None, "1567890"]
    american = american_marks(
        pl.LazyFrame(
            {
                "serial_number": ["79100001", "79100001"],
                "mark_text": ["ROSELLE", "ROSELE"],
                "filing_date": [date(2011, 5, 2)] * 2,
                "transaction_date": [date(2015, 1, 1), date(2012, 1, 1)],
                "_snapshot_id": ["s", "s"],
                "_record_number": [1, 2],
            }
        ),
        pl.LazyFrame({"serial_number": ["79100001"], "international_number": ["01080001"]}),
    ).collect()
    assert american.rows() == [("US:79100001", "US", "ROSELLE", date(2011, 5, 2), "1080001")]

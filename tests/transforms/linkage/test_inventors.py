"""Inventors divided into persons: invented names only."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from transforms.linkage.inventors import block_keys, link_inventors, make_records

SURF, OPTICS = "Method for riding surfboards", "Optical lens polishing apparatus"
NEAR = {"assignee": "Example Optics, Inc.", "city": "Springfield", "region": "IL", "country": "US"}
FAR = {"assignee": "Beispiel Wellen GmbH", "city": "Kiel", "region": None, "country": "DE"}


def persons_of(*mentions: dict[str, object]) -> list[int]:
    """Return the person of each mention, in order."""
    table = pl.DataFrame(
        [{"mention_id": str(at), **each} for at, each in enumerate(mentions)],
        schema_overrides={"region": pl.String, "year": pl.Int32},
    )
    linked = link_inventors(table)
    assert linked["mention_id"].to_list() == table["mention_id"].to_list()
    return linked["person"].to_list()


def mention(
    first: str, last: str, title: str, year: int, site: dict[str, str | None]
) -> dict[str, object]:
    return {"first": first, "last": last, "title": title, "year": year, **site}


def test_one_person_under_two_spellings_of_a_name_is_one() -> None:
    one, two = persons_of(
        mention("Jane A.", "Doe", OPTICS, 2001, NEAR),
        mention("JANE", "DOE", OPTICS, 2003, NEAR),
    )
    assert one == two


def test_namesakes_in_two_countries_and_fields_are_two() -> None:
    one, two = persons_of(
        mention("Jane", "Doe", OPTICS, 1981, NEAR), mention("Jane", "Doe", SURF, 2015, FAR)
    )
    assert one != two


def test_another_middle_initial_at_one_site_is_another_person() -> None:
    one, two = persons_of(
        mention("Jane A.", "Doe", OPTICS, 2001, NEAR),
        mention("Jane Q.", "Doe", SURF, 2001, NEAR),
    )
    assert one != two


def test_names_alone_are_enough_and_order_does_not_matter() -> None:
    names = [("Jane", "Doe"), ("John", "Roe"), ("Jane", "Doe")]
    table = pl.DataFrame(
        [
            {"mention_id": str(at), "first": first, "last": last}
            for at, (first, last) in enumerate(names)
        ]
    )
    linked = dict(link_inventors(table).rows())
    assert len(linked) == 3
    assert linked["0"] == linked["2"] != linked["1"]
    assert dict(link_inventors(table.reverse()).rows()) == linked


@pytest.mark.parametrize(("people", "most"), [(50, 50), (400, 300)])
def test_a_key_gathers_no_more_than_a_block(people: int, most: int) -> None:
    letters = "abcdefghijklmnopqrst"
    table = pl.DataFrame(
        [
            {"first": f"J{letters[at // 20]}{letters[at % 20]}", "last": "Doe"}
            for at in range(people)
        ]
    )
    records, _ = make_records(table)
    assert records.height == people
    assert block_keys(records).group_by("key").len()["len"].max() == (most if people <= most else 1)


def test_nothing_of_the_project_calls_it() -> None:
    """Decision 027: natural persons are not disambiguated."""
    root = Path(__file__).parents[3]
    sources = [
        path
        for folder in ("iplake", "ingest", "transforms", "warehouse", "expectations", "dags")
        for path in (root / folder).rglob("*.py")
    ]
    assert len(sources) > 50
    assert not [path for path in sources if "linkage.inventors" in path.read_text("utf-8")]

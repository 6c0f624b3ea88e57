"""Addresses of the real gazette to divisions of China: how many resolve, and how many are right.

    python -m benchmarks.linkage.places [--write --date 2026-11-25]
    python -m benchmarks.linkage.places --errors      # addresses to look at, with what was read

The gazette's 39,718 announcements of 2019 have one address each. Nobody has coded them, and there
is no half that the rules have not seen. Rightness is checked against the postcode in front: the
city that most other addresses with its first four digits were given. A postcode that is no clue
(six addresses or fewer, or no majority of 60 %) is left out. Of 148 that disagreed in an earlier
run 70 were looked through: nearly all had the postcode of another city, such as the province's
capital, or named places that contradict each other. An error that all addresses of an area share
stays unseen.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import polars as pl

from benchmarks.inputs import real_files
from benchmarks.linkage.figures import Subject, show
from transforms.linkage.places import VERSION, located
from warehouse import refresh
from warehouse.link_quality import Figure

LINK_TYPE = "xref_publication__place"
DATA = "gazette of 2019"
LEAST_OTHERS = 6
LEAST_MAJORITY = 0.6


def read_gazette() -> pl.DataFrame:
    """Return the place of each announcement's address, one row per announcement."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        gazette = real_files("patent/cnipa_gazette_csv", "CN_patent_*.csv")
        refresh.stage_files("patents/cnipa_gazette", gazette, folder, 1)
        announcements = pl.read_parquet(folder / "announcements.parquet")
        lists = real_files("reference/china_gbt2260", "*.json")
        refresh.stage_files("reference/gbt2260", lists, folder, 1)
        asked = announcements.select(address="address_raw", document_date="publication_date")
        places = located(
            asked.lazy(),
            pl.read_parquet(folder / "divisions.parquet").lazy(),
            pl.read_parquet(folder / "division_changes.parquet").lazy(),
        )
    return asked.with_columns(document_year=pl.col("document_date").dt.year().cast(pl.Int64)).join(
        places, on=["address", "document_year"]
    )


def against_postcodes(places: pl.DataFrame) -> pl.DataFrame:
    """Return distinct addresses whose postcode is a clue, with the city it points to."""
    distinct = places.drop_nulls("postcode").unique("address")
    area = pl.col("postcode").str.slice(0, 4)
    given = distinct.drop_nulls("prefecture_code")
    counts = given.group_by(area.alias("area"), "prefecture_code").len("same")
    first = counts.sort("same", "prefecture_code", descending=[True, False])
    most = first.unique("area", keep="first", maintain_order=True)
    total = counts.group_by("area").agg(all=pl.col("same").sum())
    clue = most.join(total, on="area").filter(
        pl.col("all") > LEAST_OTHERS, pl.col("same") > pl.col("all") * LEAST_MAJORITY
    )
    return distinct.with_columns(area=area).join(
        clue.select("area", expected_code="prefecture_code"), on="area"
    )


def measure(options: argparse.Namespace) -> list[Figure]:
    """Return the shares of addresses that resolve, and of those in their postcode's city."""
    places = read_gazette()
    chinese = places.filter(pl.col("country_code") == "CN")
    checked = against_postcodes(chinese)
    agrees = pl.col("prefecture_code") == pl.col("expected_code")
    if options.errors:
        columns = ["address", "prefecture_code", "expected_code", "method"]
        checked.filter(~agrees).sort("address").select(columns).write_csv(sys.stdout)
        unresolved = places.filter(pl.col("method").is_in(["nothing", "province"]))
        unresolved.unique("address").sort("address").select("address").write_csv(sys.stdout)
        sys.exit()
    at_city = pl.any_horizontal(pl.col("prefecture_code", "county_code").is_not_null())
    rows = [
        ("addresses, country", places["country_code"].count(), places.height),
        ("mainland addresses, city", chinese.filter(at_city).height, chinese.height),
        ("mainland addresses, county", chinese["county_code"].count(), chinese.height),
    ]
    by_postcode = Subject(LINK_TYPE, DATA, "addresses with a telling postcode, city", VERSION)
    right = checked.filter(agrees).height
    return [
        *(
            Subject(LINK_TYPE, DATA, level, VERSION).share("coverage_share", hits, cases)
            for level, hits, cases in rows
        ),
        by_postcode.share("precision", right, checked["prefecture_code"].count()),
        by_postcode.share("recall", right, checked.height),
    ]


def parser() -> argparse.ArgumentParser:
    """Return the options of this benchmark."""
    options = argparse.ArgumentParser(prog="benchmarks.linkage.places", description=__doc__)
    options.add_argument("--errors", action="store_true")
    return options


if __name__ == "__main__":
    show(measure, parser())

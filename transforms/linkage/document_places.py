"""Where the first owner of each patent document sits: an address, a state, or a country alone."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from transforms.linkage.places import (
    PLACES,
    SCORES,
    VERSION,
    located,
    nuts_country,
    us_or_canadian_subdivision,
)


def document_places(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return one row per publication number and what is known of its first owner's place.

    `addresses` are read, as of the year of the document, with `divisions` and `changes` of
    GB/T 2260; `owners` come with a country, and a state or province in some. Documents without
    any place have no row.
    """
    read = _read_addresses(tables)
    coded = _coded_owners(tables["owners"])
    return (
        pl.concat([read, coded], how="diagonal")
        .filter(pl.col("country_code").is_not_null())
        .with_columns(nuts_code=nuts_country(pl.col("country_code")))
        .sort("publication_number", "score", "address", descending=[False, True, False])
        .unique("publication_number", keep="first", maintain_order=True)
        .select("publication_number", *PLACES.names(), "nuts_code")
    )


def _read_addresses(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    addresses = tables["addresses"]
    places = located(addresses.lazy(), tables["divisions"].lazy(), tables["changes"].lazy())
    return addresses.select(
        "publication_number",
        "address",
        document_year=pl.col("document_date").dt.year().cast(pl.Int64),
    ).join(places, on=["address", "document_year"])


def _coded_owners(owners: pl.DataFrame) -> pl.DataFrame:
    subdivision = us_or_canadian_subdivision(pl.col("country_code"), pl.col("state_code"))
    return owners.with_columns(subdivision_code=subdivision).select(
        "publication_number",
        "country_code",
        "subdivision_code",
        method=pl.lit("coded by the office"),
        score=pl.lit(SCORES["country"]),
        version=pl.lit(VERSION),
    )

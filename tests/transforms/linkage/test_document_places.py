"""The place of a document's first owner: read from an address, or as the office codes it."""

from __future__ import annotations

from datetime import date

import polars as pl

from tests.transforms.linkage.test_places import CHANGES, DIVISIONS
from transforms.linkage.document_places import document_places


def test_addresses_are_read_by_the_year_of_the_document_and_codes_are_kept() -> None:
    addresses = pl.DataFrame(
        [
            ("CN1A", "511300广东省增城市新塘镇", date(2012, 5, 1)),
            ("CN1C", "511300广东省增城市新塘镇", date(2019, 5, 1)),
            ("CN2A", "广东省广州市天河区五山路", date(2019, 5, 1)),
            # Corrected later: the surer reading of one document counts.
            ("CN2A", "广东省某镇", date(2019, 5, 1)),
            ("CN3A", "德国慕尼黑", date(2019, 5, 1)),
            ("CN4A", "某地", date(2019, 5, 1)),
        ],
        schema=["publication_number", "address", "document_date"],
        orient="row",
    )
    owners = pl.DataFrame(
        [("US1B2", "US", "CA"), ("US2B2", "DE", None), ("US3B2", None, None)],
        schema=["publication_number", "country_code", "state_code"],
        orient="row",
    )
    found = document_places(
        {"addresses": addresses, "owners": owners, "divisions": DIVISIONS, "changes": CHANGES}
    )
    columns = ["publication_number", "subdivision_code", "nuts_code", "county_code", "method"]
    assert found.select(columns).rows() == [
        ("CN1A", "CN-GD", None, "440183", "county without its city"),
        ("CN1C", "CN-GD", None, "440118", "former name"),
        ("CN2A", "CN-GD", None, "440106", "names in full"),
        ("CN3A", None, "DE", None, "country"),
        ("US1B2", "US-CA", None, None, "coded by the office"),
        ("US2B2", None, "DE", None, "coded by the office"),
    ]
    assert found.filter(publication_number="CN1A")["postcode"].to_list() == ["511300"]

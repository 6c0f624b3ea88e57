"""A release of a few parties, for tests of what is done with them."""

from __future__ import annotations

import json
from collections.abc import Sequence

import duckdb
import polars as pl

from iplake import lake
from warehouse import publish, reader
from warehouse.reader import Release

NAME = "2026-11-25.1"
LEI = "213800KUD8LAJWSQ9D15"

Party = tuple[str, str, str, str | None]
"""Its id, one spelling, the source of that, and the LEI that the source gives it."""

PARTIES: list[Party] = [
    ("P:huawei", "华为技术有限公司", "patents/cnipa_gazette", None),
    ("P:huawei", "Huawei Technologies Co., Ltd.", "patents/uspto_grants", None),
    ("P:one", "Acme Industries Inc", "patents/uspto_grants", None),
    ("P:two", "Acme Industries Corp", "patents/uspto_grants", None),
    ("P:lei", "Named Before GmbH", "reference/gleif", LEI),
]


def publish_parties(parties: Sequence[Party]) -> Release:
    """Make the current release one that has these parties, and nothing else."""
    spelled = pl.DataFrame(
        parties, schema=["party_id", "alias_name", "source", "lei"], orient="row"
    ).with_columns(name_key=pl.col("alias_name").str.to_lowercase().str.replace_all(r"\W+", " "))
    folder = lake.ensure(lake.releases() / NAME)
    with duckdb.connect(folder / reader.DATABASE) as connection:
        connection.register("spelled", spelled)
        connection.execute(
            """
            create schema core;
            create table core.dim_region (region_id varchar, region_name varchar);
            create table core.int_party__spelled as
                select name_key, alias_name, source, null::varchar as country_code,
                    null::varchar as city_region_id, lei, null::varchar as ror_id
                from spelled;
            create table core.party_alias as
                select name_key, alias_name, source, party_id from spelled;
            create table core.dim_party as
                select party_id, max(alias_name) as party_name from spelled group by party_id;
            create table core.xref_party__identifier as
                select party_id, 'lei' as identifier_kind, lei as identifier, true as is_only
                from spelled where lei is not null;
            """
        )
    facts = json.dumps({"profile": "sample", "row_counts": {}})
    (folder / reader.RELEASE_FILE).write_text(facts, "utf-8")
    publish.point_at(NAME)
    return reader.release()

"""The link step: names of organisations divided into parties, as files in `lake/xref`.

Which names are one party is decided by the function that `warehouse.refresh` hands over; this
module gives it the names of a build, and applies reviewed overrides to its verdict.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from iplake import lake
from iplake.errors import ConfigError
from iplake.log import get_logger
from iplake.settings import settings
from warehouse.id_history import history_of, known_in
from warehouse.reader import Release

log = get_logger(__name__)

LinkParties = Callable[[pl.DataFrame, pl.DataFrame, pl.DataFrame | None], pl.DataFrame]
"""From mentions, a registry's official names and names that two offices give for one owner to
`mention_id`, `party_id` and `score`."""

OVERRIDES = Path(__file__).parents[1] / "dbt_project" / "overrides" / "parties.csv"
OVERRIDE_COLUMNS = ["left_name", "right_name", "verdict", "reason", "reviewed_date"]
REGISTRY_SOURCES = ("reference/gleif", "reference/ror")


@dataclass(frozen=True, slots=True)
class PartyLinker:
    """What divides names into parties, tells their kinds, and how names are searched for.

    `names_together` finds the names that two offices give for the only owner of one thing.
    """

    link_parties: LinkParties
    names_together: Callable[[pl.DataFrame], pl.DataFrame]
    party_types: Callable[[pl.Expr], pl.Expr]
    search_names: Callable[[pl.DataFrame], pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Override:
    """A reviewed verdict on two spellings: `same` party or `different` ones, and why."""

    left_name: str
    right_name: str
    verdict: str
    reason: str


def read_overrides(path: Path | None = None) -> list[Override]:
    """Return the reviewed overrides, or say which line is wrong."""
    path = path or settings().party_overrides or OVERRIDES
    if not path.is_file():
        raise ConfigError("there is no file of overrides", file=path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != OVERRIDE_COLUMNS:
            raise ConfigError(
                "the overrides have other columns",
                file=path.name,
                expected=", ".join(OVERRIDE_COLUMNS),
            )
        lines = list(reader)
    for number, line in enumerate(lines, start=2):
        if line["verdict"] not in {"same", "different"} or not line["reason"]:
            raise ConfigError(
                "an override wants the verdict same or different, and a reason",
                file=path.name,
                line=number,
                found=line["verdict"],
            )
    return [
        Override(line["left_name"], line["right_name"], line["verdict"], line["reason"])
        for line in lines
    ]


def read_spellings(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return every spelling of a build, with its region's name instead of its id."""
    return connection.execute(
        """
        select spelled.name_key, spelled.alias_name, spelled.source, spelled.country_code,
            regions.region_name as city_name, spelled.lei, spelled.ror_id
        from core.int_party__spelled as spelled
        left join core.dim_region as regions on spelled.city_region_id = regions.region_id
        order by all
        """
    ).pl()


def names_of(spellings: pl.DataFrame) -> pl.DataFrame:
    """Return one row per normalised name: a mention, with what all its spellings agree on.

    A number that a registry gives to two entities of one name decides nothing.
    """
    agreed = {
        "country": "country_code",
        "city": "city_name",
        "lei": "lei",
        "ror": "ror_id",
    }
    return (
        spellings.group_by("name_key")
        .agg(
            pl.col("alias_name").min().alias("name"),
            *(
                pl.when(pl.col(column).drop_nulls().n_unique() == 1)
                .then(pl.col(column).drop_nulls().min())
                .alias(name)
                for name, column in agreed.items()
            ),
        )
        .rename({"name_key": "mention_id"})
        .sort("mention_id")
    )


def official_names(spellings: pl.DataFrame) -> pl.DataFrame:
    """Return the names that registries give, each with its number there."""
    official = spellings.filter(pl.col("source").is_in(REGISTRY_SOURCES))
    return official.select(
        pl.col("alias_name").alias("name"),
        pl.col("country_code").alias("country"),
        "lei",
        pl.col("ror_id").alias("ror"),
    ).unique(maintain_order=True)


def divide(
    spellings: pl.DataFrame,
    link_parties: LinkParties,
    together: pl.DataFrame | None,
    overrides: list[Override],
    version: str,
) -> pl.DataFrame:
    """Return one row per normalised name with its party: id, registry numbers, method and score."""
    names = names_of(spellings)
    linked = link_parties(names, official_names(spellings), together)
    linked = linked.rename({"mention_id": "name_key"})
    is_numbered = ~pl.col("party_id").str.starts_with("NAME:")
    own = names.select(
        pl.col("mention_id").alias("name_key"),
        has_number=pl.any_horizontal(pl.col("lei", "ror").is_not_null()),
    )
    parties = linked.join(own, on="name_key").with_columns(
        method=pl.when(pl.col("has_number"))
        .then(pl.lit("registry name"))
        .when(is_numbered)
        .then(pl.lit("matched to a registry name"))
        .when(pl.len().over("party_id") > 1)
        .then(pl.lit("matched names"))
        .otherwise(pl.lit("normalised name"))
    )
    return _numbered(apply_overrides(parties, spellings, overrides), version)


def apply_overrides(
    parties: pl.DataFrame, spellings: pl.DataFrame, overrides: list[Override]
) -> pl.DataFrame:
    """Return the parties after reviewed verdicts; one that changes nothing is reported.

    `same` gives the whole right party the left one's id. `different` takes the right name
    alone out of the party, under an id made of that spelling.
    """
    keys = dict(spellings.select("alias_name", "name_key").iter_rows())
    ids = dict(parties.select("name_key", "party_id").iter_rows())
    decided: set[str] = set()
    unused: list[str] = []
    for override in overrides:
        left, right = keys.get(override.left_name), keys.get(override.right_name)
        if left is None or right is None:
            unused.append(override.left_name if left is None else override.right_name)
            continue
        is_same = ids[left] == ids[right]
        if is_same == (override.verdict == "same"):
            log.warning(
                "an override is no longer needed",
                left=override.left_name,
                right=override.right_name,
                verdict=override.verdict,
            )
        elif override.verdict == "same":
            moved = [key for key, party in ids.items() if party == ids[right]]
            decided.update(moved)
            ids.update(dict.fromkeys(moved, ids[left]))
        else:
            ids[right] = f"NAME:override:{override.right_name}"
            decided.add(right)
    if unused:
        # A lake of some sources alone has not all the names that were reviewed.
        log.info("overrides of spellings that nobody uses", count=len(unused), first=unused[0])
    changed = pl.col("name_key").is_in(sorted(decided))
    return parties.with_columns(
        pl.col("name_key").replace_strict(ids, return_dtype=pl.String).alias("party_id"),
        pl.when(changed).then(pl.lit("override")).otherwise("method").alias("method"),
        pl.when(changed).then(1.0).otherwise("score").alias("score"),
    )


def _numbered(parties: pl.DataFrame, version: str) -> pl.DataFrame:
    """Return parties with the registry's number that their id is made of in its own column."""
    number = pl.col("party_id").str.split_exact(":", 1).struct
    columns = {"lei": "LEI", "ror_id": "ROR", "uscc": "USCC"}
    return parties.select(
        "name_key",
        "party_id",
        *(
            pl.when(number["field_0"] == kind).then(number["field_1"]).alias(name)
            for name, kind in columns.items()
        ),
        "method",
        pl.col("score").cast(pl.Float64),
        version=pl.lit(version),
    ).sort("name_key")


def link(
    linker: PartyLinker, things: pl.DataFrame, last: Release | None, today: date, version: str
) -> dict[str, int]:
    """Write the parties of the build's spellings and the history of ids; return their rows.

    `things` has the `name_key` of the owners that each `office` gives for a `thing_id`.
    """
    with duckdb.connect(lake.build_database(), read_only=True) as connection:
        spellings = read_spellings(connection)
    names = names_of(spellings)
    kinds = names.select(name_key="mention_id", party_type=linker.party_types(pl.col("name")))
    spelled = things.join(names.rename({"mention_id": "name_key"}), on="name_key")
    together = linker.names_together(spelled.select("thing_id", "office", "name"))
    parties = divide(spellings, linker.link_parties, together, read_overrides(), version)
    parties = parties.join(kinds, on="name_key", maintain_order="left")
    before, kept = known_in(last)
    history = history_of(parties, before, kept, today)
    search = linker.search_names(names)
    written = {"party_names": parties, "party_search": search, "id_history": history}
    folder = lake.ensure(lake.xref())
    for name, rows in written.items():
        part = folder / f"{name}.parquet.part"
        rows.write_parquet(part)
        part.replace(folder / f"{name}.parquet")
    sizes = parties["party_id"].value_counts()["count"]
    log.info(
        "linked",
        names=parties.height,
        names_together=together.height,
        parties=sizes.len(),
        largest=sizes.max(),
        changed_ids=history.height - kept.height,
    )
    return {name: rows.height for name, rows in written.items()}

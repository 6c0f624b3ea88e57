"""From a declaration to the standard's version, and to the patent family that was declared.

Owners declare patents to a standard; nobody here says that a patent is needed for it. A
declaration to an ETSI deliverable also reaches the 3GPP specification that the deliverable
republishes, and the other way round: versions are the same in both.
"""

from __future__ import annotations

import polars as pl

from iplake.identifiers.standards import (
    Designator,
    read_designator,
    specification_of,
    transposition_of,
)
from transforms.linkage.families import LINKS, application_id

VERSION = "sep-chain-1"

LINE = ["_snapshot_id", "_record_number"]


def declared_priority_links(declarations: pl.LazyFrame) -> pl.LazyFrame:
    """Return the links between applications that ETSI's export tells, for the families.

    Of an earlier application of the same office it does not tell whether it is a priority or a
    parent: such a link ties extended families only.
    """
    number = pl.col("earlier_number")
    office = number.str.slice(0, 2)
    kind = (
        pl.when(office == "WO")
        .then(pl.lit("national_stage"))
        .when(number.str.ends_with("P") & (office == "US"))
        .then(pl.lit("provisional"))
        .when(office != pl.col("office_code"))
        .then(pl.lit("priority"))
        .otherwise(pl.lit("unknown"))
    )
    no_day = pl.lit(None, dtype=pl.Date)
    return (
        declarations.select(
            "office_code",
            application_id=declared_application(),
            earlier_number=pl.col("priority_numbers_raw").str.split("|"),
        )
        .explode("earlier_number")
        .filter(number.str.contains(r"^[A-Z]{2}\w"))
        .select(
            "application_id",
            earlier_id=application_id(office, number, no_day),
            link_kind=kind,
            earlier_date=no_day,
        )
        .drop_nulls(["application_id", "earlier_id"])
        .filter(pl.col("application_id") != pl.col("earlier_id"))
        .unique()
        .cast(LINKS)
    )


def declared_application() -> pl.Expr:
    """Return the id of the application that a line names."""
    return application_id(
        pl.col("office_code"), pl.col("application_number"), pl.col("application_date")
    )


def declared_editions(declarations: pl.LazyFrame) -> pl.LazyFrame:
    """Return the standards of each line: named there, and republished under another number.

    One row per line and designator, with the version where the line tells one, 3GPP's release,
    and how it is reached: `declared`, or `republished` where only the other number was named.
    """
    named = pl.concat(
        [
            declarations.select(
                *LINE, designator="standard_designator", version="standard_version"
            ),
            declarations.select(
                *LINE, designator="specification_designator", version="specification_version"
            ),
        ]
    ).drop_nulls("designator")
    named = named.unique().collect().lazy()
    read = _read(named.select("designator", "version").unique().collect()).lazy()
    declared = named.join(
        read.select("designator", "version", "edition_designator", "release_number"),
        on=["designator", "version"],
        nulls_equal=True,
    ).with_columns(reached_by=pl.lit("declared"), rank=pl.lit(0))
    republished = named.join(
        read.drop_nulls("other_designator"), on=["designator", "version"], nulls_equal=True
    ).select(
        *LINE,
        designator="other_designator",
        version="version",
        edition_designator="other_edition_designator",
        release_number="release_number",
        reached_by=pl.lit("republished"),
        rank=pl.lit(1),
    )
    return (
        pl.concat([declared, republished], how="diagonal_relaxed")
        .sort(*LINE, "designator", "version", "rank", nulls_last=True)
        # A line that names both numbers and one version declares both, not each twice.
        .unique([*LINE, "designator", "version"], keep="first", maintain_order=True)
        .drop("rank")
    )


def declared_chain(
    declarations: pl.LazyFrame,
    publications: pl.LazyFrame,
    documents: pl.LazyFrame,
    families: pl.LazyFrame,
) -> pl.LazyFrame:
    """Return declaration, standard, version and patent family, each combination once.

    `declarations` and `publications` are ETSI's staged tables; `documents` tells whose document a
    publication is, `publication_number, application_id`; `families` has `application_id` and
    `extended_family_id`. The method says which number led to the family: that of the publication,
    of the application, or the declarant's own numbering of families, which no other source shares.
    """
    by_publication = (
        publications.join(documents, on="publication_number")
        .join(families, on="application_id")
        .select(
            *LINE,
            "application_id",
            patent_family_id="extended_family_id",
            method=pl.lit("publication"),
        )
    )
    by_application = (
        declarations.select(*LINE, application_id=declared_application())
        .join(families, on="application_id")
        .select(
            *LINE,
            "application_id",
            patent_family_id="extended_family_id",
            method=pl.lit("application"),
        )
    )
    found = pl.concat([by_publication, by_application])
    own = (
        declarations.join(found, on=LINE, how="anti")
        .filter(pl.col("family_id").is_not_null())
        .select(
            *LINE,
            application_id=declared_application(),
            patent_family_id=pl.concat_str(pl.lit("ISLD:"), "family_id"),
            method=pl.lit("declarant's family"),
        )
    )
    # Set, not measured.
    worth = {"publication": 1.0, "application": 0.98, "declarant's family": 0.9}
    rank = {method: at for at, method in enumerate(worth)}
    key = ["declaration_number", "edition_designator", "patent_family_id"]
    return (
        pl.concat([found, own])
        .join(declarations.select(*LINE, "declaration_number", "declaration_date"), on=LINE)
        .join(declared_editions(declarations), on=LINE)
        .with_columns(rank=pl.col("method").replace_strict(rank, return_dtype=pl.Int64))
        .sort(*key, "rank", "reached_by", "application_id", nulls_last=True)
        .group_by(key, maintain_order=True)
        .agg(
            pl.col("declaration_date").min(),
            pl.col(
                "designator", "version", "release_number", "reached_by", "method", "application_id"
            ).first(),
            line_count=pl.struct(LINE).n_unique().cast(pl.Int64),
        )
        .select(
            *key,
            "declaration_date",
            standard_designator="designator",
            standard_version="version",
            release_number="release_number",
            reached_by="reached_by",
            application_id="application_id",
            line_count="line_count",
            method="method",
            score=pl.col("method").replace_strict(worth, return_dtype=pl.Float64),
            version=pl.lit(VERSION),
        )
    )


def _read(named: pl.DataFrame) -> pl.DataFrame:
    """Return designators with their edition, release, and the other number of the same text."""
    rows = []
    for text, version in named.sort("designator", "version").rows():
        found = read_designator(f"{text} V{version}" if version else text) or read_designator(text)
        other = (specification_of(found) or transposition_of(found)) if found else None
        rows.append(
            (
                text,
                version,
                str(found) if found else text,
                _release(found, other),
                str(other.undated()) if other else None,
                str(other) if other else None,
            )
        )
    schema = {
        "designator": pl.String,
        "version": pl.String,
        "edition_designator": pl.String,
        "release_number": pl.Int64,
        "other_designator": pl.String,
        "other_edition_designator": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _release(*designators: Designator | None) -> int | None:
    return next((each.release for each in designators if each and each.release), None)

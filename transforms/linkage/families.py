"""Families of patent applications: same priorities (simple), or tied by any link (extended).

A simple family is what the EPO's DOCDB calls one: applications with exactly the same priorities.
Priorities are first filings, US provisional applications and the parents of US continuations in
part; a continuation, a division, a reissue and a national phase are of the same invention as
their parent and join its family. An extended family (INPADOC) is the transitive closure over
all of these links. Both are computed, because no bulk source carries the extended one.
"""

from __future__ import annotations

import hashlib

import polars as pl

from transforms.linkage.components import connected_components
from transforms.patent_numbers import cn_check_digit

VERSION = "families-1"

SAME_INVENTION = [
    "addition",
    "continuation",
    "continuing_reissue",
    "correction",
    "division",
    "divisional_reissue",
    "national_stage",
    "reexamination",
    "reexamination_reissue_merger",
    "reissue",
    "substitution",
    "utility_model_basis",
]
"""Links to a parent whose invention the child shares."""

PRIORITIES = ["priority", "provisional", "continuation_in_part"]
"""Links to an earlier application that counts as a priority of its own."""

PARENTAGE = {
    "CON": "continuation",
    "CIP": "continuation_in_part",
    "DIV": "division",
    "NST": "national_stage",
    "PRO": "provisional",
    "REI": "reissue",
    "REX": "reexamination",
    "SUB": "substitution",
}
"""Codes of the USPTO's file wrappers. Others are links of which nothing more is known."""

LINKS = pl.Schema(
    {
        "application_id": pl.String(),
        "earlier_id": pl.String(),
        "link_kind": pl.String(),
        "earlier_date": pl.Date(),
    }
)

PCT = r"^PCT/?([A-Z]{2})/?(?:((?:19|20)\d{2})/?(\d{6})|(\d{2})/?(\d{5}))$"
# Offices whose application numbers end in a check digit behind a point, which others leave out.
WITH_CHECK_DIGIT = ["AT", "BE", "CZ", "DE", "DK", "EP", "GB", "NO", "SE"]
# A cycle longer than 2^20 applications is no more likely than a shorter one.
MOST_ROUNDS = 20


def application_id(office: pl.Expr, number: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Return an application's id, office and number, from any of the ways others write it.

    Forms of the EPO's databases are read, too: the year, then the serial number with zeros.
    Japanese years of an era need the day of filing, because 11 is 1999 as well as 1936. European
    numbers lose the check digit that half of all citations leave out; Chinese ones get theirs.

    >>> from datetime import date
    >>> rows = pl.DataFrame(
    ...     {
    ...         "office": ["US", "US", "JP", "JP", "EP", "CN", "DE"],
    ...         "number": [
    ...             "60/123,456", "PCT/FI2004/000279", "P. 11-295684", "2000-293166",
    ...             "18877305.5", "201210003670", "198 24 142.3",
    ...         ],
    ...         "day": [date(1999, 10, 18)] * 7,
    ...     }
    ... )
    >>> rows.select(application_id(*map(pl.col, rows.columns)).alias("id"))["id"].to_list()
    ['US:60123456', 'WO:PCT/FI2004/000279', 'JP:1999295684', 'JP:2000293166', 'EP:18877305', \
'CN:201210003670X', 'DE:19824142']
    """
    plain = number.str.to_uppercase().str.replace_all(r"\s", "")
    compact = plain.str.replace_all(r"[^0-9A-Z]", "")
    pct = plain.str.extract_groups(PCT).struct.field
    century = pl.when(pct("4") >= "78").then(pl.lit("19")).otherwise(pl.lit("20"))
    international = pl.concat_str(
        pl.lit("WO:PCT/"),
        pct("1"),
        pl.coalesce(pct("2"), pl.concat_str(century, pct("4"))),
        pl.lit("/"),
        pl.coalesce(pct("3"), pct("5").str.zfill(6)),
    )
    # WO2013JP72096 is PCT/JP2013/072096.
    by_epo = compact.str.extract_groups(
        r"^(?:WO)?((?:19|20)\d{2})([A-Z]{2})0*(\d{1,6})$"
    ).struct.field
    international = pl.coalesce(
        international,
        pl.concat_str(
            pl.lit("WO:PCT/"), by_epo("2"), by_epo("1"), pl.lit("/"), by_epo("3").str.zfill(6)
        ),
    )
    own = (
        pl.when(office == "JP")
        .then(_japanese(plain, day))
        .when(office == "CN")
        .then(_chinese(compact))
        .when((office == "KR") & compact.str.contains(r"^(?:KR)?(?:19|20)\d{9}$"))
        # 10 stands for inventions, 20 for utility models, which these forms mark with a U.
        .then(pl.concat_str(pl.lit("10"), compact.str.strip_prefix("KR")))
        .when(office.is_in(WITH_CHECK_DIGIT))
        .then(_without_check_digit(office, plain, compact))
        .otherwise(compact.str.strip_prefix(office))
    )
    return pl.coalesce(international, pl.concat_str(office, pl.lit(":"), pl.coalesce(own, compact)))


def _japanese(plain: pl.Expr, day: pl.Expr) -> pl.Expr:
    # With the year in full, seven digits follow in the EPO's form, which begin with a zero.
    written = plain.str.replace(r"^(?:JP)?((?:19|20)\d{2})0?(\d{6})$", "$1-$2")
    parts = written.str.extract_groups(r"^(?:JP)?([A-Z]?)\.?(\d{1,4})-0*(\d{1,6})[A-Z]?$").struct
    era, year = parts.field("1"), parts.field("2").cast(pl.Int64)
    by_era = (
        pl.when(year > 1900)
        .then(year)
        .when((era == "S") | ((era != "H") & (day.dt.year() < 1989)))
        .then(year + 1925)
        # From 2000 on numbers have whole years: what is short now was Heisei.
        .otherwise(year + 1988)
    )
    return by_era.cast(pl.String) + parts.field("3").str.zfill(6)


def _chinese(compact: pl.Expr) -> pl.Expr:
    number = compact.str.extract(r"^(?:CN|ZL)?(\d{12}|\d{8})(?:[\dX])?$")
    # Until 1988 there was no check digit.
    has_none = (number.str.len_chars() == 8) & number.str.slice(0, 2).is_between(
        pl.lit("85"), pl.lit("88")
    )
    return pl.when(has_none).then(number).otherwise(number + cn_check_digit(number))


def _without_check_digit(office: pl.Expr, plain: pl.Expr, compact: pl.Expr) -> pl.Expr:
    # Nine digits of the EPO are its eight with the check digit; other offices vary too much.
    stem = plain.str.strip_prefix(office).str.extract(r"^(.*)\.\d$")
    number = compact.str.strip_prefix("EP").str.replace(r"^(?:19|20)(\d{2})0(\d{6})$", "$1$2")
    european = number.str.extract(r"^(\d{8})\d?$")
    return pl.coalesce(
        pl.when(office == "EP").then(european),
        stem.str.replace_all(r"[^0-9A-Z]", ""),
        compact.str.strip_prefix(office),
    )


def priority_links(documents: pl.LazyFrame, priorities: pl.LazyFrame) -> pl.LazyFrame:
    """Return the links of staged priorities; the documents tell whose they are.

    `documents` and `priorities` are the main table and the table of priorities of a source of
    patents, which share `_snapshot_id` and `_record_number`.
    """
    return (
        priorities.join(_identified(documents), on=["_snapshot_id", "_record_number"])
        .select(
            "application_id",
            earlier_id=application_id(
                pl.col("priority_country_code"),
                pl.coalesce("priority_application_number", "priority_application_number_raw"),
                pl.col("priority_date"),
            ),
            link_kind=pl.lit("priority"),
            earlier_date=pl.col("priority_date"),
        )
        .pipe(_linked)
    )


def relation_links(documents: pl.LazyFrame, relations: pl.LazyFrame) -> pl.LazyFrame:
    """Return the links of staged domestic relations; publications of the same are no links.

    A document lists the whole chain: each link is between the two that it names, and the child
    of a link that names none is the document itself.
    """
    child = application_id(pl.lit("US"), pl.col("child_application_number"), pl.col("related_date"))
    return (
        relations.filter(~pl.col("relation_type").is_in(["related_publication", "unspecified"]))
        .join(_identified(documents), on=["_snapshot_id", "_record_number"])
        .select(
            application_id=pl.coalesce(child, "application_id"),
            earlier_id=application_id(
                pl.coalesce("related_country_code", pl.lit("US")),
                pl.col("related_number"),
                pl.col("related_date"),
            ),
            link_kind="relation_type",
            earlier_date="related_date",
        )
        .pipe(_linked)
    )


def national_phase_links(documents: pl.LazyFrame) -> pl.LazyFrame:
    """Return the links of documents that came by the PCT to their international application."""
    return (
        documents.filter(pl.col("pct_application_number").is_not_null())
        .select(
            application_id=_own_id(),
            earlier_id=application_id(
                pl.lit("WO"), pl.col("pct_application_number"), pl.col("pct_filing_date")
            ),
            link_kind=pl.lit("national_stage"),
            earlier_date=pl.col("pct_filing_date"),
        )
        .pipe(_linked)
    )


def continuity_links(continuity: pl.LazyFrame) -> pl.LazyFrame:
    """Return the links of the USPTO's file wrappers, which tell parent and child."""
    day, office = pl.col("related_filing_date"), pl.lit("US")
    return continuity.select(
        application_id=application_id(office, pl.col("child_application_number"), day),
        earlier_id=application_id(office, pl.col("parent_application_number"), day),
        link_kind=pl.col("parentage_type_code").replace_strict(
            PARENTAGE, default="unknown", return_dtype=pl.String
        ),
        # The date is the parent's only where the wrapper's own application is the child.
        earlier_date=pl.when(pl.col("relation_direction") == "parent").then(day),
    ).pipe(_linked)


def without_breaks(links: pl.LazyFrame, breaks: pl.LazyFrame) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """Return the links without those reviewed as wrong, and the breaks that broke nothing.

    A break names the two applications, `application_id, earlier_id`, and its reason.
    """
    pair = ["application_id", "earlier_id"]
    kept = links.join(breaks, on=pair, how="anti")
    return kept, breaks.join(links, on=pair, how="anti")


def simple_families(applications: pl.LazyFrame, links: pl.LazyFrame) -> pl.DataFrame:
    """Return the simple family of each application: those with exactly the same priorities.

    `applications` has the ids of all that are documents here. The method says where the
    priorities were read: the application's own claims, itself as a first filing, its parent's,
    or those of another child where the parent is no document here.
    """
    known = applications.select("application_id").unique()
    edges = links.select("application_id", "earlier_id", "link_kind").unique()
    claims = edges.filter(pl.col("link_kind").is_in(PRIORITIES)).select(
        "application_id", priority_id="earlier_id"
    )
    parents = edges.filter(pl.col("link_kind").is_in(SAME_INVENTION)).select(
        "application_id", parent_id="earlier_id"
    )
    everyone = pl.concat(
        [known, edges.select("application_id"), edges.select(application_id="earlier_id")]
    ).unique()
    roots = _roots(everyone.collect(), parents.collect()).lazy()
    of_roots = _priorities_of(roots.select("root_id").unique(), known, claims, parents)
    is_own = pl.col("application_id") == pl.col("root_id")
    return (
        roots.join(of_roots, on="root_id")
        .with_columns(
            method=pl.when(is_own)
            .then("root_method")
            .otherwise(pl.concat_str(pl.lit("parent: "), "root_method"))
        )
        .group_by("application_id")
        .agg(pl.col("priority_id").unique().sort(), pl.col("method").min())
        .sort("application_id")
        .collect()
        .pipe(_with_family_id)
    )


def extended_families(
    applications: pl.LazyFrame, links: pl.LazyFrame, dates: pl.LazyFrame
) -> pl.DataFrame:
    """Return the extended family of each application: all that any chain of links ties together.

    `dates` has the filing date of applications, `application_id, filing_date`. A family is
    named after its earliest application, so that it keeps its name when later ones turn up.
    """
    edges = links.select(left="application_id", right="earlier_id")
    alone = applications.select(left="application_id", right="application_id")
    together = connected_components(pl.concat([edges, alone]).unique().collect())
    told = pl.concat(
        [
            dates.select("application_id", day="filing_date"),
            links.select(application_id="earlier_id", day="earlier_date"),
        ]
    )
    first_days = told.group_by("application_id").agg(pl.col("day").min())
    return (
        together.lazy()
        .rename({"node": "application_id"})
        .join(first_days, on="application_id", how="left")
        .sort("day", "application_id", nulls_last=True)
        .select(
            "application_id",
            extended_family_id=pl.concat_str(
                pl.lit("EXT:"), pl.col("application_id").first().over("component")
            ),
            application_count=pl.len().over("component").cast(pl.Int64),
            method=pl.lit("closure"),
            score=pl.lit(1.0),
            version=pl.lit(VERSION),
        )
        .sort("application_id")
        .collect()
    )


def suspect_links(links: pl.LazyFrame, dates: pl.LazyFrame) -> pl.LazyFrame:
    """Return links that cannot be right by their dates: candidates for the list of breaks.

    An application cannot go back to a later one, and a priority lasts for twelve months: with
    all its extensions, and the restoration of rights, two years are far beyond it.
    """
    filed = pl.col("filing_date")
    age = filed - pl.col("earlier_date")
    return (
        links.join(dates, on="application_id")
        .with_columns(
            suspicion=pl.when(pl.col("earlier_date") > filed)
            .then(pl.lit("later than the application"))
            .when((pl.col("link_kind") == "provisional") & (age > pl.duration(days=731)))
            .then(pl.lit("a provisional of more than two years before"))
        )
        .filter(pl.col("suspicion").is_not_null())
        .select(*LINKS.names(), "filing_date", "suspicion")
    )


def _identified(documents: pl.LazyFrame) -> pl.LazyFrame:
    return documents.select("_snapshot_id", "_record_number", application_id=_own_id()).drop_nulls(
        "application_id"
    )


def _own_id() -> pl.Expr:
    return application_id(
        pl.col("office_code"), pl.col("application_number"), pl.col("filing_date")
    )


def _linked(links: pl.LazyFrame) -> pl.LazyFrame:
    # Some documents name themselves as their priority.
    return (
        links.filter(pl.col("application_id") != pl.col("earlier_id"))
        .select(LINKS.names())
        .cast(LINKS)
        .unique()
    )


def _roots(everyone: pl.DataFrame, parents: pl.DataFrame) -> pl.DataFrame:
    """Return the first ancestors of the same invention, `application_id, root_id`.

    Each round doubles the way that is gone, so that a chain of a thousand takes ten. Who comes
    to a cycle has no first ancestor: the smallest of those around stands in.
    """
    with_parent = parents["application_id"].implode()
    at_root: list[pl.DataFrame] = []
    on_the_way = parents.rename({"parent_id": "root_id"})
    for _ in range(MOST_ROUNDS):
        has_parent = pl.col("root_id").is_in(with_parent)
        at_root.append(on_the_way.filter(~has_parent))
        on_the_way = on_the_way.filter(has_parent)
        if on_the_way.is_empty():
            break
        steps = pl.concat([*at_root, on_the_way]).select(
            root_id="application_id", above_id="root_id"
        )
        on_the_way = (
            on_the_way.join(steps, on="root_id")
            .select("application_id", root_id="above_id")
            .unique()
        )
    circling = on_the_way["application_id"].implode()
    around = parents.filter(
        pl.col("application_id").is_in(circling), pl.col("parent_id").is_in(circling)
    )
    cycles = connected_components(around.select(left="application_id", right="parent_id"))
    at_root.append(
        cycles.select(application_id="node", root_id=pl.col("node").first().over("component"))
    )
    reached = pl.concat(at_root).unique()
    own = everyone.join(reached, on="application_id", how="anti").select(
        "application_id", root_id="application_id"
    )
    return pl.concat([reached, own])


def _priorities_of(
    roots: pl.LazyFrame, known: pl.LazyFrame, claims: pl.LazyFrame, parents: pl.LazyFrame
) -> pl.LazyFrame:
    claimed = roots.join(claims, left_on="root_id", right_on="application_id").with_columns(
        root_method=pl.lit("claimed")
    )
    silent = roots.join(claimed, on="root_id", how="anti")
    # What no office here has published, such as a PCT application, has its children's claims.
    inferred = (
        silent.join(known, left_on="root_id", right_on="application_id", how="anti")
        .join(parents, left_on="root_id", right_on="parent_id")
        .join(claims, on="application_id")
        .select("root_id", "priority_id", root_method=pl.lit("claimed by children"))
        .unique()
    )
    itself = silent.join(inferred, on="root_id", how="anti").select(
        "root_id", priority_id="root_id", root_method=pl.lit("first filing")
    )
    return pl.concat([claimed, inferred, itself])


def _with_family_id(families: pl.DataFrame) -> pl.DataFrame:
    """Name each set of priorities: by the only one, or by the first and a digest of all."""
    together = families["priority_id"].list.join("|")
    ids = {text: _set_id(text) for text in together.unique()}
    return families.select(
        "application_id",
        simple_family_id=together.replace_strict(ids, return_dtype=pl.String),
        priority_count=pl.col("priority_id").list.len().cast(pl.Int64),
        priorities=together,
        method="method",
        score=pl.lit(1.0),
        version=pl.lit(VERSION),
    )


def _set_id(priorities: str) -> str:
    first, bar, _ = priorities.partition("|")
    if not bar:
        return f"DOC:{first}"
    return f"DOC:{first}+{hashlib.sha256(priorities.encode()).hexdigest()[:12]}"

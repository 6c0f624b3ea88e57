"""Which mentions of organisations mean the same one.

`link_parties` takes a table of mentions and returns a party for each. Evidence comes first:
mentions with one number of a registry are one party, whatever their names. The rest is decided
by names, with places and addresses where the table has them.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from iplake.identifiers.organisations import read_ror
from iplake.log import get_logger
from transforms.linkage import scoring
from transforms.linkage.blocking import block_keys
from transforms.linkage.chinese_names import Vocabulary
from transforms.linkage.clustering import Clusters, cluster
from transforms.linkage.co_occurrence import TOGETHER, partners_of, taught
from transforms.linkage.names import learn, read_name
from transforms.linkage.parts import Name, place_path
from transforms.linkage.text import EAST_ASIAN, fold
from transforms.linkage.words import known_names, places
from transforms.organisations import lei_holds, uscc_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

log = get_logger(__name__)

REGISTRIES = ("lei", "ror", "uscc", "grid", "isni")
"""Kinds of numbers of which an organisation has one; the first that a party has names it."""
CONTEXT = ("city", "region", "country", "address")
SITE = ("city", "region", "country")
NAME = Name._fields
THRESHOLD = 0.5
SUPPORT = 0.3
LEAST_SCORE = 0.01
ADDRESSES_KEPT = 8
ANYWHERE = r"\b(?:hospital|people|bureau|government|school)\b"


def link_parties(
    mentions: pl.DataFrame | pl.LazyFrame | Path,
    registry: pl.DataFrame | None = None,
    together: pl.DataFrame | None = None,
    threshold: float = THRESHOLD,
    learnt: scoring.Model | None = None,
    spark: SparkSession | None = None,
) -> pl.DataFrame:
    """Return `mention_id`, `party_id` and `score` for each mention, in the order of the input.

    A mention has a name, and where present city, region, country, address, lei, ror, uscc, grid
    and isni. `registry` has the same columns, and a row per official name of an organisation
    with its number there: it teaches which names in two languages are one, and numbers parties.
    `together` are pairs of names as `co_occurrence.names_together` returns them. With `spark`
    names are compared there, with the same result.
    """
    frame = pl.read_parquet(mentions) if isinstance(mentions, Path) else mentions.lazy().collect()
    given = read_rows(frame).with_columns(frame["mention_id"], row=pl.int_range(frame.height))
    official = pl.concat([known_rows(), *([] if registry is None else [read_rows(registry)])])
    rows = pl.concat(
        [given.drop("mention_id"), official.with_columns(row=None)], how="diagonal_relaxed"
    )
    beside = pl.DataFrame(schema=TOGETHER) if together is None else together
    vocabulary = teach([*known_names(), *translations(official)], beside)
    linked = link_rows(rows, vocabulary, beside, threshold, learnt, spark)
    return (
        given.select("row", "mention_id")
        .join(linked, on="row", how="left", maintain_order="left")
        .select("mention_id", "party_id", "score")
    )


def read_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the columns that linkage knows: absent ones null, and numbers only if they hold."""
    present = [
        pl.col(each).cast(pl.String)
        if each in frame.columns
        else pl.lit(None, pl.String).alias(each)
        for each in (*CONTEXT, *REGISTRIES)
    ]
    rows = frame.select(
        pl.col("name").cast(pl.String).fill_null(""), *present, known=pl.lit(None, pl.String)
    )
    return rows.with_columns(
        pl.when(lei_holds(pl.col("lei"))).then(pl.col("lei")),
        uscc_of(pl.col("uscc")).alias("uscc"),
        pl.col("ror").map_elements(read_ror, return_dtype=pl.String, skip_nulls=True),
    )


def known_rows() -> pl.DataFrame:
    """Return the project's own list of names that one organisation bears, as rows.

    Names that hang together by pairs share one number, the first of their names.
    """
    first: dict[str, str] = {}
    for name, other in known_names():
        kept, gone = sorted((first.setdefault(name, name), first.setdefault(other, other)))
        first = {each: kept if at == gone else at for each, at in first.items()}
    table = pl.DataFrame({"name": list(first), "known": list(first.values())})
    return read_rows(table).with_columns(table["known"])


def translations(official: pl.DataFrame) -> list[tuple[str, str]]:
    """Return the pairs of a Chinese and another name that one number of a registry has."""
    named = official.with_columns(is_chinese=pl.col("name").str.contains(r"\p{Han}"))
    found: list[tuple[str, str]] = []
    for kind in REGISTRIES:
        has = named.filter(pl.col(kind).is_not_null()).select(kind, "name", "is_chinese")
        pairs = has.filter("is_chinese").join(
            has.filter(~pl.col("is_chinese")), on=kind, suffix="_other"
        )
        found += pairs.select("name", "name_other").unique().sort("name", "name_other").rows()
    return found


def teach(sure: list[tuple[str, str]], together: pl.DataFrame) -> Vocabulary:
    """Return the vocabulary of sure translations, and of co-occurrence where they say nothing."""
    first, second = learn(sure), learn(taught(together))
    return Vocabulary(second.phrases | first.phrases, second.brands | first.brands)


def compare(
    rows: pl.DataFrame, records: pl.DataFrame, members: pl.Series, together: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the records with those that each is together with, and the keys of pairs to score."""
    partners, beside = partners_of(together, rows.select("name", record_id=members))
    with_partners = records.join(partners, on="record_id", how="left", maintain_order="left")
    return with_partners, pl.concat([block_keys(records), beside.cast({"record_id": pl.Int64})])


def link_rows(
    rows: pl.DataFrame,
    vocabulary: Vocabulary,
    together: pl.DataFrame,
    threshold: float,
    learnt: scoring.Model | None,
    spark: SparkSession | None,
) -> pl.DataFrame:
    """Return `row`, `party_id` and `score` of each row."""
    records, members = make_records(rows, vocabulary)
    log.info("read", mentions=rows.height, records=records.height)
    records, keys = compare(rows, records, members, together)
    scored = scoring.score(records, keys, learnt or scoring.model(), LEAST_SCORE, spark=spark)
    log.info("compared", block_keys=keys.height, links=scored.height)
    clusters = cluster_records(records, scored, threshold)
    sizes = pl.Series("group", clusters.group).value_counts()["count"]
    log.info("clustered", parties=sizes.len(), largest=sizes.max(), refused=clusters.refused)
    return name_parties(rows, members, records, clusters)


def make_records(rows: pl.DataFrame, vocabulary: Vocabulary) -> tuple[pl.DataFrame, pl.Series]:
    """Return what there is to compare, and for each row the record that it belongs to.

    A record is what a name says, at one site, with one set of numbers.
    """
    distinct = rows["name"].unique().sort()
    read = [read_name(each, vocabulary) for each in distinct]
    names = pl.DataFrame(read, schema=NAME_SCHEMA, orient="row").with_columns(name=distinct)
    sites = rows.select(SITE).unique().sort(SITE)
    sites = sites.with_columns(
        pl.Series("site", [site_path(*each) for each in sites.rows()], pl.String)
    )
    addresses = rows.select("address").unique().drop_nulls()
    addresses = addresses.with_columns(
        pl.Series("address_key", [address_key(each) for each in addresses["address"]], pl.String)
    )
    said = ["words", "han", "place", "numbers", "legal", "short", "is_short"]
    identity = [*said, "site", *REGISTRIES, "known"]
    full = (
        rows.with_columns(at=pl.int_range(pl.len()))
        .join(names, on="name", how="left", maintain_order="left")
        .join(sites, on=SITE, how="left", nulls_equal=True, maintain_order="left")
        .join(addresses, on="address", how="left", maintain_order="left")
    )
    # Every city has its First People's Hospital: such a name says where as little as which.
    is_anywhere = (pl.col("distinct") == "") & (
        pl.col("han").is_not_null() | pl.col("trade").str.contains(ANYWHERE)
    )
    full = full.with_columns(
        pl.when((pl.col("place") == "") & is_anywhere)
        .then(pl.col("site").fill_null(""))
        .otherwise("place")
        .alias("place")
    )
    others = [each for each in NAME if each not in (*identity, "letters")]
    records = (
        full.group_by(identity)
        .agg(
            pl.col("at").min().alias("first"),
            pl.len().alias("weight"),
            *[pl.col(each).sort_by("name").first() for each in others],
            pl.col("letters").mode().sort().first(),
            pl.col("address_key")
            .drop_nulls()
            .unique()
            .sort()
            .head(ADDRESSES_KEPT)
            .alias("addresses"),
        )
        .sort("words", *[each for each in identity if each != "words"], nulls_last=True)
        .with_columns(record_id=pl.int_range(pl.len()))
    )
    members = full.join(
        records.select(*identity, "record_id"),
        on=identity,
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )["record_id"]
    return records, members


NAME_SCHEMA = {each: pl.Boolean if each.startswith("is_") else pl.String for each in NAME}


def site_path(city: str | None, region: str | None, country: str | None) -> str | None:
    """Return where a mention is, from the country down, or nothing.

    >>> site_path("广州市", "广东省", "CN"), site_path("Guangzhou", None, None)
    ('china/guangdong/guangzhou', 'china/guangdong/guangzhou')
    >>> site_path("San Jose", "CA", "US"), site_path(None, None, "DE"), site_path(None, None, None)
    ('usa/sanjose', 'germany', None)
    """
    land = _place(country)
    # A region of two letters may be a state that reads like a country: CA.
    wide = _place(region) if region and not re.fullmatch("[A-Za-z]{2}", region.strip()) else None
    within = place_path([wide]) if wide and wide in places().above else ""
    known = _place(city)
    path = place_path([known]) if known and known in places().above else ""
    if path and (land is None or path.split("/")[0] == land):
        return path
    land = land or within.split("/")[0] or None
    if known:
        return f"{land}/{known}" if land else known
    return within if within.split("/")[0] == land else land


def _place(text: str | None) -> str | None:
    """Return the one word of a known place, else the letters of a text, or nothing."""
    folded = fold((text or "").strip())
    if EAST_ASIAN.search(folded):
        chinese = places().chinese
        short = re.sub("(?:省|市|自治区|特别行政区)$", "", folded)
        return chinese.get(folded) or chinese.get(short) or folded
    letters = re.sub(r"[\W_]", "", folded)
    return places().codes.get(letters, letters) or None


def address_key(text: str) -> str | None:
    """Return an address without what comes and goes in it: case, width, blanks and signs.

    >>> address_key("Guangzhou, Tianhe Rd. 12"), address_key("广州市天河路１２号")
    ('guangzhou tianhe rd 12', '广州市天河路12号')
    """
    return " ".join(re.findall(r"[^\W_]+", fold(text))) or None


def cluster_records(records: pl.DataFrame, scored: pl.DataFrame, threshold: float) -> Clusters:
    """Return the groups of records: those that share a number first, then by score."""
    kinds = (*REGISTRIES, "known")
    kinds_of_one = (*REGISTRIES, "legal")
    numbers: list[dict[str, str]] = [
        {kind: value for kind, value in zip(kinds_of_one, row, strict=True) if value}
        for row in records.select(kinds_of_one).rows()
    ]
    certain: list[tuple[int, int]] = []
    for kind in kinds:
        shared = (
            records.filter(pl.col(kind).is_not_null())
            .with_columns(first=pl.col("record_id").min().over(kind))
            .filter(pl.col("record_id") != pl.col("first"))
        )
        certain += shared.select("first", "record_id").rows()
    return cluster(
        records["place"].to_list(),
        numbers,
        records["han"].to_list(),
        certain,
        scored,
        threshold=threshold,
        support=SUPPORT,
    )


def name_parties(
    rows: pl.DataFrame, members: pl.Series, records: pl.DataFrame, clusters: Clusters
) -> pl.DataFrame:
    """Return the party of each row: named by a registry's number, or by its smallest spelling."""
    table = rows.with_columns(
        members.alias("record_id"),
        pl.Series("group", clusters.group).gather(members),
        pl.Series("score", clusters.score).gather(members),
    )
    raw = pl.concat_str("name", *[pl.col(each).fill_null("") for each in SITE], separator="\x1f")
    mentioned = table.filter(pl.col("row").is_not_null())
    parties = mentioned.group_by("group").agg(raw.min().alias("raw"))
    numbered = table.group_by("group").agg(pl.col(each).drop_nulls().min() for each in REGISTRIES)
    parties = parties.join(numbered, on="group", how="left").sort("group")
    of_name = [
        f"NAME:{hashlib.md5(each.encode(), usedforsecurity=False).hexdigest()}"
        for each in parties["raw"]
    ]
    parties = parties.with_columns(
        pl.coalesce(
            *[pl.format(f"{kind.upper()}:{{}}", pl.col(kind)) for kind in REGISTRIES],
            pl.Series("of_name", of_name, pl.String),
        ).alias("party_id")
    )
    # A mention without a word or a number means nobody in particular.
    nobody = records.filter(
        (pl.col("words") == "") & pl.all_horizontal(pl.col(each).is_null() for each in REGISTRIES)
    )
    return (
        mentioned.join(parties.select("group", "party_id"), on="group", how="left")
        .with_columns(
            pl.when(~pl.col("record_id").is_in(nobody["record_id"].implode())).then(pl.col(each))
            for each in ("party_id", "score")
        )
        .select("row", "party_id", "score")
    )

"""Mentions of inventors of patents divided into persons: for a benchmark, never for the lake.

By decision 027 natural persons are not disambiguated: no step of the lake calls this module. A
mention has a name, and where known an assignee, a place, a title and a year. Mentions that agree
in name, assignee and place are one record; records that share a surname and an initial, or a
given name and the start of a surname, are compared by Splink; groups grow by the surest links.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_level_library as levels
from splink import comparison_library as comparisons

from transforms.linkage.clustering import cluster
from transforms.linkage.names import read_name
from transforms.linkage.text import fold
from transforms.linkage.words import STOP_WORDS, stem

if TYPE_CHECKING:
    from splink.internals.comparison_creator import ComparisonCreator
    from splink.internals.comparison_level_creator import ComparisonLevelCreator

QUIET = 40
MODEL = Path(__file__).parent / "inventor_model.json"
LARGEST_BLOCK = 300
"""Records that a key may gather; a key of more is narrowed to the whole given name, or dropped."""
COMMON_WORD = 0.02
"""Share of titles above which a word says nothing of a person's field."""
LEAST_SCORE = 0.01
THRESHOLD, SUPPORT = 0.7, 0.5
"""Least score of a link that joins two groups, and of an average one between them."""
OPTIONAL = ("assignee", "city", "region", "country", "title", "year")
SUFFIX = re.compile(r"\b(jr|sr|ii|iii|iv)\b")
REST = "rest"

NO_CONFLICT = """(
    middle_l = '' or middle_r = '' or left(middle_l, 1) = left(middle_r, 1)
)"""
NAME_LEVELS = {
    "same with middle": "given_l = given_r and middle_l = middle_r and middle_l <> ''",
    "same, middle initial": f"""
        given_l = given_r and {NO_CONFLICT} and middle_l <> '' and middle_r <> ''
    """,
    "same without middle": "given_l = given_r and middle_l = '' and middle_r = ''",
    "same, one middle": f"given_l = given_r and {NO_CONFLICT}",
    "initial": f"""
        least(length(given_l), length(given_r)) = 1 and left(given_l, 1) = left(given_r, 1)
        and {NO_CONFLICT}
    """,
    "near": f"jaro_winkler_similarity(given_l, given_r) >= 0.9 and {NO_CONFLICT}",
    "start": f"""
        least(length(given_l), length(given_r)) >= 3 and left(given_l, 3) = left(given_r, 3)
        and {NO_CONFLICT}
    """,
    "other middle": "given_l = given_r",
}
SURNAME_LEVELS = {
    "same": "surname_l = surname_r",
    "slip": """
        least(length(surname_l), length(surname_r)) >= 5
        and damerau_levenshtein(surname_l, surname_r) = 1
    """,
    "within": "contains(surname_l, surname_r) or contains(surname_r, surname_l)",
}
ASSIGNEE_LEVELS = {
    "same": "assignee_l = assignee_r",
    "same head": "split_part(assignee_l, ' ', 1) = split_part(assignee_r, ' ', 1)",
}
PLACE_LEVELS = {
    "city": """
        city_l = city_r and country_l = country_r
        and coalesce(region_l, '') = coalesce(region_r, '')
    """,
    "region": "region_l = region_r",
    "country": "country_l = country_r",
}
SHARED = "len(list_intersect(topics_l, topics_r))"
TOPIC_LEVELS = {
    "many": f"{SHARED} >= 2 and {SHARED} >= 0.3 * least(len(topics_l), len(topics_r))",
    "several": f"{SHARED} >= 2",
    "one": f"{SHARED} = 1",
}
GAP = "(greatest(first_l, first_r) - least(last_l, last_r))"
YEAR_LEVELS = {"close": f"{GAP} <= 2", "decade": f"{GAP} <= 10"}
COMPARED = {
    "name": NAME_LEVELS,
    "surname": SURNAME_LEVELS,
    "assignee": ASSIGNEE_LEVELS,
    "place": PLACE_LEVELS,
    "topic": TOPIC_LEVELS,
    "years": YEAR_LEVELS,
}
NULLS = {
    "assignee": "assignee_l is null or assignee_r is null",
    "place": "country_l is null or country_r is null",
    "topic": "len(topics_l) = 0 or len(topics_r) = 0",
    "years": "first_l is null or first_r is null",
}


@dataclass(frozen=True, slots=True)
class InventorModel:
    """Weights by comparison and level, m and u, and the share of blocked pairs that are one."""

    matches: float
    weights: Mapping[str, Mapping[str, tuple[float, float]]]


@cache
def inventor_model() -> InventorModel:
    """Return the model that was learnt from the tune part of labelled inventors."""
    read = json.loads(MODEL.read_text("utf-8"))
    return InventorModel(read["matches"], read["weights"])


def split_name(first: str, last: str) -> tuple[str, str, str]:
    """Return the surname, the given name and what stands between them, folded.

    >>> split_name("Jane A.", "O'Doe, Jr."), split_name("J.", "Doe"), split_name("Jane Ann", "Doe")
    (('odoe', 'jane', 'a'), ('doe', 'j', ''), ('doe', 'jane', 'ann'))
    """
    surname = "".join(re.findall(r"[^\W_]+", SUFFIX.sub("", fold(last))))
    given, *middle = re.findall(r"[^\W_]+", SUFFIX.sub("", fold(first).replace("-", ""))) or [""]
    return surname, given, " ".join(middle)


def make_records(mentions: pl.DataFrame) -> tuple[pl.DataFrame, list[int]]:
    """Return the records to compare, and the record of each mention.

    Columns of `mentions`: `first`, `last`, and where known those of `OPTIONAL`.
    """
    absent = [pl.lit(None, pl.String).alias(each) for each in OPTIONAL if each not in mentions]
    rows = mentions.with_columns(absent)
    names = [split_name(first, last) for first, last in rows.select("first", "last").rows()]
    assignees = {each: read_name(each).words or None for each in rows["assignee"].unique() if each}
    titles = [_topics(each) for each in rows["title"]]
    counts = pl.Series([each for topics in titles for each in topics], dtype=pl.String)
    common = set(
        counts.value_counts().filter(pl.col("count") > max(5, COMMON_WORD * rows.height))[
            counts.name
        ]
    )
    table = pl.DataFrame(
        {
            "surname": [each[0] for each in names],
            "given": [each[1] for each in names],
            "middle": [each[2] for each in names],
            "assignee": [assignees.get(each) for each in rows["assignee"]],
            "city": [fold(each) if each else None for each in rows["city"]],
            "region": [
                f"{country}/{region}" if country and region else None
                for country, region in rows.select("country", "region").rows()
            ],
            "country": rows["country"],
            "topics": [[each for each in topics if each not in common] for topics in titles],
            "year": rows["year"].cast(pl.Int32),
        },
        schema_overrides={
            "assignee": pl.String,
            "city": pl.String,
            "region": pl.String,
            "country": pl.String,
            "topics": pl.List(pl.String),
        },
    )
    alike = ["surname", "given", "middle", "assignee", "city", "region", "country"]
    records = (
        table.group_by(alike)
        .agg(
            pl.col("topics").list.explode(keep_nulls=False, empty_as_null=False).unique().sort(),
            first=pl.col("year").min(),
            last=pl.col("year").max(),
        )
        .sort(alike)
        .with_row_index("record_id")
    )
    members = table.select(alike).join(
        records.select("record_id", *alike),
        on=alike,
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    return records, members["record_id"].to_list()


def _topics(title: str | None) -> list[str]:
    """Return the words of a title that may tell a field, each once."""
    found = {stem(each) for each in re.findall(r"[a-z]{4,}", fold(title or ""))}
    return sorted(found - STOP_WORDS)


def block_keys(records: pl.DataFrame) -> pl.DataFrame:
    """Return `record_id` and `key` of what records must share to be compared."""
    initial = pl.concat_str("surname", pl.lit(" "), pl.col("given").str.slice(0, 1))
    whole = pl.concat_str("surname", pl.lit(" "), "given", pl.lit(" whole"))
    near = pl.concat_str("given", pl.lit(" ~"), pl.col("surname").str.slice(0, 3))
    kinds = [
        records.select("record_id", initial.alias("key"), whole.alias("narrow")),
        records.filter(pl.col("given").str.len_chars() > 3).select(
            "record_id", near.alias("key"), pl.lit(None, pl.String).alias("narrow")
        ),
    ]
    keys = pl.concat(kinds).with_columns(
        pl.when(pl.len().over("key") > LARGEST_BLOCK)
        .then(pl.col("narrow"))
        .otherwise(pl.col("key"))
        .alias("key")
    )
    return (
        keys.drop_nulls("key")
        .filter(pl.len().over("key") <= LARGEST_BLOCK)
        .select("record_id", "key")
        .unique()
        .sort("record_id", "key")
    )


def settings(learnt: InventorModel, *, keep_levels: bool = False) -> SettingsCreator:
    """Return Splink's settings for a model; with the level of each comparison if they are kept."""
    compared: list[ComparisonCreator | dict[str, Any]] = []
    for name, conditions in COMPARED.items():
        steps: list[ComparisonLevelCreator | dict[str, Any]] = []
        if name in NULLS:
            steps.append(levels.CustomLevel(NULLS[name], "null").configure(is_null_level=True))
        for label, condition in {**conditions, REST: ""}.items():
            m, u = learnt.weights[name][label]
            level = levels.CustomLevel(condition, label) if condition else levels.ElseLevel()
            steps.append(level.configure(m_probability=m, u_probability=u))
        compared.append(comparisons.CustomComparison(steps, output_column_name=name))
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        probability_two_random_records_match=learnt.matches,
        blocking_rules_to_generate_predictions=[block_on("keys", arrays_to_explode=["keys"])],
        comparisons=compared,
        retain_matching_columns=keep_levels,
    )


def score(
    records: pl.DataFrame,
    keys: pl.DataFrame,
    learnt: InventorModel,
    least: float,
    *,
    keep_levels: bool = False,
) -> pl.DataFrame:
    """Return `record_id_l`, `record_id_r` and `score` of pairs that share a key.

    With `keep_levels` also `gamma_<comparison>`: its level, counted from the weakest, which is 0.
    """
    arrays = keys.group_by("record_id", maintain_order=True).agg(pl.col("key").alias("keys"))
    table = records.join(arrays, on="record_id", how="inner", maintain_order="left")
    columns = ["record_id_l", "record_id_r", "match_probability as score"]
    if keep_levels:
        columns += [f"gamma_{name}" for name in COMPARED]
    with duckdb.connect() as connection:
        linker = Linker(
            DuckDBAPI(connection).register(table.to_arrow()),
            settings(learnt, keep_levels=keep_levels),
            log_level=QUIET,
            validate_settings=False,
        )
        found = linker.inference.predict(threshold_match_probability=least, warning_mode="never")
        return connection.execute(
            f"select {', '.join(columns)} from {found.physical_name} order by all"
        ).pl()


def link_inventors(mentions: pl.DataFrame, learnt: InventorModel | None = None) -> pl.DataFrame:
    """Return `mention_id` and `person`, a number that mentions of one person share in this table.

    The number means nothing outside of it: persons get no id.
    """
    records, members = make_records(mentions)
    links = score(records, block_keys(records), learnt or inventor_model(), LEAST_SCORE)
    count = records.height
    groups = cluster(
        [""] * count,
        # As two numbers of one registry do, two middle initials keep groups apart.
        [{"middle": each[0]} if each else {} for each in records["middle"]],
        [None] * count,
        [],
        links,
        threshold=THRESHOLD,
        support=SUPPORT,
    )
    persons = [groups.group[each] for each in members]
    return mentions.select("mention_id").with_columns(person=pl.Series(persons, dtype=pl.Int64))

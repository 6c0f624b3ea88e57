"""How probable it is that two names belong to one organisation: Fellegi-Sunter, by Splink.

The comparisons are written here; their weights come from `party_model.json`, which
`python -m benchmarks.linkage --train` learns from labelled names. Names are compared in SQL, on
Splink's DuckDB backend or on Spark.
"""

from __future__ import annotations

import json
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

from transforms.linkage import spark_engine

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
    from splink.internals.comparison_creator import ComparisonCreator
    from splink.internals.comparison_level_creator import ComparisonLevelCreator
    from splink.internals.database_api import DatabaseAPI
    from splink.internals.splink_dataframe import SplinkDataFrame

QUIET = 40
"""The level of errors in Python's logging: Splink tells the rest of its steps one by one."""
MODEL = Path(__file__).parent / "party_model.json"

BOTH_HAN = "(han_l is not null and han_r is not null)"
TWO_SCRIPTS = "((han_l is null) <> (han_r is null))"
TOGETHER = """coalesce(
    list_contains(list_concat(alone_often_l, alone_l, often_l, once_l), record_id_r), false
)"""
# Two brands in pinyin that differ by a letter are two brands: Hengda and Hongda.
ONE_BRAND = f"""(
    not (is_pinyin_l and is_pinyin_r and head_l <> head_r)
    and not ({BOTH_HAN} and brand_l <> brand_r)
)"""
A_WORD_SHARED = "len(list_intersect(distincts_l, distincts_r)) > 0"
SAME_NUMBERS = "numbers_l = numbers_r"
TRADES_WITHIN = "(list_has_all(trades_l, trades_r) or list_has_all(trades_r, trades_l))"
# A part of an institution that is one of its own has such a word more than the whole.
BODIES = """[
    'university', 'institute', 'academy', 'hospital', 'college', 'school', 'center', 'laboratory',
    'foundation', 'clinic', 'press', 'park'
]"""
SAME_BODIES = f"""(
    list_sort(list_intersect(trades_l, {BODIES})) = list_sort(list_intersect(trades_r, {BODIES}))
)"""
# How long the words are that only one of the names has; a slip has to be small beside them.
SHARED = "length(array_to_string(list_intersect(listed_l, listed_r), ''))"
LONGER_REST = f"(greatest(length(joined_l), length(joined_r)) - {SHARED})"
SHORTER_REST = f"(least(length(joined_l), length(joined_r)) - {SHARED})"
SLIP = f"""(
    not (is_short_l and is_short_r) and {SAME_NUMBERS} and {ONE_BRAND} and not {BOTH_HAN}
    and abs(length(tight_l) - length(tight_r)) <= 4
    and {SHORTER_REST} >= 4 and {LONGER_REST} >= 5
    and damerau_levenshtein(tight_l, tight_r) <= greatest(1, floor(0.2 * {LONGER_REST}))
)"""
# The same in names as they are written, with offices and words of other languages.
LETTERS = "least(length(letters_l), length(letters_r))"
SLIP_IN_LETTERS = f"""(
    {SAME_NUMBERS} and {ONE_BRAND} and not {BOTH_HAN}
    and ({LETTERS} >= 32 or ({LETTERS} >= 16 and {A_WORD_SHARED}))
    and abs(length(letters_l) - length(letters_r)) <= 2
    and damerau_levenshtein(letters_l, letters_r) <= if({LETTERS} >= 32, 2, 1)
)"""
SAME_START = "left(tight_l, 1) = left(tight_r, 1)"
WORDS_WITHIN = "(list_has_all(listed_l, listed_r) or list_has_all(listed_r, listed_l))"
INSTITUTIONS = "['university', 'institute', 'research', 'administration', 'agency', 'academy']"
# What a name may have or lack beside a narrower trade, and what it may have alone.
BROAD = ("product", "science", "technology", "equipment", "industry", "manufacturing", "enterprise")
ADDED = "('industry', 'manufacturing', 'enterprise')"

NAME_LEVELS = {
    "same words": f"""
        (words_l = words_r or tight_l = tight_r or (letters_l = letters_r and letters_l <> ''))
        and not ({BOTH_HAN} and han_l <> han_r)
    """,
    "same but places": f"""
        bare_l = bare_r and bare_l <> '' and place_l = place_r and {SAME_NUMBERS}
        and not ({BOTH_HAN} and han_l <> han_r)
    """,
    "acronym": """
        (is_short_l and tight_l in (short_r, if(length(tight_l) > 3, initials_r, null)))
        or (is_short_r and tight_r in (short_l, if(length(tight_r) > 3, initials_l, null)))
        or (short_l = short_r and initials_l = initials_r)
    """,
    "slip in a long word": f"""
        {SLIP} and ({LONGER_REST} >= 12 or ({A_WORD_SHARED} and {SAME_START}))
    """,
    "slip": f"""
        ({SLIP} and {SAME_START} and ({A_WORD_SHARED} or {LONGER_REST} >= 7)) or {SLIP_IN_LETTERS}
    """,
    "slip in a short word": f"{SLIP} and {SAME_START}",
    "one character": f"""
        {BOTH_HAN} and {SAME_NUMBERS} and least(length(han_l), length(han_r)) >= 6
        and damerau_levenshtein(han_l, han_r) = 1
    """,
    "same head and trade": f"""
        {SAME_NUMBERS} and head_l = head_r and trade_l = trade_r and {ONE_BRAND}
    """,
    "same head, broad trade": f"""
        {SAME_NUMBERS} and head_l = head_r and {ONE_BRAND} and narrow_l = narrow_r
        and (narrow_l <> '' or concat(trade_l, trade_r) in {ADDED})
    """,
    "same head, trade within": f"""
        {SAME_NUMBERS} and head_l = head_r and {TRADES_WITHIN} and {ONE_BRAND}
        and {SAME_BODIES}
    """,
    "institution, words within": f"""
        {SAME_NUMBERS} and {ONE_BRAND} and not {BOTH_HAN} and place_l = place_r
        and list_has_any(trades_l, {INSTITUTIONS}) and {WORDS_WITHIN} and {A_WORD_SHARED}
        and least(len(listed_l), len(listed_r)) >= 3
        and {SAME_BODIES}
    """,
    "near head": f"""
        {SAME_NUMBERS} and {TRADES_WITHIN} and {ONE_BRAND} and not {BOTH_HAN} and {SAME_START}
        and least(length(head_l), length(head_r)) >= 6
        and {SHORTER_REST} >= 4 and {LONGER_REST} >= 5
        and damerau_levenshtein(head_l, head_r)
            <= greatest(1, floor(0.12 * greatest(length(head_l), length(head_r))))
    """,
    "most words": f"""
        {SAME_NUMBERS} and {ONE_BRAND} and not {BOTH_HAN} and {A_WORD_SHARED}
        and len(list_intersect(listed_l, listed_r)) >= 4
        and len(list_intersect(listed_l, listed_r)) > 0.8 * greatest(len(listed_l), len(listed_r))
    """,
    "same head, trades overlap": f"""
        {SAME_NUMBERS} and head_l = head_r and {ONE_BRAND} and {SAME_BODIES}
        and 2 * len(list_intersect(trades_l, trades_r)) >= greatest(len(trades_l), len(trades_r))
    """,
    "same head": f"head_l = head_r and {ONE_BRAND}",
    "two scripts, together": f"{TWO_SCRIPTS} and {TOGETHER}",
}
"""Ways in which names agree, the strongest first; whatever is left is `rest`."""

PLACE_LEVELS = {
    "none": "place_l = '' and place_r = ''",
    "same": "place_l = place_r",
    "within": """
        place_l <> '' and place_r <> ''
        and (starts_with(place_l, place_r) or starts_with(place_r, place_l))
    """,
    "other": "place_l <> '' and place_r <> ''",
    "at the site": """
        (place_l = '' and (starts_with(place_r, site_l) or starts_with(site_l, place_r)))
        or (place_r = '' and (starts_with(place_l, site_r) or starts_with(site_r, place_l)))
    """,
    "away from the site": """
        (place_l = '' and site_l is not null) or (place_r = '' and site_r is not null)
    """,
    "city once": "concat(place_l, place_r) like 'china%'",
}
"""Places that the names themselves contain; else a country or state stands in one name only."""

LEGAL_LEVELS = {
    "none": "legal_l = '' and legal_r = ''",
    "same": "legal_l = legal_r",
    "once": "legal_l = '' or legal_r = ''",
}
"""Countries whose law the legal forms are of."""

SITE_LEVELS = {
    "same": "site_l = site_r",
    "within": "starts_with(site_l, site_r) or starts_with(site_r, site_l)",
    "same country": "split_part(site_l, '/', 1) = split_part(site_r, '/', 1)",
}
ADDRESS_LEVELS = {
    "same": "len(list_intersect(addresses_l, addresses_r)) > 0",
    "near": "jaro_winkler_similarity(addresses_l[1], addresses_r[1]) >= 0.92",
}
TOGETHER_LEVELS = {
    "alone, often": "list_contains(alone_often_l, record_id_r)",
    "alone": "list_contains(alone_l, record_id_r)",
    "often": "list_contains(often_l, record_id_r)",
    "once": "list_contains(once_l, record_id_r)",
}
"""Names that two offices give for the only owner of one thing, each in its own script."""

COMPARED = {
    "name": NAME_LEVELS,
    "place": PLACE_LEVELS,
    "legal": LEGAL_LEVELS,
    "site": SITE_LEVELS,
    "address": ADDRESS_LEVELS,
    "together": TOGETHER_LEVELS,
}
NULLS = {
    "site": "site_l is null or site_r is null",
    "address": "len(addresses_l) = 0 or len(addresses_r) = 0",
    # A daughter that bears its parent's name in another trade is often together with it.
    "together": f"""
        not {TWO_SCRIPTS} or alone_l is null or alone_r is null
        or (head_l = head_r and trade_l <> trade_r and not {TRADES_WITHIN})
    """,
}
REST = "rest"


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the comparisons: by comparison and level, m and u.

    A record has about `matches` others of its organisation, so that the chance of two records to
    be one is that number over the records there are: between `least_records`, as a small table
    is still a sample of a larger world, and `population`.
    """

    version: str
    matches: float
    least_records: int
    population: int
    weights: Mapping[str, Mapping[str, tuple[float, float]]]


@cache
def model() -> Model:
    """Return the model that was learnt."""
    return read_model(json.loads(MODEL.read_text("utf-8")))


def read_model(read: Mapping[str, Any]) -> Model:
    """Return a model from what `party_model.json` holds."""
    return Model(
        read["version"],
        read["matches"],
        read["least_records"],
        read["population"],
        read["weights"],
    )


def settings(
    learnt: Model, records: int, *, keep_levels: bool = False, in_spark: bool = False
) -> SettingsCreator:
    """Return Splink's settings for a model; with the level of each comparison if they are kept."""
    said = spark_engine.condition if in_spark else str
    compared: list[ComparisonCreator | dict[str, Any]] = []
    for name, conditions in COMPARED.items():
        steps: list[ComparisonLevelCreator | dict[str, Any]] = []
        if name in NULLS:
            steps.append(
                levels.CustomLevel(said(NULLS[name]), "null").configure(is_null_level=True)
            )
        for label, condition in {**conditions, REST: ""}.items():
            m, u = learnt.weights[name][label]
            level = levels.CustomLevel(said(condition), label) if condition else levels.ElseLevel()
            if name == "name" and label in {"same words", "same head and trade"}:
                steps.append(
                    level.configure(
                        m_probability=m,
                        u_probability=u,
                        tf_adjustment_column="head",
                        tf_adjustment_weight=0.5,
                        tf_minimum_u_value=1 / learnt.population,
                        disable_tf_exact_match_detection=True,
                    )
                )
            else:
                steps.append(level.configure(m_probability=m, u_probability=u))
        compared.append(comparisons.CustomComparison(steps, output_column_name=name))
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        probability_two_random_records_match=learnt.matches
        / min(max(records, learnt.least_records), learnt.population),
        blocking_rules_to_generate_predictions=[block_on("keys", arrays_to_explode=["keys"])],
        comparisons=compared,
        retain_matching_columns=keep_levels,
    )


def score(
    records: pl.DataFrame,
    keys: pl.DataFrame,
    learnt: Model,
    least: float,
    *,
    keep_levels: bool = False,
    spark: SparkSession | None = None,
) -> pl.DataFrame:
    """Return `record_id_l`, `record_id_r` and `score` of the pairs that share a block key.

    Pairs of less than `least` are left out. The columns `gamma_<comparison>`, if they are kept,
    count a comparison's levels from the weakest, which is 0. With `spark` the pairs are made and
    compared there, else by DuckDB in this process.
    """
    frequencies = (
        records.group_by("head")
        .agg(pl.struct("trade", "place").n_unique().alias("seen"))
        .select("head", (pl.col("seen") / learnt.population).alias("tf_head"))
    )
    arrays = keys.group_by("record_id", maintain_order=True).agg(pl.col("key").alias("keys"))
    table = records.join(arrays, on="record_id", how="inner", maintain_order="left").with_columns(
        pl.col("trade").str.split(" ").alias("trades"),
        pl.col("words").str.split(" ").alias("listed"),
        pl.col("distinct").str.split(" ").list.filter(pl.element() != "").alias("distincts"),
        pl.col("trade")
        .str.split(" ")
        .list.set_difference(list(BROAD))
        .list.sort()
        .list.join(" ")
        .alias("narrow"),
        pl.col("words").str.replace_all(" ", "").alias("joined"),
    )
    columns = ["record_id_l", "record_id_r", "match_probability as score"]
    if keep_levels:
        columns += [f"gamma_{name}" for name in COMPARED]
    compared = settings(learnt, records.height, keep_levels=keep_levels, in_spark=spark is not None)
    if spark is not None:
        api = spark_engine.api(spark)
        given, seen = spark_engine.signed(table), spark_engine.signed(frequencies)
        found = _predict(api, given, seen, compared, least)
        pairs = pl.DataFrame(found.as_spark_dataframe().selectExpr(*columns).toArrow())
        return pairs.sort(pairs.columns)
    with duckdb.connect() as connection:
        found = _predict(DuckDBAPI(connection), table, frequencies, compared, least)
        return connection.execute(
            f"select {', '.join(columns)} from {found.physical_name} order by all"
        ).pl()


def _predict(
    api: DatabaseAPI[Any],
    table: pl.DataFrame,
    frequencies: pl.DataFrame,
    compared: SettingsCreator,
    least: float,
) -> SplinkDataFrame:
    linker = Linker(
        api.register(table.to_arrow()), compared, log_level=QUIET, validate_settings=False
    )
    linker.table_management.register_term_frequency_lookup(
        api.register(frequencies.to_arrow()), "head"
    )
    return linker.inference.predict(threshold_match_probability=least, warning_mode="never")

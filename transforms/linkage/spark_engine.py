"""Splink on Spark: the conditions of the comparisons in Spark's SQL, and what Spark lacks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl
import polars.selectors as cs
import sqlglot
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler
from sqlglot import exp

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
    from splink import SparkAPI

PARTITIONS = 8
"""Into which pairs are divided after blocking, where nobody tells how many cores there are."""


def condition(duckdb_sql: str) -> str:
    """Return a condition of DuckDB's SQL in Spark's.

    >>> condition("len(list_intersect(a_l, a_r)) > 0 and list_has_all(a_l, a_r)")
    'SIZE(ARRAY_INTERSECT(a_l, a_r)) > 0 AND SIZE(ARRAY_EXCEPT(a_r, a_l)) = 0'
    """
    # Of a list, `length` in DuckDB; the parser could not tell it from that of a text.
    tree = sqlglot.parse_one(re.sub(r"\blen\(", "array_length(", duckdb_sql), read="duckdb")
    return tree.transform(_in_spark).sql("spark")


def _in_spark(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.ArrayOverlaps):
        return exp.func("arrays_overlap", node.left, node.right)
    if isinstance(node, exp.Anonymous) and node.name.lower() == "list_intersect":
        return exp.func("array_intersect", *node.expressions)
    if isinstance(node, exp.Anonymous) and node.name.lower() == "list_has_all":
        whole, part = node.expressions
        return exp.func("size", exp.func("array_except", part, whole)).eq(0)
    return node


def api(spark: SparkSession) -> SparkAPI:
    """Return Splink's backend on a session, which gets the two functions that Spark has not."""
    # The embedded engine does not need pyspark.
    from pyspark.sql.types import DoubleType, IntegerType
    from splink import SparkAPI

    spark.udf.register("damerau_levenshtein", _edits, IntegerType())
    spark.udf.register("jarowinkler_similarity", _likeness, DoubleType())
    # Its own come in a jar, which a session by Spark Connect cannot be given.
    return SparkAPI(  # type: ignore[no-untyped-call]
        spark_session=spark,
        break_lineage_method="persist",
        num_partitions_on_repartition=PARTITIONS,
        register_udfs_automatically=False,
    )


def signed(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table without unsigned numbers, which Spark has not; keys keep their bits."""
    keys = pl.element().reinterpret(signed=True)
    return frame.with_columns(
        cs.unsigned_integer().cast(pl.Int64), cs.list(cs.by_dtype(pl.UInt64)).list.eval(keys)
    )


# DuckDB's functions of these names compare bytes.
def _edits(left: str | None, right: str | None) -> int | None:
    if left is None or right is None:
        return None
    return DamerauLevenshtein.distance(left.encode(), right.encode())


def _likeness(left: str | None, right: str | None) -> float | None:
    if left is None or right is None:
        return None
    return JaroWinkler.similarity(left.encode(), right.encode())

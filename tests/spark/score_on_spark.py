"""Scores pairs of names on Spark (Sail); runs in the second environment.

`python score_on_spark.py FOLDER`: reads `records.parquet` and `keys.parquet`, writes
`spark.parquet`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl
from pysail.spark import SparkConnectServer
from pyspark.sql import SparkSession

sys.path.insert(0, str(Path(__file__).parents[2]))


def main(folder: Path) -> None:
    """Start Sail, and score there."""
    from transforms.linkage import scoring

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    _, port = server.listening_address
    try:
        spark = SparkSession.builder.remote(f"sc://127.0.0.1:{port}").getOrCreate()
        try:
            records = pl.read_parquet(folder / "records.parquet")
            keys = pl.read_parquet(folder / "keys.parquet")
            scored = scoring.score(
                records, keys, scoring.model(), 0.01, keep_levels=True, spark=spark
            )
            scored.write_parquet(folder / "spark.parquet")
        finally:
            # Without this the process would wait for the server for ever.
            spark.stop()
    finally:
        server.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""The history of parties' ids: what an id became, from release to release.

An id that is in `core.party_alias` is alive, whatever happened to it before. One that was there
in any earlier release is alive or has lines in `core.id_history`, which lead to what is alive.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import duckdb
import polars as pl

from warehouse.reader import Release

HISTORY = {
    "old_id": pl.String,
    "new_id": pl.String,
    "changed_date": pl.Date,
    "reason": pl.String,
    "name_key": pl.String,
}


class Change(NamedTuple):
    """One line of the history: what an id became on a day, and why; nothing if it is gone."""

    old_id: str
    new_id: str | None
    changed_date: date
    reason: str


def history_of(
    parties: pl.DataFrame, before: pl.DataFrame, kept: pl.DataFrame, today: date
) -> pl.DataFrame:
    """Return the history of ids: what is kept from earlier, and what changes now.

    `before` are `name_key` and `party_id` of the last release. An id changes when a name that
    had it has another now: `merged` with names of other parties, `divided` from names that go
    elsewhere, or `renumbered`. It is `withdrawn`, without a new id, when no source uses any of
    its names any more.
    """
    old = before.rename({"party_id": "old_id"})
    both = old.join(parties.select("name_key", new_id="party_id"), on="name_key")
    tagged = both.with_columns(
        olds=pl.col("old_id").n_unique().over("new_id"),
        news=pl.col("new_id").n_unique().over("old_id"),
    )
    reason = (
        pl.when(pl.col("news") > 1)
        .then(pl.lit("divided"))
        .when(pl.col("olds") > 1)
        .then(pl.lit("merged"))
        .otherwise(pl.lit("renumbered"))
    )
    changes = tagged.filter(pl.col("old_id") != pl.col("new_id")).with_columns(reason=reason)
    gone = old.join(both, on="old_id", how="anti").join(
        parties, left_on="old_id", right_on="party_id", how="anti"
    )
    withdrawn = gone.with_columns(new_id=pl.lit(None, pl.String), reason=pl.lit("withdrawn"))
    columns = ["old_id", "new_id", "reason", "name_key"]
    lines = (
        pl.concat([changes.select(columns), withdrawn.select(columns)])
        .group_by("old_id", "new_id", "reason")
        .agg(pl.col("name_key").min())
        .with_columns(changed_date=pl.lit(today))
        .select(list(HISTORY))
    )
    return pl.concat([kept.select(list(HISTORY)), lines]).unique().sort(list(HISTORY))


def known_in(last: Release | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return names with their parties, and the history of ids, as the last release has them."""
    if last is None:
        names = pl.DataFrame(schema={"name_key": pl.String, "party_id": pl.String})
        return names, pl.DataFrame(schema=HISTORY)
    with duckdb.connect(last.database, read_only=True) as connection:
        tables = {
            name
            for (name,) in connection.execute(
                "select table_name from duckdb_tables() where schema_name = 'core'"
            ).fetchall()
        }
        names = connection.execute(
            "select distinct name_key, party_id from core.party_alias order by all"
        ).pl()
        history = (
            connection.execute("select * from core.id_history").pl()
            if "id_history" in tables
            else pl.DataFrame(schema=HISTORY)
        )
    return names, history.cast(HISTORY)  # type: ignore[arg-type]


def successors(
    connection: duckdb.DuckDBPyConnection, party_id: str
) -> tuple[list[str], list[Change]]:
    """Return the parties that an id of an earlier release is now, and the changes that led there.

    Ids that are alive are not followed further; a circle of changes is walked once.
    """
    alive: list[str] = []
    path: list[Change] = []
    seen: set[str] = set()
    waiting = [party_id]
    while waiting:
        at = waiting.pop(0)
        if at in seen:
            continue
        seen.add(at)
        if _is_alive(connection, at):
            alive.append(at)
            continue
        changes = [Change(*row) for row in connection.execute(CHANGES, [at]).fetchall()]
        path += changes
        waiting += [each.new_id for each in changes if each.new_id is not None]
    return alive, path


CHANGES = """
    select distinct old_id, new_id, changed_date, reason
    from core.id_history
    where old_id = ?
    order by changed_date, new_id nulls last
"""


def _is_alive(connection: duckdb.DuckDBPyConnection, party_id: str) -> bool:
    found = connection.execute(
        "select 1 from core.party_alias where party_id = ? limit 1", [party_id]
    ).fetchone()
    return found is not None

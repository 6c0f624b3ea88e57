"""Which rows of a mart came, changed and went between two releases."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from iplake.errors import ConfigError
from warehouse.publish import columns_of, quoted
from warehouse.reader import release

Row = dict[str, object]


def rows_of(before: str, after: str, mart: str, limit: int) -> list[Row]:
    """Return the rows of a mart that differ between two releases: what happened, key and values.

    A changed row has each value that changed as `old → new` in `changes`. A row of a party
    says what `core.id_history` has recorded of its id between the two.
    """
    old, new = release(before), release(after)
    with duckdb.connect() as connection:
        connection.execute(f"attach {quoted(str(old.database), chr(39))} as old (read_only)")
        connection.execute(f"attach {quoted(str(new.database), chr(39))} as new (read_only)")
        columns = [columns_of(connection, side, mart) for side in ("old", "new")]
        if not all(columns):
            raise ConfigError("expected a mart of both releases", mart=mart)
        key = _key(connection, mart)
        shared = [name for name in columns[1] if name in columns[0]]
        if not set(key) <= set(shared):
            raise ConfigError("the key of the mart changed; its rows cannot be compared", mart=mart)
        rows = connection.execute(_differing(mart, key, shared, limit)).pl().to_dicts()
        if "party_id" in key and _have_history(connection):
            for row in rows:
                row["history"] = _history(connection, str(row["party_id"]), str(row["change"]))
        return rows


def _key(connection: duckdb.DuckDBPyConnection, mart: str) -> list[str]:
    row = connection.execute(
        """select key_columns from new.meta."table" where layer = 'marts' and table_name = ?""",
        [mart],
    ).fetchone()
    if row is None or not row[0]:
        raise ConfigError("the mart has no key; its rows cannot be told apart", mart=mart)
    return str(row[0]).split(", ")


def _differing(mart: str, key: Sequence[str], shared: Sequence[str], limit: int) -> str:
    """Return the query for rows that stand on one side alone, or on both with other values."""
    table = f"marts.{quoted(mart)}"
    joined = " and ".join(
        f"old_rows.{quoted(name)} is not distinct from new_rows.{quoted(name)}" for name in key
    )
    values = [name for name in shared if name not in key]
    changes = ", ".join(
        f"case when old_rows.{quoted(name)} is distinct from new_rows.{quoted(name)} then"
        f" {quoted(name, chr(39))} || ': ' || coalesce(cast(old_rows.{quoted(name)} as varchar),"
        f" '') || ' → ' || coalesce(cast(new_rows.{quoted(name)} as varchar), '') end"
        for name in values
    )
    # Names say who it is; all other values of a row are in the mart.
    shown = [*key, *(name for name in values if name.endswith("_name"))]
    listed = ", ".join(
        f"coalesce(new_rows.{quoted(name)}, old_rows.{quoted(name)}) as {quoted(name)}"
        for name in shown
    )
    changed = f"concat_ws('; ', {changes})" if values else "''"
    return f"""
        with

        compared as (
            select
                case
                    when old_rows.is_old is null then 'added'
                    when new_rows.is_new is null then 'removed'
                    else 'changed'
                end as change,
                {listed},
                case
                    when old_rows.is_old and new_rows.is_new then {changed}
                end as changes
            from (select *, true as is_old from old.{table}) as old_rows
            full join (select *, true as is_new from new.{table}) as new_rows on {joined}
        )

        select * from compared
        where changes is null or changes <> ''
        order by
            case change when 'removed' then 0 when 'added' then 1 else 2 end,
            {", ".join(quoted(name) for name in key)}
        limit {limit:d}
    """


def _history(connection: duckdb.DuckDBPyConnection, party_id: str, change: str) -> str | None:
    """Return what is new in the history of an id: what it became, or what it was before."""
    asked, told = ("old_id", "new_id") if change != "added" else ("new_id", "old_id")
    rows = connection.execute(
        f"select distinct reason, {told} from"
        " (from new.core.id_history except from old.core.id_history)"
        f" where {asked} = ? order by all",
        [party_id],
    ).fetchall()
    mark = "→" if change != "added" else "←"
    return "; ".join(f"{reason} {mark} {other or 'nothing'}" for reason, other in rows) or None


def _have_history(connection: duckdb.DuckDBPyConnection) -> bool:
    found = connection.execute(
        "select count(*) from duckdb_tables() where database_name in ('old', 'new')"
        " and schema_name = 'core' and table_name = 'id_history'"
    ).fetchone()
    return found == (2,)

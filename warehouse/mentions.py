"""Mentions of organisations that a user brings: which mean the same one, and which one it is.

Who is who decides the function that `warehouse.refresh` hands over, as in `warehouse.linking`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from iplake.errors import ConfigError
from iplake.identifiers import organisations
from iplake.identifiers.identifier import Identifier
from iplake.log import get_logger
from warehouse.linking import LinkParties, names_of, official_names, read_spellings
from warehouse.party_search import bare_number
from warehouse.progress import Tell
from warehouse.reader import Release

log = get_logger(__name__)

NEEDED = ("mention_id", "name")
READERS: dict[str, Callable[[str], Identifier | None]] = {
    "lei": organisations.lei_identifier,
    "ror": organisations.ror_identifier,
    "uscc": organisations.uscc_identifier,
    "grid": organisations.grid_identifier,
    "isni": organisations.isni_identifier,
}
"""What reads the numbers of each column, in whatever way they are written."""
TAKEN = ("city", "region", "country", "address", "date", *READERS)
OF_LAKE = "\x1flake:"
"""What ids of the lake's names begin with among those of mentions."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """A table of mentions, and what in it was of no use."""

    table: pl.DataFrame
    ignored_columns: tuple[str, ...]
    refused_numbers: int


def read_mentions(path: Path) -> Mentions:
    """Return the mentions of a CSV or Parquet file, their numbers in one form.

    Raises ConfigError for a file that is no such table. Numbers that cannot be read, or whose
    check digits fail, are left out, counted, and warned of; so are columns nobody knows.
    """
    table = _read_table(path)
    if missing := set(NEEDED) - set(table.columns):
        raise ConfigError(
            "columns are missing",
            file=path,
            columns=", ".join(sorted(missing)),
            found=", ".join(table.columns)[:200],
        )
    ignored = tuple(name for name in table.columns if name not in (*NEEDED, *TAKEN))
    table = table.drop(ignored).cast(pl.String)
    _refuse_unclear_ids(table["mention_id"], path)
    if ignored:
        log.warning(
            "columns that linkage does not know are not used",
            columns=", ".join(ignored)[:200],
            known=", ".join((*NEEDED, *TAKEN)),
        )
    refused = 0
    for name, reader in READERS.items():
        if name in table.columns:
            table, count = _with_numbers_read(table, name, reader)
            refused += count
    return Mentions(table, ignored, refused)


def _read_table(path: Path) -> pl.DataFrame:
    refuse_other_endings(path)
    if not path.is_file():
        raise ConfigError("there is no such file", file=path)
    if path.stat().st_size == 0:
        raise ConfigError("the file is empty; expected a table of mentions", file=path)
    try:
        if path.suffix.lower() == ".csv":
            # As text: a column of digits is no number, and an identifier keeps its leading zeros.
            return pl.read_csv(path, infer_schema=False)
        return pl.read_parquet(path)
    except pl.exceptions.PolarsError as error:
        raise ConfigError(f"the file cannot be read: {error}", file=path) from error


def refuse_other_endings(path: Path) -> None:
    """Raise ConfigError unless a file is CSV or Parquet, by its ending."""
    if path.suffix.lower() not in (".csv", ".parquet"):
        raise ConfigError("a file of mentions or parties ends in .csv or .parquet", file=path)


def _refuse_unclear_ids(ids: pl.Series, path: Path) -> None:
    if empty := ids.null_count():
        raise ConfigError("mention_id is empty", file=path, rows=empty)
    twice = ids.filter(ids.is_duplicated()).unique().sort()
    if twice.len():
        raise ConfigError(
            "mention_id is not unique",
            file=path,
            ids=twice.len(),
            first=", ".join(twice.head(3)),
        )


def _with_numbers_read(
    table: pl.DataFrame, name: str, reader: Callable[[str], Identifier | None]
) -> tuple[pl.DataFrame, int]:
    """Return the table with a column of numbers in one form, and how many of them are none."""
    given = table[name].str.strip_chars().replace("", None)
    read = pl.Series(name, [_number(each, reader) for each in given], pl.String)
    refused = given.is_not_null() & read.is_null()
    count = int(refused.sum())
    if count:
        first = table.filter(refused).row(0, named=True)
        log.warning(
            "numbers that are none, or whose check digits fail, are not used",
            column=name,
            mentions=count,
            first_mention=first["mention_id"],
            first=first[name][:60],
        )
    return table.with_columns(read), count


def _number(text: str | None, reader: Callable[[str], Identifier | None]) -> str | None:
    found = reader(text) if text else None
    return bare_number(found) if found and found.check != "fails" else None


def link_file(
    path: Path, out: Path, link_parties: LinkParties, release: Release | None, tell: Tell
) -> dict[str, object]:
    """Write the party of each mention of a file into another one; return what there was in it.

    The columns are `mention_id`, `party_id` and `score`. Against a release, a mention that is a
    party of the lake has the lake's id, and that party's `party_name`, which others lack.
    """
    refuse_other_endings(out)
    tell(f"reading {path.name}")
    mentions = read_mentions(path)
    if release is None:
        tell(f"linking {mentions.table.height:,} mentions")
        parties = link_parties(mentions.table, pl.DataFrame(schema={"name": pl.String}), None)
    else:
        tell(f"reading the parties of release {release.name}")
        lake = read_lake(release)
        tell(f"linking {mentions.table.height:,} mentions and {lake.names.height:,} names")
        parties = against_lake(mentions.table, lake, link_parties)
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.suffix.lower() == ".csv":
        parties.write_csv(out)
    else:
        parties.write_parquet(out)
    sizes = Counter(parties["party_id"].drop_nulls())
    counts: dict[str, object] = {
        "mentions": parties.height,
        "parties": len(sizes),
        "largest_party": max(sizes.values(), default=0),
        "without_name": parties["party_id"].null_count(),
        "refused_numbers": mentions.refused_numbers,
        "ignored_columns": ", ".join(mentions.ignored_columns) or None,
    }
    if release is not None:
        counts["release"] = release.name
        counts["mentions_in_lake"] = parties.height - parties["party_name"].null_count()
    return counts


@dataclass(frozen=True, slots=True)
class Lake:
    """Parties of a release: their names as mentions, official names, numbers and display names."""

    names: pl.DataFrame
    official: pl.DataFrame
    party_of_key: dict[str, str]
    party_of_spelling: dict[str, str]
    party_of_number: dict[tuple[str, str], str]
    name_of_party: dict[str, str]


def read_lake(release: Release) -> Lake:
    """Return the parties of a release, as its marts and core have them."""
    with duckdb.connect(release.database, read_only=True) as connection:
        spellings = read_spellings(connection)
        keys = connection.execute(
            "select distinct name_key, party_id from core.party_alias order by all"
        ).fetchall()
        spelled = connection.execute(
            "select lower(alias_name), min(party_id) from core.party_alias"
            " group by lower(alias_name) having count(distinct party_id) = 1"
        ).fetchall()
        numbers = connection.execute(
            "select identifier_kind, identifier, min(party_id)"
            " from core.xref_party__identifier where is_only group by all"
            " having count(distinct party_id) = 1"
        ).fetchall()
        names = connection.execute(
            "select aliases.party_id, coalesce(min(parties.party_name), min(aliases.alias_name))"
            " from core.party_alias as aliases"
            " left join core.dim_party as parties on aliases.party_id = parties.party_id"
            " group by aliases.party_id"
        ).fetchall()
    return Lake(
        names=names_of(spellings),
        official=official_names(spellings),
        party_of_key=dict(keys),
        party_of_spelling=dict(spelled),
        party_of_number={(kind, number): party_id for kind, number, party_id in numbers},
        name_of_party=dict(names),
    )


def against_lake(table: pl.DataFrame, lake: Lake, link_parties: LinkParties) -> pl.DataFrame:
    """Return the party of each mention, linked together with all names of the lake.

    A number that the lake knows decides. Else the mention is what the names of the lake are that
    it was linked with: of several parties the one that is spelt like it, or has most of them.
    Reviewed overrides of the lake therefore hold here too.
    """
    known = lake.names.with_columns((OF_LAKE + pl.col("mention_id")).alias("mention_id"))
    groups = link_parties(pl.concat([table, known], how="diagonal_relaxed"), lake.official, None)
    parties_in: dict[str, Counter[str]] = {}
    for mention_id, group in groups.select("mention_id", "party_id").iter_rows():
        if mention_id.startswith(OF_LAKE) and group is not None:
            party_id = lake.party_of_key.get(mention_id.removeprefix(OF_LAKE))
            if party_id:
                parties_in.setdefault(group, Counter())[party_id] += 1
    rows = []
    own = table.join(groups, on="mention_id", how="left", maintain_order="left")
    for row in own.iter_rows(named=True):
        by_number = _party_by_number(row, lake)
        party_id = by_number or _party_by_group(row, parties_in.get(row["party_id"], {}), lake)
        rows.append(
            (
                row["mention_id"],
                party_id or row["party_id"],
                1.0 if by_number else row["score"],
                lake.name_of_party.get(party_id) if party_id else None,
            )
        )
    return pl.DataFrame(
        rows,
        schema={
            "mention_id": pl.String,
            "party_id": pl.String,
            "score": pl.Float64,
            "party_name": pl.String,
        },
        orient="row",
    )


def _party_by_number(row: dict[str, str | None], lake: Lake) -> str | None:
    for kind in READERS:
        number = row.get(kind)
        if number and (found := lake.party_of_number.get((kind, number))):
            return found
    return None


def _party_by_group(row: dict[str, str | None], parties: dict[str, int], lake: Lake) -> str | None:
    if not parties:
        return None
    spelt = lake.party_of_spelling.get((row["name"] or "").strip().lower())
    if spelt in parties:
        return spelt
    return min(parties, key=lambda party_id: (-parties[party_id], party_id))

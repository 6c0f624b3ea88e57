"""Industries: classifications of activities and products, and concordances between them.

The files of offices and of those who typed them in have a table each; its header tells which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

import polars as pl

from ingest.discover import listed_in_checksums
from ingest.readers.archive import Member, open_members
from ingest.readers.delimited import (
    Dialect,
    as_arrow,
    read_blocks,
    read_header,
    unknown_columns,
)
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import SourceChanged

DIALECT = Dialect()
INDUSTRIES, CONCORDANCES = "industries", "industry_concordances"
INDUSTRY_FIELDS = ("code", "name", "parent", "includes", "also_includes", "excludes")
CONCORDANCE_FIELDS = (
    "code", "name", "other_code", "other_name", "is_partial", "other_is_partial", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """One known file: whose codes it has, and under which columns they stand."""

    table: str
    classification: tuple[str, str | None]
    columns: dict[str, str]
    other: tuple[str, str] | None = None
    ignored: set[str] = field(default_factory=set)


NOTES = {"includes": "Include", "excludes": "Exclude"}
TABLES = (
    Table(INDUSTRIES, ("GBT4754", None), {"code": "code", "name": "name"}),
    Table(INDUSTRIES, ("ISIC", "4"), {"code": "ISIC Rev. 4", "name": "Description"}),
    # URI repeats the code without its point.
    Table(
        INDUSTRIES,
        ("NACE", "2"),
        {"code": "NACE Rev. 2", "name": "Name", "also_includes": "IncludeAlso", **NOTES},
        ignored={"URI"},
    ),
    # The level is told by the code.
    Table(
        INDUSTRIES,
        ("NACE", "2"),
        {
            "code": "nace2",
            "name": "Name",
            "parent": "Parent",
            "also_includes": "Include_Also",
            **NOTES,
        },
        ignored={"Level"},
    ),
    *(
        Table(
            INDUSTRIES,
            ("NAICS", year),
            {"code": f"NAICS {year}", "name": f"{year} NAICS US Title"},
            ignored={"Seq. No."},
        )
        for year in ("2017", "2022")
    ),
    Table(INDUSTRIES, ("SITC", "4"), {"code": "SITC4", "name": "Description", "parent": "parent"}),
    # The counts say on how many lines a code stands.
    Table(
        CONCORDANCES,
        ("CPA", "2.1"),
        {
            "code": "CPA 2.1",
            "name": "CPA 2.1 label",
            "other_code": "CPC 2.1",
            "other_name": "CPC 2.1 label",
            "note": "Comment",
        },
        ("CPC", "2.1"),
        ignored={"Count of CPA 2.1", "Count of CPC 2.1"},
    ),
    Table(
        CONCORDANCES,
        ("ISIC", "4"),
        {
            "code": "ISIC Rev. 4",
            "other_code": "CPC 2.1",
            "is_partial": "ISIC4partial",
            "other_is_partial": "CPC21partial",
        },
        ("CPC", "2.1"),
    ),
    Table(
        CONCORDANCES,
        ("NACE", "2"),
        {"code": "NACE Rev 2.", "other_code": "CPA 2.1"},
        ("CPA", "2.1"),
    ),
    # The name of a column is there twice: codes first, then their titles.
    Table(
        CONCORDANCES,
        ("NAICS", "2017"),
        {
            "code": "NAICS 2017",
            "other_code": "NACE Rev. 2",
            "other_name": "NACE Rev. 2 (2)",
            "name": "US NAICS 2017",
            "note": "Notes",
        },
        ("NACE", "2"),
    ),
)

GBT_CLASSES = {"2011": range(1_050, 1_150), "2017": range(1_350, 1_400)}
"""Classes of four digits: 1,094 in 2011, 1,382 in 2017 with its amendment of 2019."""
GBT_MARK = "3963"
GBT_MARKS = {"集成电路制造": "2011", "智能无人飞行器制造": "2017"}
"""What the code 3963 means, by edition."""


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the files of the delivery."""
    return listed_in_checksums(fetch, source.endpoint.base_url)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: the files are small."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield the rows of whichever of the tables each file inside is, all under the same names."""
    taken = dict.fromkeys((INDUSTRIES, CONCORDANCES), 0)
    for member in open_members(file.path):
        for batch in _read_member(member, taken):
            taken[batch.table] += batch.records
            yield batch


def _read_member(member: Member, taken: dict[str, int]) -> Iterator[Batch]:
    header = _distinct([name.strip() for name in read_header(member.stream, DIALECT)])
    known = _table_of(header, member.name)
    drift = unknown_columns(header, known.columns.values(), known.table, known.ignored)
    blocks = list(read_blocks(member.stream, header, DIALECT, known.table))
    if not blocks:
        raise SourceChanged("expected codes below the header", file=member.name)
    # A file has some thousand lines, and its edition can only be told from all of them.
    rows = pl.concat([block.rows for block in blocks])
    edition = known.classification[1] or _edition(rows, member.name)
    fields = INDUSTRY_FIELDS if known.table == INDUSTRIES else CONCORDANCE_FIELDS
    nothing = pl.lit(None, dtype=pl.String)
    named = rows.select(
        pl.col("_record_number") + taken[known.table],
        classification=pl.lit(known.classification[0]),
        edition=pl.lit(edition),
        other_classification=pl.lit(known.other[0]) if known.other else nothing,
        other_edition=pl.lit(known.other[1]) if known.other else nothing,
        **{
            name: pl.col(known.columns[name]) if name in known.columns else nothing
            for name in fields
        },
    )
    rejections = tuple(each for block in blocks for each in block.rejections)
    records = sum(block.records for block in blocks)
    yield Batch(known.table, records, as_arrow(named), rejections, drift)


def _distinct(header: list[str]) -> list[str]:
    """Return names with a number behind those that have been there before.

    >>> _distinct(["a", "b", "a"])
    ['a', 'b', 'a (2)']
    """
    seen: dict[str, Iterator[int]] = {}
    numbers = [next(seen.setdefault(name, count(1))) for name in header]
    return [
        f"{name} ({number})" if number > 1 else name
        for name, number in zip(header, numbers, strict=True)
    ]


def _table_of(header: list[str], where: str) -> Table:
    """Return the known table that has most columns of a header's; it has to have all of its own."""
    fitting = [each for each in TABLES if set(each.columns.values()) <= set(header)]
    if not fitting:
        raise SourceChanged(
            "the header is of none of the tables that are known; is this another file?",
            file=where,
            expected="; ".join(", ".join(each.columns.values()) for each in TABLES)[:600],
            found=", ".join(header)[:200],
        )
    return max(fitting, key=lambda each: len(each.columns))


def _edition(rows: pl.DataFrame, where: str) -> str:
    """Return the edition of GB/T 4754 that a list without one is of.

    The same codes mean other industries in another edition, so that a guess would be worse
    than none: number of classes and the meaning of 3963 must agree, as far as they are there.
    """
    codes = rows["code"].str.strip_chars().str.replace(r"^[A-Z]", "")
    classes = rows.filter(codes.str.contains(r"^\d{4}$"))["code"].n_unique()
    by_count = {edition for edition, number in GBT_CLASSES.items() if classes in number}
    meanings = rows.filter(codes == GBT_MARK)["name"].str.strip_chars().to_list()
    by_meaning = {GBT_MARKS[name] for name in meanings if name in GBT_MARKS}
    told = by_count | by_meaning
    if len(told) != 1:
        raise SourceChanged(
            "the edition of GB/T 4754 can't be told; look which it is, and name the file's origin",
            file=where,
            classes=classes,
            expected="1,094 (2011) or 1,382 (2017)",
            meaning_of_3963=", ".join(meanings) or "absent",
        )
    return told.pop()

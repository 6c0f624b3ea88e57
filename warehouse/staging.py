"""Staged Parquet files of one shard of one raw file, with the count that nothing was lost."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from iplake.contract import EXCERPT_CHARACTERS, Batch, RawFile, Rejection
from iplake.declaration import Source
from iplake.errors import RecordsLost

QUARANTINE_SCHEMA = pa.schema(
    [
        ("table", pa.string()),
        ("reason_code", pa.string()),
        ("locator", pa.string()),
        ("detail", pa.string()),
        ("raw_excerpt", pa.string()),
        ("_snapshot_id", pa.string()),
        ("_landed_at", pa.timestamp("us", tz="UTC")),
    ]
)


@dataclass(slots=True)
class Count:
    """Records in, rows staged and records quarantined, of one table of one file."""

    records: int = 0
    staged: int = 0
    quarantined: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """What staging one raw file came to. A file with a receipt is staged whole."""

    address: str
    snapshot_id: str
    file_name: str
    fingerprint: str
    parts: int
    counts: dict[str, Count] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the receipt as stable JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the receipt that `to_json` wrote."""
        content = json.loads(text)
        counts = {table: Count(**count) for table, count in content.pop("counts").items()}
        return cls(**content, counts=counts)


def add_up(counts: Iterable[Mapping[str, Count]]) -> dict[str, Count]:
    """Return the sum of several counts, table by table."""
    total: dict[str, Count] = {}
    for each in counts:
        for table, count in each.items():
            sum_ = total.setdefault(table, Count())
            sum_.records += count.records
            sum_.staged += count.staged
            sum_.quarantined += count.quarantined
    return total


def part_paths(folder: Path, table: str) -> tuple[Path, Path]:
    """Return where one shard's staged rows and its quarantined records of a table lie."""
    return folder / f"{table}.parquet", folder / "quarantine" / f"{table}.parquet"


class StagingWriter:
    """Writes one shard's batches to Parquet, one file per table, and counts what it wrote.

    `rows` of a batch come cleaned, with `_reason` and `_detail` for refused ones; `before`
    are the same rows as the connector made them, for the quarantine's excerpt.
    """

    def __init__(self, source: Source, file: RawFile, folder: Path) -> None:
        self._source = source
        self._file = file
        self._records = dict.fromkeys(source.tables, 0)
        self._staged: dict[str, pq.ParquetWriter] = {}
        self._refused: dict[str, pq.ParquetWriter] = {}
        (folder / "quarantine").mkdir(parents=True, exist_ok=True)
        for table, declared in source.tables.items():
            staged, refused = part_paths(folder, table)
            self._staged[table] = pq.ParquetWriter(
                staged, arrow_schema(declared.all_columns()), compression="zstd"
            )
            self._refused[table] = pq.ParquetWriter(refused, QUARANTINE_SCHEMA)
        self._folder = folder

    def write(self, batch: Batch, cleaned: pl.DataFrame) -> None:
        """Write one batch: good rows to staging, refused ones to quarantine."""
        self._records[batch.table] += batch.records
        self._quarantine(batch.table, batch.rejections)
        is_refused = cleaned["_reason"].is_not_null()
        if is_refused.any():
            before = pl.DataFrame(batch.rows)
            self._quarantine(batch.table, self._rejections(batch.table, cleaned, before))
            cleaned = cleaned.filter(~is_refused)
        schema = self._staged[batch.table].schema
        staged = cleaned.drop("_reason", "_detail").with_columns(
            pl.lit(self._file.snapshot_id).alias("_snapshot_id"),
            pl.lit(self._file.landed_at, dtype=pl.Datetime("us", "UTC")).alias("_landed_at"),
        )
        if staged.height:
            rows = staged.select(schema.names).to_arrow().cast(schema)
            self._staged[batch.table].write_table(rows)

    def _rejections(
        self, table: str, cleaned: pl.DataFrame, before: pl.DataFrame
    ) -> list[Rejection]:
        refused = cleaned["_reason"].is_not_null()
        raw = before.filter(refused).select(pl.struct(pl.all()).struct.json_encode())
        marks = cleaned.filter(refused).select("_record_number", "_reason", "_detail")
        return [
            Rejection(table, reason, f"record {number}", detail or "", text[:EXCERPT_CHARACTERS])
            for (number, reason, detail), text in zip(
                marks.iter_rows(), raw.to_series(), strict=True
            )
        ]

    def _quarantine(self, table: str, rejections: Iterable[Rejection]) -> None:
        rows = [
            asdict(rejection)
            | {"_snapshot_id": self._file.snapshot_id, "_landed_at": self._file.landed_at}
            for rejection in rejections
        ]
        if rows:
            self._refused[table].write_table(pa.Table.from_pylist(rows, QUARANTINE_SCHEMA))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for writer in (*self._staged.values(), *self._refused.values()):
            writer.close()

    def counts(self) -> dict[str, Count]:
        """Return the counts, read back from the closed files; raise if a record was lost."""
        counts: dict[str, Count] = {}
        for table, records in self._records.items():
            staged, refused = part_paths(self._folder, table)
            count = Count(
                records, pq.read_metadata(staged).num_rows, pq.read_metadata(refused).num_rows
            )
            if count.records != count.staged + count.quarantined:
                raise RecordsLost(
                    "records in must equal rows staged plus records quarantined",
                    source=self._source.address,
                    table=table,
                    file=self._file.name,
                    records=count.records,
                    staged=count.staged,
                    quarantined=count.quarantined,
                )
            counts[table] = count
        return counts


ARROW = {
    "string": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", tz="UTC"),
}


def arrow_schema(columns: Iterable[tuple[str, str]]) -> pa.Schema:
    """Return the Arrow schema of declared columns."""
    return pa.schema([(name, ARROW[kind]) for name, kind in columns])

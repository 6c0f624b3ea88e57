"""Staged Parquet files of one shard of one raw file, with the count that nothing was lost."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from iplake.contract import EXCERPT_CHARACTERS, Batch, Drift, RawFile, Rejection
from iplake.declaration import ColumnType, Source
from iplake.errors import RecordsLost

MAX_GATHERED_BYTES = 48 << 20
"""Writing takes this twice over. With four times as much, ETSI's export was staged no faster."""

ROW_GROUP_ROWS = 122_880
"""DuckDB's own row-group size, so that it scans staged files on all cores."""

POLARS_TYPES: dict[ColumnType, pl.DataType] = {
    "string": pl.String(),
    "int": pl.Int64(),
    "float": pl.Float64(),
    "bool": pl.Boolean(),
    "date": pl.Date(),
    "timestamp": pl.Datetime("us", "UTC"),
}

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
class Staged:
    """What staging one shard came to: counts by table, and fields that nobody knows."""

    counts: dict[str, Count]
    drift: tuple[Drift, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What staging one raw file came to. A file with a receipt is staged whole."""

    address: str
    snapshot_id: str
    file_name: str
    fingerprint: str
    parts: int
    counts: dict[str, Count] = field(default_factory=dict)
    drift: tuple[Drift, ...] = ()

    def to_json(self) -> str:
        """Return the receipt as stable JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the receipt that `to_json` wrote."""
        content = json.loads(text)
        counts = {table: Count(**count) for table, count in content.pop("counts").items()}
        drift = tuple(Drift(**each) for each in content.pop("drift", ()))
        return cls(**content, counts=counts, drift=drift)


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


def merge_drift(found: Iterable[Drift]) -> tuple[Drift, ...]:
    """Return each unknown field once, with all its records, in the order first seen."""
    merged: dict[tuple[str, str], Drift] = {}
    for each in found:
        seen = merged.get((each.table, each.field))
        records = each.records + (seen.records if seen else 0)
        merged[each.table, each.field] = replace(seen or each, records=records)
    return tuple(merged.values())


def staged_parts(folder: Path, table: str) -> list[Path]:
    """Return one shard's staged files of a table, in the order of its rows."""
    return sorted(folder.glob(f"{table}.????.parquet"))


def refused_part(folder: Path, table: str) -> Path:
    """Return one shard's file of quarantined records of a table."""
    return folder / "quarantine" / f"{table}.parquet"


class StagingWriter:
    """Writes one shard's batches to Parquet and counts what it wrote.

    Rows are gathered up to MAX_GATHERED_BYTES before they are written, so that a file has
    few, large row groups and memory stays bounded.
    """

    def __init__(
        self, source: Source, file: RawFile, folder: Path, *, is_alone: bool = False
    ) -> None:
        self._source = source
        self._file = file
        self._folder = folder
        self._records = dict.fromkeys(source.tables, 0)
        self._drift: tuple[Drift, ...] = ()
        self._gathered: dict[str, list[pl.DataFrame]] = {table: [] for table in source.tables}
        self._gathered_bytes = 0
        self._parts = 0
        self._writing = ThreadPoolExecutor(2) if is_alone else None
        self._unwritten: list[Future[None]] = []
        self._refused: dict[str, pq.ParquetWriter] = {}
        (folder / "quarantine").mkdir(parents=True, exist_ok=True)
        for table in source.tables:
            path = refused_part(folder, table)
            self._refused[table] = pq.ParquetWriter(path, QUARANTINE_SCHEMA)

    def write(self, batch: Batch, cleaned: pl.DataFrame) -> None:
        """Take one batch: its good rows for staging, its refused ones to quarantine.

        `cleaned` are the batch's rows after the transform, with `_reason` and `_detail`.
        """
        self._records[batch.table] += batch.records
        if batch.drift:
            self._drift = merge_drift((*self._drift, *batch.drift))
        self._quarantine(batch.table, batch.rejections)
        is_refused = cleaned["_reason"].is_not_null()
        if is_refused.any():
            before = pl.DataFrame(batch.rows)
            self._quarantine(batch.table, self._rejections(batch.table, cleaned, before))
            cleaned = cleaned.filter(~is_refused)
        staged = cleaned.drop("_reason", "_detail")
        self._gathered[batch.table].append(staged)
        self._gathered_bytes += int(staged.estimated_size())
        if self._gathered_bytes > MAX_GATHERED_BYTES:
            self._write_part()

    def _write_part(self) -> None:
        self._await_parts()
        for table in self._source.tables:
            gathered, self._gathered[table] = self._gathered[table], []
            path = self._folder / f"{table}.{self._parts:04d}.parquet"
            if self._writing:
                task = self._writing.submit(self._write_table, table, gathered, path)
                self._unwritten.append(task)
            else:
                self._write_table(table, gathered, path)
        self._gathered_bytes = 0
        self._parts += 1

    def _await_parts(self) -> None:
        while self._unwritten:
            self._unwritten.pop().result()

    def _write_table(self, table: str, gathered: Sequence[pl.DataFrame], path: Path) -> None:
        columns = self._source.tables[table].all_columns()
        schema = {name: POLARS_TYPES[kind] for name, kind in columns}
        rows = pl.concat(gathered) if gathered else pl.DataFrame(schema=schema)
        rows = rows.with_columns(
            pl.lit(self._file.snapshot_id).alias("_snapshot_id"),
            pl.lit(self._file.landed_at, dtype=POLARS_TYPES["timestamp"]).alias("_landed_at"),
        )
        rows.select(pl.col(name).cast(kind) for name, kind in schema.items()).write_parquet(
            path, compression="zstd", compression_level=1, row_group_size=ROW_GROUP_ROWS
        )

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
        # A table without rows has an empty file, so that every reader finds its columns.
        if error is None and (self._parts == 0 or any(self._gathered.values())):
            self._write_part()
        if self._writing:
            self._writing.shutdown(cancel_futures=error is not None)
        for writer in self._refused.values():
            writer.close()
        if error is None:
            self._await_parts()

    def staged(self) -> Staged:
        """Return the counts, read back from the closed files; raise if a record was lost."""
        counts: dict[str, Count] = {}
        for table, records in self._records.items():
            staged = sum(
                pq.read_metadata(part).num_rows for part in staged_parts(self._folder, table)
            )
            refused = pq.read_metadata(refused_part(self._folder, table)).num_rows
            count = Count(records, staged, refused)
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
        return Staged(counts, self._drift)

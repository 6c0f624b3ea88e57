"""From records to batches: parse each record, quarantine the refused, count them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import pyarrow as pa

from iplake.contract import Batch, Drift, Rejection, collecting_leftovers, excerpt
from iplake.declaration import Source
from iplake.errors import UNREADABLE, RecordRejected

T = TypeVar("T")
Row = dict[str, object]
Parsed = Mapping[str, list[Row]]
"""Rows of one record by table: one row of the main table, any number of the others."""

BATCH_ROWS = 20_000
MOST_FIELDS = 5
NO_FIT = (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError, UnicodeError)
"""What Arrow raises for a value that does not fit a column."""


@dataclass(frozen=True, slots=True)
class Record(Generic[T]):
    """One upstream record as a reader hands it over.

    `number` counts from 1 in its file; `locator` says where it stands, for people;
    `content` is the record, or the reason why the reader could not make it out.
    """

    number: int
    locator: str
    content: T | RecordRejected
    raw: bytes


def collect(
    records: Iterable[Record[T]],
    parse: Callable[[T], Parsed],
    source: Source,
    schemas: Mapping[str, pa.Schema],
    *,
    main: str | None = None,
    unknown: Callable[[T], list[str]] | None = None,
) -> Iterator[Batch]:
    """Yield batches of every table: each record parsed whole, or refused whole.

    `parse` returns a record's rows by table, without `_record_number`. A `RecordRejected`
    from it, or from the reader, becomes one rejection against `main`, the source's main table
    unless told otherwise.
    `schemas` are the upstream-shaped Arrow schemas; rows must have exactly their fields.
    `unknown` returns the fields of a record that nobody handles or ignores by name, for records
    that are not popped empty (`report_leftovers`): the record goes on, and its batch says so.
    """
    main = main or source.main_table
    rows: dict[str, list[Row]] = {table: [] for table in schemas}
    rejections: list[Rejection] = []
    drift: dict[str, Drift] = {}
    taken = 0
    pending = 0
    upstream = iter(records)
    while taking := _take(upstream, parse, unknown):
        record, parsed, leftovers = taking
        taken += 1
        for field in leftovers:
            seen = drift.get(field, Drift(main, field, 0, record.locator))
            drift[field] = replace(seen, records=seen.records + 1)
        if isinstance(parsed, RecordRejected):
            rejections.append(
                Rejection(
                    table=main,
                    reason_code=parsed.reason_code,
                    locator=record.locator,
                    detail=str(parsed),
                    raw_excerpt=excerpt(record.raw),
                )
            )
            continue
        for table, table_rows in parsed.items():
            for row in table_rows:
                row["_record_number"] = record.number
            rows[table].extend(table_rows)
            pending += len(table_rows)
        if pending >= BATCH_ROWS:
            yield from _batches(rows, schemas, main, taken, rejections, drift)
            rows = {table: [] for table in schemas}
            rejections, drift, taken, pending = [], {}, 0, 0
    yield from _batches(rows, schemas, main, taken, rejections, drift)


def _take(
    records: Iterator[Record[T]],
    parse: Callable[[T], Parsed],
    unknown: Callable[[T], list[str]] | None,
) -> tuple[Record[T], Parsed | RecordRejected, list[str]] | None:
    """Return the next record, what it parses to, and its fields that nobody knows."""
    with collecting_leftovers() as leftovers:
        record = next(records, None)
        if record is None:
            return None
        if isinstance(record.content, RecordRejected):
            return record, record.content, []
        try:
            leftovers += unknown(record.content) if unknown else ()
            parsed = parse(record.content)
        except (RecordRejected, *UNREADABLE) as error:
            return record, _with_field(as_rejected(error), record.content), []
    return record, parsed, sorted(set(leftovers))


def strings(*names: str, **others: str) -> pa.Schema:
    """Return a schema of text fields, and of others by their Arrow type.

    >>> strings("name", year="int64").types
    [DataType(string), DataType(int64)]
    """
    fields = [pa.field(name, pa.string()) for name in names]
    return pa.schema([*fields, *(pa.field(name, _TYPES[kind]) for name, kind in others.items())])


_TYPES = {"int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_()}


def as_rejected(error: Exception) -> RecordRejected:
    """Return what is wrong with a record as its rejection; a KeyError is a missing field."""
    match error:
        case RecordRejected():
            return error
        case KeyError():
            return RecordRejected("missing_field", "a field is missing", field=error.args[0])
        case _:
            said = f"{type(error).__name__}: {error}"[:200]
            return RecordRejected("wrong_type", "a field is of another type", said=said)


def _with_field(error: RecordRejected, record: object) -> RecordRejected:
    """Return a rejection that says which field its value stands in, or may stand in."""
    fields = [field for value in error.values for field in fields_with(record, value)]
    if fields and "field" not in error.facts:
        error.facts = {"field": " or ".join(fields[:MOST_FIELDS]), **error.facts}
    return error


def fields_with(record: object, value: object) -> list[str]:
    """Return the paths in a record at which a value stands itself, and not one like it.

    >>> items = [1, 2]
    >>> fields_with({"a": {"b": [{"c": items}]}, "d": [1, 2]}, items)
    ['a/b/c']
    """
    found: set[str] = set()
    stack: list[tuple[object, str]] = [(record, "")]
    while stack:
        inner, path = stack.pop()
        if inner is value and path:
            found.add(path)
        elif isinstance(inner, list | tuple):
            stack.extend((each, path) for each in inner)
        elif isinstance(inner, dict):
            stack.extend(
                (each, f"{path}/{name}" if path else str(name)) for name, each in inner.items()
            )
    return sorted(found)


def _batches(
    rows: Mapping[str, list[Row]],
    schemas: Mapping[str, pa.Schema],
    main: str,
    taken: int,
    rejections: list[Rejection],
    drift: Mapping[str, Drift],
) -> Iterator[Batch]:
    numbered = {
        table: schema.append(pa.field("_record_number", pa.int64()))
        for table, schema in schemas.items()
    }
    try:
        tables = {name: pa.Table.from_pylist(rows[name], numbered[name]) for name in rows}
    except NO_FIT:
        misfits = _misfits(rows, numbered, main)
        rejections = [*rejections, *misfits.values()]
        tables = {
            name: pa.Table.from_pylist(
                [row for row in rows[name] if row["_record_number"] not in misfits], numbered[name]
            )
            for name in rows
        }
    for table, arrow in tables.items():
        is_main = table == main
        yield Batch(
            table=table,
            records=taken if is_main else arrow.num_rows,
            rows=arrow,
            rejections=tuple(rejections) if is_main else (),
            drift=tuple(drift.values()) if is_main else (),
        )


def _misfits(
    rows: Mapping[str, list[Row]], schemas: Mapping[str, pa.Schema], main: str
) -> dict[object, Rejection]:
    """Return the rejections of records in which a field is not of its type, by their numbers."""
    found: dict[object, Rejection] = {}
    for table, table_rows in rows.items():
        for row in table_rows:
            number = row["_record_number"]
            for field in schemas[table]:
                value = row[field.name]
                try:
                    pa.array([value], field.type)
                except NO_FIT as error:
                    shown = ascii(value)[:80]
                    detail = f"expected {field.type} (field={field.name}, found={shown}): {error}"
                    misfit = Rejection(main, "wrong_type", f"record {number}", detail[:300], shown)
                    found.setdefault(number, misfit)
    return found

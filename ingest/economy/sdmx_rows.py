"""Rows that every dialect of SDMX comes down to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ingest.collect import Record, Row, strings
from iplake.errors import RecordRejected

OBSERVATIONS = strings(
    "format", "agency", "dataset", "version", "action", "dimensions", "attributes", "area", "unit",
    "status", "period", "period_name", "value", has_declared_key="bool",
)  # fmt: skip
STRUCTURES = strings(
    "class", "agency", "artefact", "version", "item_class", "item", "parent", "name", "language",
    "concept", "codelist", "usage", position="int64",
)  # fmt: skip
SHORT = 100
TIME_DIMENSIONS = ("TIME_PERIOD", "TIME")


@dataclass(frozen=True, slots=True)
class Dataset:
    """Whose and which dataset a message is of, and in which dialect."""

    format: str
    agency: str | None
    code: str | None
    version: str | None = None
    action: str | None = None
    has_declared_key: bool = True


@dataclass(slots=True)
class Content:
    """What one message holds, row by row; a refused row stands as its reason."""

    observations: Iterable[Row | RecordRejected] = ()
    structures: Iterable[Row | RecordRejected] = ()
    unknown: list[str] = field(default_factory=list)
    """Fields that nobody handles or ignores by name."""


@dataclass(slots=True)
class Counters:
    """How many records of each table the file has given so far."""

    observations: int = 0
    structures: int = 0

    def number(self, rows: Iterable[Row | RecordRejected], table: str) -> Iterator[Record[Row]]:
        """Yield rows as records that are numbered on from the messages before."""
        before = self.observations if table == "observations" else self.structures
        for number, row in enumerate(rows, start=before + 1):
            raw = b"" if isinstance(row, RecordRejected) else str(row).encode()
            yield Record(number, f"{table} {number}", row, raw)


def observation(
    dataset: Dataset,
    dimensions: Mapping[str, str],
    attributes: Mapping[str, str],
    value: str | None,
    **others: str | None,
) -> Row:
    """Return one row of observations; the dimension of time becomes its period."""
    period = next((dimensions[name] for name in TIME_DIMENSIONS if name in dimensions), None)
    return {
        "format": dataset.format,
        "agency": dataset.agency,
        "dataset": dataset.code,
        "version": dataset.version,
        "action": dataset.action,
        "has_declared_key": dataset.has_declared_key,
        "dimensions": as_json({k: v for k, v in dimensions.items() if k not in TIME_DIMENSIONS}),
        "attributes": as_json(attributes),
        "area": others.get("area"),
        "unit": others.get("unit"),
        "status": others.get("status"),
        "period": others.get("period", period),
        "period_name": others.get("period_name"),
        "value": value,
    }


def short(values: Mapping[str, str]) -> dict[str, str]:
    """Return what is said of a whole dataset and short enough to stand in each of its rows."""
    return {name: value for name, value in values.items() if len(value) <= SHORT}


def long_texts(dataset: Dataset, values: Mapping[str, str]) -> Iterator[Row]:
    """Yield what is said of a whole dataset at length, as rows of structures."""
    for name, value in values.items():
        if len(value) > SHORT:
            yield structure(dataset, "DataSet", item_class="Attribute", item=name, name=value)


def structure(dataset: Dataset, kind: str, **fields: object) -> Row:
    """Return one row of structures: of an artefact, or with `item_class` of an item of one."""
    return {
        "class": kind,
        "agency": dataset.agency,
        "artefact": dataset.code,
        "version": dataset.version,
        **{name: fields.pop(name, None) for name in STRUCTURES.names[4:]},
        **fields,
    }


def as_json(values: Mapping[str, str]) -> str:
    """Return a JSON object in order of its names, as `dimensions_json` writes it."""
    ordered = dict(sorted(values.items()))
    return json.dumps(ordered, ensure_ascii=False, separators=(",", ":"))

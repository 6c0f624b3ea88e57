"""SDMX: messages of statistical services in all their dialects, and JSON-stat beside them.

Observations of every dialect come out alike: dimensions and attributes as JSON objects, the
period, and the figure as text. What codes mean comes from structure messages, or from the
labels that a message carries itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pyarrow as pa

from ingest.collect import collect
from ingest.economy import sdmx_csv, sdmx_json, sdmx_jsonstat, sdmx_messages
from ingest.economy.sdmx_answers import refuse_answer_in_place_of_data
from ingest.economy.sdmx_rows import OBSERVATIONS, STRUCTURES, Content, Counters
from ingest.readers.archive import open_members, whole
from ingest.readers.beginning import beginning
from ingest.readers.json import Object, decoded
from iplake.contract import Batch, Drift, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import RecordRejected

HEAD = 1 << 16
MAX_MESSAGE_BYTES = 32 << 20
"""XML and JSON are held whole, in some 40 times as much memory; what is larger can be had as
SDMX-CSV, which is read in blocks."""


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the answers to the declaration's queries: below its address, or of other services."""
    for query in source.endpoint.queries:
        url = urljoin(source.endpoint.base_url, query)
        name = re.sub(r"[^\w.@=+-]+", "_", query).strip("._")[-120:]
        yield Resource(url, name, refuse=refuse_answer_in_place_of_data)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: but for CSV, a message is understood as a whole."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield observations and structures of every message inside.

    A structure that stands before the data in the same file tells their dimensions from their
    attributes.
    """
    counters, structures = Counters(), sdmx_messages.Structures()
    for member in open_members(file.path):
        head = beginning(member.stream, HEAD)
        refuse_answer_in_place_of_data(head, member.name)
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
        if start not in (b"<", b"{"):
            yield from sdmx_csv.read(member, counters)
            continue
        raw = whole(member, MAX_MESSAGE_BYTES)
        if start == b"<":
            content = sdmx_messages.read(raw, member.name, structures)
        else:
            document = decoded(raw)
            content = (
                Content(observations=[document])
                if isinstance(document, RecordRejected)
                else _reader_of(document, member.name)
            )
        yield _drift(content, member.name)
        yield from _batches(content, source, counters)


def _reader_of(document: Object, where: str) -> Content:
    if "dataSets" in document or "data" in document or "errors" in document:
        return sdmx_json.read(document, where)
    return sdmx_jsonstat.read(document, where)


def _drift(content: Content, where: str) -> Batch:
    """Return a batch of no rows that tells which fields of a message nobody knows."""
    found = tuple(Drift("structures", name, 0, where) for name in content.unknown)
    schema = STRUCTURES.append(pa.field("_record_number", pa.int64()))
    return Batch("structures", 0, schema.empty_table(), drift=found)


def _batches(content: Content, source: Source, counters: Counters) -> Iterator[Batch]:
    observations = counters.number(content.observations, "observations")
    for batch in collect(
        observations, lambda row: {"observations": [row]}, source, {"observations": OBSERVATIONS}
    ):
        counters.observations += batch.records
        yield batch
    structures = counters.number(content.structures, "structures")
    for batch in collect(
        structures,
        lambda row: {"structures": [row]},
        source,
        {"structures": STRUCTURES},
        main="structures",
    ):
        counters.structures += batch.records
        yield batch

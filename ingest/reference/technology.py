"""Technology lists: IPC to WIPO fields and NACE industries, IPC symbols, CPC schemes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

import polars as pl
from lxml import etree

from ingest.collect import Parsed, Record, Row, collect, strings
from ingest.discover import listed_in_checksums
from ingest.readers.archive import Member, open_members
from ingest.readers.delimited import Dialect, read_blocks, read_header
from ingest.readers.xml import parse_document
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard, reject_leftovers
from iplake.declaration import Source
from iplake.errors import RecordRejected, SourceChanged

FIELDS = [
    "Field_number", "Sector_en", "Sector_fr", "Sector_es", "Field_en", "Field_fr", "Field_es",
    "IPC_code", "Updated_on", "Remark",
]  # fmt: skip
PATSTAT_FIELDS = ["field_nr", "sector", "field_name", "ipc"]
INDUSTRIES = [
    "nace2_code", "nace2_title", "ipc_subclass", "ipc_main_group_prefix", "not_with_ipc",
    "unless_with_ipc",
]  # fmt: skip
IPC = ["ipc_code", "ancestor", "parent", "ipc_version"]
DIGITS = re.compile(r"([23])digit")
CPC = {
    "cpc_symbols": strings(
        "symbol", "parent", "level", "not_allocatable", "additional_only", "breakdown",
        "ipc_concordant", "title", "status", "revised", "published",
    )
}  # fmt: skip
MAX_SCHEME_BYTES = 64 << 20


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the files of the delivery."""
    return listed_in_checksums(fetch, source.endpoint.base_url)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: the lists are small."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield the rows of whichever list this is: its header, or its root element, tells."""
    for member in open_members(file.path):
        if member.stream.peek(64).lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<"):  # type: ignore[attr-defined]
            yield from collect(_items(member), _parse_item, source, CPC, main="cpc_symbols")
        else:
            yield from _read_list(member, file.name)


def _read_list(member: Member, file_name: str) -> Iterator[Batch]:
    dialect = Dialect(separator="\t" if b"\t" in _first_line(member) else ",")
    header = read_header(member.stream, dialect)
    digits = DIGITS.search(file_name)
    if header == FIELDS:
        table, added = "ipc_fields", {"list": "wipo"}
    elif header == PATSTAT_FIELDS:
        table, added = "ipc_fields", {"list": "patstat"}
    elif header == INDUSTRIES and digits is not None:
        table, added = "ipc_industries", {"digits": digits[1]}
    elif header == IPC:
        table, added = "ipc_symbols", {}
    else:
        raise SourceChanged(
            "the header is none of the lists'; a list of industries says 2digit or 3digit in its"
            " file name",
            file=file_name,
            found=", ".join(header)[:200],
        )
    for block in read_blocks(member.stream, header, dialect, table):
        rows = block.rows.with_columns(pl.lit(text).alias(name) for name, text in added.items())
        if header == PATSTAT_FIELDS:
            rows = _as_trilingual(rows)
        yield Batch(table, block.records, rows.to_arrow(), block.rejections)


def _first_line(member: Member) -> bytes:
    head: bytes = member.stream.peek(1000)  # type: ignore[attr-defined]
    return head.partition(b"\n")[0]


def _as_trilingual(rows: pl.DataFrame) -> pl.DataFrame:
    named = rows.rename(
        {"field_nr": "Field_number", "sector": "Sector_en", "field_name": "Field_en"}
    ).rename({"ipc": "IPC_code"})
    return named.with_columns(
        pl.lit("").alias(name) for name in FIELDS if name not in named.columns
    )


def _items(member: Member) -> Iterator[Record[etree._Element]]:
    """Yield every classification item of a scheme; a scheme is one subclass and fits in memory."""
    document = member.stream.read(MAX_SCHEME_BYTES + 1)
    if len(document) > MAX_SCHEME_BYTES:
        raise SourceChanged("a CPC scheme is longer than its bound", file=member.name)
    numbers = count(1)
    try:
        root = parse_document(document)
    except RecordRejected as error:
        yield Record(1, member.name, error, document[:4096])
        return
    if root.tag != "class-scheme":
        raise SourceChanged("expected a CPC scheme", file=member.name, found=root.tag)
    for item in root.iter("classification-item"):
        number = next(numbers)
        raw = etree.tostring(item)[:4096]
        yield Record(number, f"{member.name} item {number}", item, raw)


def _parse_item(item: etree._Element) -> Parsed:
    held: dict[str, object] = {str(name): str(text) for name, text in item.attrib.items()}
    parent = item.getparent()
    assert parent is not None
    around = parent.findtext("classification-symbol")
    row: Row = {
        "symbol": item.findtext("classification-symbol"),
        "parent": around,
        "level": held.pop("level"),
        "not_allocatable": held.pop("not-allocatable"),
        "additional_only": held.pop("additional-only"),
        "breakdown": held.pop("breakdown-code"),
        "ipc_concordant": held.pop("ipc-concordant", None),
        "title": _title(item),
        "status": held.pop("status"),
        "revised": held.pop("date-revised", None),
        "published": item.getroottree().getroot().get("publication-date"),
    }
    reject_leftovers(held, ignore={"sort-key", "definition-exists"}, where=str(row["symbol"]))
    return {"cpc_symbols": [row]}


def _title(item: etree._Element) -> str | None:
    parts = [
        " ".join("".join(text.itertext()).split())
        for text in item.findall("class-title/title-part/text")
        + item.findall("class-title/title-part/CPC-specific-text/text")
    ]
    return "; ".join(part for part in parts if part) or None

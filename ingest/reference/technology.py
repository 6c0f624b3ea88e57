"""Tables of technology: WIPO's 35 fields, IPC to NACE, and the schemes of CPC and IPC."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import polars as pl
from lxml import etree

from ingest.collect import Parsed, Record, Row, collect, strings
from ingest.discover import listed_in_checksums
from ingest.readers.archive import Member, open_members
from ingest.readers.beginning import beginning
from ingest.readers.delimited import Block, Dialect, as_arrow, read_blocks, read_header
from ingest.readers.xml import (
    MAX_DOCUMENT_BYTES,
    RAW_BYTES,
    STRICT,
    not_well_formed,
    refuse_other_formats,
    root_of,
)
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard, report_leftovers
from iplake.declaration import Source
from iplake.errors import RecordRejected, SourceChanged

COMMA, TAB = Dialect(), Dialect(separator="\t", quote=None)
TRILINGUAL = [
    "Field_number", "Sector_en", "Sector_fr", "Sector_es", "Field_en", "Field_fr", "Field_es",
    "IPC_code", "Updated_on", "Remark",
]  # fmt: skip
PATSTAT = ["field_nr", "sector", "field_name", "ipc"]
NACE = [
    "nace2_code", "nace2_title", "ipc_subclass", "ipc_main_group_prefix", "not_with_ipc",
    "unless_with_ipc",
]  # fmt: skip
INDUSTRIES = {**dict.fromkeys(NACE, pl.String), "_record_number": pl.Int64}
IPC = ["ipc_code", "ancestor", "parent", "ipc_version"]
TABLES = {
    tuple(TRILINGUAL): "ipc_fields",
    tuple(PATSTAT): "ipc_fields",
    tuple(NACE): "ipc_industries",
    tuple(IPC): "ipc_symbols",
}

ATTRIBUTES = (
    "not-allocatable", "level", "additional-only", "date-revised", "status", "ipc-concordant",
    "definition-exists",
)  # fmt: skip
CPC = {"cpc_symbols": strings("symbol", "parent", "title", "reference", "scheme_date", *ATTRIBUTES)}
# A sort key repeats the symbol; breakdown codes are bound for indexing; sections link to files.
IGNORED_ATTRIBUTES = {"breakdown-code", "sort-key", "link-file", "concept-id", "c-set-base-allowed"}
ITEM, SYMBOL, TITLE = "classification-item", "classification-symbol", "class-title"
RANGE_LEVEL = "6"
IGNORED_ELEMENTS = {"notes-and-warnings", "meta-data"}


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the files of the delivery."""
    return listed_in_checksums(fetch, source.endpoint.base_url)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: the files are small."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield the rows of whichever of the tables each file inside is; its start tells."""
    numbers = count(1)
    for member in open_members(file.path):
        start = beginning(member.stream, 64)
        if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
            items = _items(member, numbers)
            yield from collect(items, _parse_item, source, CPC, main="cpc_symbols")
        else:
            yield from _read_table(member)


def _read_table(member: Member) -> Iterator[Batch]:
    start = beginning(member.stream, 4096)
    dialect = TAB if b"\t" in start.partition(b"\n")[0] else COMMA
    header = read_header(member.stream, dialect)
    table = TABLES.get(tuple(header))
    if table is None:
        raise SourceChanged(
            "the header is of none of the tables that are known; is this another file?",
            file=member.name,
            expected="; ".join(", ".join(each) for each in TABLES),
            found=", ".join(header)[:200],
        )
    blocks = read_blocks(member.stream, header, dialect, table)
    if table == "ipc_industries":
        blocks = iter([_industries(list(blocks))])
    for block in blocks:
        yield Batch(table, block.records, as_arrow(block.rows), block.rejections)


def _industries(blocks: list[Block]) -> Block:
    """Return the whole concordance, some 650 lines, with its level and all repeats together.

    Nothing but the codes tells which of the two levels a file is of: groups have a point.
    """
    rows = pl.concat([pl.DataFrame(schema=INDUSTRIES), *(block.rows for block in blocks)])
    is_grouped = bool(rows["nace2_code"].str.contains(".", literal=True).any())
    return Block(
        records=sum(block.records for block in blocks),
        rows=rows.with_columns(nace_digit_count=pl.lit(3 if is_grouped else 2)),
        rejections=tuple(each for block in blocks for each in block.rejections),
    )


Fields = dict[str, str]


def _items(member: Member, numbers: Iterator[int]) -> Iterator[Record[Fields]]:
    """Yield each item of one CPC scheme file, in the order in which items begin.

    Items hold items: one is known whole only after those within it. A scheme file is of one
    subclass and has some thousand items, so that their texts, not the tree, are held. Where
    the file breaks off, the items still open are refused and the others are kept.
    """
    content = member.stream.read(MAX_DOCUMENT_BYTES + 1)
    try:
        root = _root(content, member)
    except RecordRejected as error:
        yield Record(next(numbers), member.name, error, content[:RAW_BYTES])
        return
    if root != "class-scheme":
        raise SourceChanged("expected a CPC scheme (class-scheme)", file=member.name, found=root)
    parser = etree.XMLPullParser(("start", "end"), tag=(ITEM, "class-scheme"), **STRICT)
    failed: RecordRejected | None = None
    try:
        parser.feed(content)
        parser.close()
    except etree.XMLSyntaxError as error:
        failed = not_well_formed(error, is_cut=b"</class-scheme>" not in content[-200:])
    records: dict[int, Record[Fields]] = {}
    open_items: list[int] = []
    scheme_date: str | None = None
    for event, element in parser.read_events():
        if element.tag == "class-scheme":
            scheme_date = element.get("publication-date")
        elif event == "start":
            open_items.append(next(numbers))
        else:
            number = open_items.pop()
            records[number] = _record(number, element, scheme_date, member.name)
            for child in list(element):
                if child.tag != SYMBOL:
                    element.remove(child)
    for number in open_items:
        reason = failed or RecordRejected("truncated", "an item is not closed")
        records[number] = Record(number, f"{member.name} item {number}", reason, content[-200:])
    if failed and not open_items:
        number = next(numbers)
        records[number] = Record(number, f"{member.name} end", failed, content[-200:])
    for number in sorted(records):
        yield records[number]


def _root(content: bytes, member: Member) -> str:
    if len(content) > MAX_DOCUMENT_BYTES:
        raise SourceChanged("a scheme file is longer than its bound", file=member.name)
    refuse_other_formats(content)
    return root_of(content)[0]


def _record(
    number: int, element: etree._Element, scheme_date: str | None, where: str
) -> Record[Fields]:
    locator = f"{where} item {number}"
    raw = etree.tostring(element, with_tail=False)[:RAW_BYTES]
    try:
        return Record(number, locator, _fields(element, scheme_date), raw)
    except RecordRejected as error:
        return Record(number, locator, error, raw)


def _fields(element: etree._Element, scheme_date: str | None) -> Fields:
    """Return the texts of one item: its attributes, symbol, title and the symbol above."""
    known = {ITEM, SYMBOL, TITLE, *IGNORED_ELEMENTS}
    report_leftovers({str(child.tag) for child in element} - known, within="items/")
    fields = {str(name): str(value) for name, value in element.attrib.items()}
    # A range of groups has the symbol of its first group, so that it is nobody's parent.
    above = (each for each in element.iterancestors(ITEM) if each.get("level") != RANGE_LEVEL)
    parent = next(above, None)
    fields["parent"] = "" if parent is None else parent.findtext(SYMBOL, "")
    fields["symbol"] = element.findtext(SYMBOL, "")
    fields["scheme_date"] = scheme_date or ""
    title = element.find(TITLE)
    texts = [] if title is None else list(title.iter("text"))
    within = [next(text.iterancestors("reference"), None) is not None for text in texts]
    for name, is_reference in (("title", False), ("reference", True)):
        fields[name] = "; ".join(
            " ".join("".join(map(str, text.itertext())).split())
            for text, is_within in zip(texts, within, strict=True)
            if is_within is is_reference
        )
    return fields


def _parse_item(fields: Fields) -> Parsed:
    row: Row = {
        name: fields.pop(name) for name in ("symbol", "parent", "title", "reference", "scheme_date")
    }
    # Sections, classes and ranges have no concordance; old items have no day of revision.
    optional = {"ipc-concordant", "date-revised", "definition-exists"}
    for name in ATTRIBUTES:
        row[name] = fields.pop(name, None) if name in optional else fields.pop(name)
    report_leftovers(fields, ignore=IGNORED_ATTRIBUTES)
    return {"cpc_symbols": [row]}

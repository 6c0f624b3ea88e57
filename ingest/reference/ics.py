"""ICS: the classification of standards, in JSON files of one code each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import PurePosixPath

from ingest.collect import Parsed, Record, Row, collect, strings
from ingest.discover import listed_in_declaration
from ingest.readers.archive import Member, open_members
from ingest.readers.json import (
    Object,
    decoded,
    first_byte,
    list_of,
    object_of,
    text_of,
    unknown_keys,
)
from iplake.contract import Batch, Fetcher, RawFile, Resource, Shard
from iplake.declaration import Source
from iplake.errors import RecordRejected, SourceChanged

SCHEMAS = {
    "classes": strings("code", "parent", "title", "full_title", "note", level="int64"),
    "class_references": strings("code", "other", "note", sequence_number="int64"),
}
PARTS = ("fieldcode", "groupcode", "subgroupcode")
KNOWN = {"code", *PARTS, "description", "descriptionFull", "notes", "notes/text", "notes/ics-code"}
IGNORED = {"@context"}
FILE = re.compile(r"\d{2}(_\d{3}(_\d{2})?)?\.json")
"""`01_040_01.json` has the code 01.040.01; the repository has other JSON files too."""

MAX_BYTES = 1 << 20


def discover(fetch: Fetcher, source: Source) -> Iterator[Resource]:
    """Yield the repository's tarball."""
    return listed_in_declaration(source)


def shards(file: RawFile) -> list[Shard]:
    """Return no ranges: the files are small."""
    return []


def read(file: RawFile, source: Source, shard: Shard | None) -> Iterator[Batch]:
    """Yield the classes, and the codes that their notes name."""
    return collect(
        _records(file),
        _parse,
        source,
        SCHEMAS,
        unknown=lambda record: unknown_keys(record[1], KNOWN, IGNORED),
    )


def _records(file: RawFile) -> Iterator[Record[tuple[str | None, Object]]]:
    """Yield each file's code, as its name has it, and its content."""
    numbers = count(1)
    for member in open_members(file.path):
        name = PurePosixPath(member.name).name
        is_alone = member.name == file.path.name
        if not is_alone and not FILE.fullmatch(name):
            continue
        yield _record(member, next(numbers), None if is_alone else _code(name))
    if next(numbers) == 1:
        raise SourceChanged(
            "expected files named by codes, as in 01_040_01.json", file=file.path.name
        )


def _record(member: Member, number: int, code: str | None) -> Record[tuple[str | None, Object]]:
    if first_byte(member.stream) != b"{":
        raise SourceChanged("expected a JSON object; is this another file?", file=member.name)
    raw = member.stream.read(MAX_BYTES)
    content = decoded(raw)
    pair = content if isinstance(content, RecordRejected) else (code, content)
    return Record(number, member.name, pair, raw)


def _code(name: str) -> str:
    return name.removesuffix(".json").replace("_", ".")


def _parse(record: tuple[str | None, Object]) -> Parsed:
    named, content = record
    code = text_of(content["code"])
    parts = [text_of(content[part]) for part in PARTS if part in content]
    if ".".join(parts) != code or named not in {None, code}:
        raise RecordRejected(
            "contradiction",
            "expected one code in the file's name, its field code and its parts",
            code=code,
            parts=".".join(parts),
            name=named,
        )
    notes = [_note(object_of(each)) for each in list_of(content.get("notes", []))]
    row: Row = {
        "code": code,
        "parent": ".".join(parts[:-1]) or None,
        "title": content["description"],
        "full_title": content.get("descriptionFull"),
        "note": " | ".join(note for note, _ in notes) or None,
        "level": len(parts),
    }
    led_to = [(note, other) for note, other in notes if other is not None]
    return {
        "classes": [row],
        "class_references": [
            {"code": code, "sequence_number": at, "other": other, "note": note}
            for at, (note, other) in enumerate(led_to, 1)
        ],
    }


def _note(note: Object) -> tuple[str, str | None]:
    """Return a note's text with the code it names in its place, and that code."""
    text = text_of(note["text"])
    if "ics-code" not in note:
        return text, None
    other = text_of(note["ics-code"])
    return text.replace("{ics-code}", other), other

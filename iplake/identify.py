"""Reading identifiers for the command line: from arguments or, line by line, from a file."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TextIO

from iplake.identifiers.readings import read_identifier

Row = dict[str, object]
STANDARD_INPUT = Path("-")


def readings(text: str, kind: str | None) -> Iterator[Row]:
    """Yield one row per reading of a text, best first; one that says so if there is none."""
    found = read_identifier(text, kind)
    for rank, each in enumerate(found, 1):
        yield {
            "text": text,
            "reading": rank,
            "kind": each.kind,
            "canonical": each.canonical,
            "valid": each.is_valid,
            "check": each.check,
            "parts": {name: value for name, value in each.parts.items() if value is not None},
            "notes": list(each.notes),
        }
    if not found:
        yield {
            "text": text,
            "reading": 0,
            "kind": None,
            "canonical": None,
            "valid": False,
            "check": "none",
            "parts": {},
            "notes": ["no identifier that is known here" + (f", as {kind}" if kind else "")],
        }


def texts_in(path: Path) -> Iterator[str]:
    """Yield the texts of a file, one a line; of a CSV, its first column without a header."""
    opened = (
        nullcontext(sys.stdin)
        if path == STANDARD_INPUT
        else path.open(encoding="utf-8-sig", errors="replace", newline="")
    )
    with opened as handle:
        lines = _first_column(handle) if path.suffix.lower() == ".csv" else handle
        for line in lines:
            if text := line.strip():
                yield text


def _first_column(handle: TextIO) -> Iterator[str]:
    for number, row in enumerate(csv.reader(line.replace("\0", "") for line in handle)):
        # A header is a first line that is no identifier.
        if row and (number or read_identifier(row[0])):
            yield row[0]


def for_people(rows: Iterable[Row]) -> list[Row]:
    """Return rows with their parts and notes in words, for a table."""
    return [
        {
            **row,
            "parts": ", ".join(f"{name} {_words(each)}" for name, each in _items(row["parts"])),
            "notes": "; ".join(map(str, row["notes"] if isinstance(row["notes"], list) else [])),
        }
        for row in rows
    ]


def _items(parts: object) -> list[tuple[str, object]]:
    return list(parts.items()) if isinstance(parts, dict) else []


def _words(value: object) -> str:
    return " / ".join(map(str, value)) if isinstance(value, list) else str(value)

"""Mirrors of the Nice classification. The sample: class headings, and entries of five classes.

Explanatory notes are left out, and with them what classes include and exclude.
"""

from __future__ import annotations

import json
from pathlib import Path

from scripts.mirrors.delivery import folder_of, link_delivery, write_delivery

ADDRESS = "reference/nice"
FOLDER = "trademark/nice_classification"
OBJECT, LIST = "nice_ncl10-2015.json", "nice_ncl13-2026_uspto_classes.json"
# Instruments and computers, lighting, vehicles, business, technology.
CLASSES = ("09", "11", "12", "35", "42")


def sample(real: Path, out: Path) -> None:
    """Write both editions anew."""
    content = json.loads((real / FOLDER / OBJECT).read_bytes())
    for kind in ("goods", "services"):
        content[kind] = [each for each in content[kind] if each["number"][:2] in CLASSES]
    classes = [
        {"number": each["number"], "heading": each["heading"]}
        for each in json.loads((real / FOLDER / LIST).read_bytes())
    ]
    files = {"ncl10-2015.json": _written(content), "ncl13-2026.json": _written(classes)}
    write_delivery(folder_of(ADDRESS, out), files)


def real(real: Path, out: Path) -> None:
    """Link both real files."""
    link_delivery(folder_of(ADDRESS, out), [real / FOLDER / name for name in (OBJECT, LIST)])


def records(path: Path) -> int | None:
    """Count the headings in a file, by their name."""
    if path.suffix != ".json":
        return None
    return path.read_bytes().count(b'"heading":')


def _written(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=0) + "\n").encode()

"""Answers of interfaces: where a mirror keeps them, and objects of which only facts are kept."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ingest.web import mirrored


def place(out: Path, url: str) -> Path:
    """Return where a mirror keeps the answer to a request; its folder is made if absent."""
    path = Path(unquote(urlsplit(mirrored(url, str(out))).path))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return path


def write_answer(out: Path, url: str, answer: object) -> None:
    """Write a JSON answer where a mirror keeps it, the same bytes whenever it is made."""
    place(out, url).write_text(rendered(answer), encoding="utf-8")


def rendered(content: object) -> str:
    """Return JSON on one line."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def pruned(value: object, kept: Collection[str], path: str = "") -> object:
    """Return a JSON value with the kept paths only, as in `authorships/institutions/ror`.

    >>> pruned({"a": [{"b": 1, "c": 2}], "d": 3}, {"a", "a/b"})
    {'a': [{'b': 1}]}
    """
    if isinstance(value, list):
        return [pruned(each, kept, path) for each in value]
    if not isinstance(value, dict):
        return value
    below = {name: f"{path}/{name}" if path else str(name) for name in value}
    return {
        name: pruned(inner, kept, below[name])
        for name, inner in value.items()
        if below[name] in kept
    }

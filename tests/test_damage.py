"""Damage of any kind ends in a clear refusal or in quarantine, and never in a crash."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from iplake.errors import LakeError
from tests.conftest import ROOT, staged

EXAMPLES = ROOT / "tests" / "examples"
INPUTS = sorted(path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.rglob("input.*"))


def damaged(content: bytes, name: str) -> Iterator[bytes]:
    """Yield copies of a file that are cut off, altered, doubled in part, or padded with nulls."""
    chance = random.Random(name)
    for share in (0.1, 0.5, 0.9, 0.99):
        yield content[: int(len(content) * share)]
    for _ in range(6):
        altered = bytearray(content)
        for _ in range(chance.choice((1, 3, 20))):
            altered[chance.randrange(len(altered))] = chance.randrange(256)
        yield bytes(altered)
    middle = len(content) // 2
    start = chance.randrange(middle)
    yield content[:start] + content[start + 40 :]
    yield content[:middle] + content[start:]
    yield content[:middle] + b"\0\0" + content[middle:]
    yield content[:middle] + b"[" * 3000 + content[middle:]


@pytest.mark.parametrize("name", INPUTS)
def test_nothing_is_lost_of_a_damaged_file(name: str, tmp_path: Path) -> None:
    address = "/".join(name.split("/")[:2])
    outcomes = []
    for number, content in enumerate(damaged((EXAMPLES / name).read_bytes(), name)):
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            counts = staged(address, folder, content)
        except LakeError:
            outcomes.append("refused")
        else:
            for table, count in counts.items():
                assert count.records == count.staged + count.quarantined, table
            outcomes.append("staged")
    assert len(outcomes) == 14
    # Damage in one place does not cost the whole file.
    assert "staged" in outcomes


JSON_INPUTS = [name for name in INPUTS if name.endswith(".json")]
OTHERS: tuple[object, ...] = ("zz", 7, 2**70, 1.5, True, None, [], [7], {}, {"zz": 7}, "a\ud800b")


def retyped(content: bytes, name: str, copies: int) -> Iterator[bytes]:
    """Yield copies of a JSON document in which one value is of another type, or is absent."""
    chance = random.Random(name)
    for _ in range(copies):
        document = json.loads(content)
        inner, key = document, None
        while isinstance(inner, dict | list) and inner and (key is None or chance.random() < 0.8):
            holder = inner
            key = chance.choice(list(inner) if isinstance(inner, dict) else range(len(inner)))
            inner = inner[key]
        if isinstance(holder, dict) and chance.random() < 0.2:
            del holder[key]
        else:
            holder[key] = chance.choice(OTHERS)
        yield json.dumps(document).encode()


@pytest.mark.parametrize("name", JSON_INPUTS)
def test_a_value_of_another_type_is_a_refusal_and_no_crash(name: str, tmp_path: Path) -> None:
    address = "/".join(name.split("/")[:2])
    copies = 0
    for content in retyped((EXAMPLES / name).read_bytes(), name, 12):
        copies += 1
        try:
            counts = staged(address, tmp_path, content)
        except LakeError:
            continue
        for table, count in counts.items():
            assert count.records == count.staged + count.quarantined, table
    assert copies == 12

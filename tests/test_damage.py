"""Damage of any kind ends in a clear refusal or in quarantine, and never in a crash."""

from __future__ import annotations

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

"""All declared sources, by address."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from iplake.declaration import Source, read_declaration
from iplake.errors import ConfigError

CATALOG = Path(__file__).parent / "catalog"


@cache
def sources() -> dict[str, Source]:
    """Return every declared source by its address, in order of address."""
    declared = [read_declaration(path) for path in sorted(CATALOG.glob("*/*.yml"))]
    return {source.address: source for source in declared}


def get(address: str) -> Source:
    """Return one source, or say which addresses there are."""
    if address not in sources():
        raise ConfigError("no such source", address=address, declared=", ".join(sources()))
    return sources()[address]

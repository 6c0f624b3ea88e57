"""Mirrors of Eurostat's datasets. The sample: countries, and regions of six of them.

Re-rendered from facts in files of 2017 as the interface writes them since 2023: with the
frequency, the oldest period first.
"""

from __future__ import annotations

import gzip
from pathlib import Path

from ingest.economy.eurostat import discover
from iplake import registry
from iplake.contract import Resource
from scripts.mirrors.places import place_answer
from scripts.mirrors.silent import SILENT

ADDRESS = "economy/eurostat"
FOLDER = "economic/eurostat_tsv"
UNITS = {"EUR_HAB", "MIO_EUR", "PCH_PRE", "PC", "PC_GDP"}
REGIONAL = ("DE", "ES", "FR", "IT", "NL", "SE")
EPOCH = 0


def sample(real: Path, out: Path) -> None:
    """Write the datasets of the sample."""
    for resource in _offered():
        lines = _lines(_file_of(real, resource))
        text = "".join(f"{line}\n" for line in _rendered(lines))
        place_answer(out, resource.request).write_bytes(
            gzip.compress(text.encode(), 9, mtime=EPOCH)
        )


def real(real: Path, out: Path) -> None:
    """Link the real datasets under the addresses that their codes have today."""
    for resource in _offered():
        link = place_answer(out, resource.request)
        link.unlink(missing_ok=True)
        link.symlink_to(_file_of(real, resource).resolve())


def records(path: Path) -> int | None:
    """Return how many cells a real file has, counted from its lines alone."""
    if ".tsv" not in path.name:
        return None
    return sum(line.count("\t") for line in _lines(path)[1:])


def _offered() -> list[Resource]:
    return list(discover(SILENT, registry.get(ADDRESS)))


def _file_of(real: Path, resource: Resource) -> Path:
    packed = real / FOLDER / resource.name
    return packed if packed.exists() else packed.with_suffix("")


def _lines(path: Path) -> list[str]:
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode().splitlines()


def _rendered(lines: list[str]) -> list[str]:
    header, *rest = lines
    dimensions = header.split("\\")[0]
    rows = [line.split("\t") for line in lines]
    periods = "".join(f"\t{cell}" for cell in reversed(rows[0][1:]))
    names = dimensions.split(",")
    return [f"freq,{dimensions}\\TIME_PERIOD{periods}"] + [
        f"A,{key}" + "".join(f"\t{cell}" for cell in reversed(cells))
        for key, *cells in (line.split("\t") for line in rest)
        if _is_chosen(dict(zip(names, key.split(","), strict=True)))
    ]


def _is_chosen(keys: dict[str, str]) -> bool:
    geo = keys["geo"]
    if keys["unit"] not in UNITS or keys.get("sex", "T") != "T":
        return False
    return len(geo) == 2 or geo[:2] in {*REGIONAL, "EU", "EA"}

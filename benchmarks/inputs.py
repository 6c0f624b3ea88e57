"""Large inputs for benchmarks, made by repeating the real files; and the work on them."""

from __future__ import annotations

import sys
from pathlib import Path

from iplake import registry
from iplake.contract import RawFile
from warehouse import refresh

REAL = Path(__file__).parents[2] / "shared" / "real"


def real_files(folder: str, pattern: str) -> list[Path]:
    """Return real files in order of name; end with a clear word where there are none."""
    found = sorted((REAL / folder).glob(pattern))
    if not found:
        sys.exit(f"no real files {folder}/{pattern} beside the project: nothing to measure")
    return found


def repeated_gazette(folder: Path, least_rows: int) -> tuple[Path, Path, int]:
    """Write the real gazette lines over and over, in GB18030 and in UTF-8.

    Returns both files and their number of rows without the header.
    """
    texts = [
        path.read_bytes().decode("gb18030")
        for path in real_files("patent/cnipa_gazette_csv", "CN_patent_*.csv")
    ]
    header = texts[0].partition("\n")[0]
    body = "".join(text.partition("\n")[2].rstrip("\n") + "\n" for text in texts)
    rows = body.count("\n")
    times = -(-least_rows // rows)
    encoded = {"gb18030": body.encode("gb18030"), "utf-8": body.encode()}
    written = {}
    for encoding, data in encoded.items():
        path = folder / f"CN_patent_repeated_{encoding}.csv"
        with path.open("wb") as file:
            file.write(header.encode(encoding) + b"\n")
            for _ in range(times):
                file.write(data)
        written[encoding] = path
    return written["gb18030"], written["utf-8"], rows * times


def stage(address: str, path: Path, out: Path, jobs: int) -> None:
    """Stage a file as the lake does: into Parquet files of each table and each shard."""
    file = RawFile(path, path.name, path.name, "0" * 16, None)
    refresh.stage_parts(registry.get(address), file, out, jobs)

"""Large inputs for benchmarks, made by repeating the real files; never kept."""

from __future__ import annotations

import sys
from pathlib import Path

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

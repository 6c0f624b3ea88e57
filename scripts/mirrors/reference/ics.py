"""Mirrors of the ICS: a tarball of a file for each code. The sample: all codes and their titles.

Of the notes only the codes that they lead to are kept, not their words.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import tarfile
from pathlib import Path

from iplake import registry

ADDRESS = "reference/ics"
FILE = "standard/isoics/isoics_json.tar.gz"


def sample(real: Path, out: Path) -> None:
    """Write all codes anew."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, code in sorted(_codes(real / FILE).items()):
            content = json.dumps(_rendered(code), ensure_ascii=False, separators=(",", ":"))
            info = tarfile.TarInfo(name)
            info.size = len(content.encode())
            archive.addfile(info, io.BytesIO(content.encode()))
    _place(out).write_bytes(gzip.compress(packed.getvalue(), mtime=0))


def real(real: Path, out: Path) -> None:
    """Link the real tarball."""
    link = _place(out)
    link.unlink(missing_ok=True)
    link.symlink_to((real / FILE).resolve())


def records(path: Path) -> int | None:
    """Count the files of codes in the tarball's table of contents."""
    if path.name != Path(FILE).name:
        return None
    with tarfile.open(path) as archive:
        return sum(1 for name in archive.getnames() if re.search(r"/\d\d[\d_]*\.json$", name))


def _place(out: Path) -> Path:
    endpoint = registry.get(ADDRESS).endpoint
    place = out / f"{endpoint.base_url}{endpoint.paths[0]}".removeprefix("https://")
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _codes(path: Path) -> dict[str, dict[str, object]]:
    with tarfile.open(path) as archive:
        return {
            info.name: json.loads(content.read())
            for info in archive
            if (content := archive.extractfile(info)) is not None
        }


def _rendered(code: dict[str, object]) -> dict[str, object]:
    notes = code.get("notes", [])
    assert isinstance(notes, list)
    leading = [
        {"text": "See {ics-code}", "ics-code": note["ics-code"]}
        for note in notes
        if "ics-code" in note
    ]
    facts = {name: value for name, value in code.items() if name != "notes"}
    return {**facts, "notes": leading} if leading else facts

"""Mirrors of the Copyright Office's records: saved answers. The sample: titles and organisations.

Re-rendered from facts; names of persons are left out.
"""

from __future__ import annotations

import json
from pathlib import Path

from scripts.mirrors.delivery import folder_of, link_delivery, write_delivery

ADDRESS = "copyrights/usco_records"
FILE = "copyright/usco_cprs_json_trimmed/two_voyager_hits_trimmed.json"


def sample(real: Path, out: Path) -> None:
    """Write the answer without persons."""
    answer = json.loads((real / FILE).read_bytes())
    for item in answer["data"]:
        item["hit"]["display_names"].pop("persons", None)
    text = json.dumps(answer, ensure_ascii=False, indent=1) + "\n"
    write_delivery(folder_of(ADDRESS, out), {"records.json": text.encode()})


def real(real: Path, out: Path) -> None:
    """Link the real answer."""
    link_delivery(folder_of(ADDRESS, out), [real / FILE])


def records(path: Path) -> int | None:
    """Count the hits in an answer."""
    return path.read_bytes().count(b'"hit":') if path.suffix == ".json" else None

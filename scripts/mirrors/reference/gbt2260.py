"""Mirrors of GB/T 2260. The sample: all provinces, Guangdong and Hainan whole, with their past."""

from __future__ import annotations

import json
import re
from pathlib import Path

from scripts.mirrors.delivery import folder_of, link_delivery, write_delivery

ADDRESS = "reference/gbt2260"
FOLDER = "reference/china_gbt2260"
LIST = "quhua_divisions_v1.json"
CHANGES = "quhua_historical_changes_v1.json"
# Guangdong; Hainan, which was a part of it until 1988; Chongqing, whose districts have no city.
WHOLE = ("44", "46", "50")


def sample(real: Path, out: Path) -> None:
    """Write the list and the changes, without notes of the compilers."""
    listed = json.loads((real / FOLDER / LIST).read_text(encoding="utf-8"))
    provinces = {
        name: {"code": held["code"], "cities": _cities(held)}
        for name, held in listed["provinces"].items()
    }
    meta = {name: listed["meta"][name] for name in ("source", "fetched_at")}
    told = json.loads((real / FOLDER / CHANGES).read_text(encoding="utf-8"))
    events = [
        {name: value for name, value in event.items() if name not in {"note", "detail"}}
        for event in told["events"]
        if _is_of_sample(event)
    ]
    files = {
        LIST: {"meta": meta, "provinces": provinces},
        CHANGES: {"meta": {"version": told["meta"]["version"]}, "events": events},
    }
    write_delivery(
        folder_of(ADDRESS, out),
        {
            name: (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
            for name, content in files.items()
        },
    )


def real(real: Path, out: Path) -> None:
    """Link the two real files."""
    link_delivery(folder_of(ADDRESS, out), [real / FOLDER / LIST, real / FOLDER / CHANGES])


def records(path: Path) -> int | None:
    """Count the codes of the list; None for the changes, whose intervals are worked out."""
    content = path.read_text(encoding="utf-8") if path.name == LIST else ""
    return len(re.findall(r': ?"\d{12}"', content.partition('"provinces"')[2])) or None


def _cities(province: dict[str, object]) -> object:
    """Return all cities of a province, their counties only for the provinces told whole."""
    cities = province["cities"]
    assert isinstance(cities, dict)
    if str(province["code"]).startswith(WHOLE):
        return cities
    return {name: {"code": held["code"], "counties": {}} for name, held in cities.items() if name}


def _is_of_sample(event: dict[str, object]) -> bool:
    old, new = event["old"], event["new"]
    assert isinstance(old, dict)
    assert isinstance(new, dict)
    codes = [str(side["code"] or "") for side in (old, new)]
    # Changes without codes are told in words alone: those that name the province in full.
    named = any(str(side["name"] or "").startswith("广东省") for side in (old, new))
    return named or any(code.startswith(WHOLE) for code in codes)

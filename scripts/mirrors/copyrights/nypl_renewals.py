"""Mirrors of NYPL's renewals. The sample: works whose claimants are organisations only.

Re-rendered from facts: ids, numbers, dates, titles, names of publishers. Lines that name an
author, an editor or any other person in any column are left out.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from pathlib import Path

ADDRESS = "copyrights/nypl_renewals"
FOLDER = "copyright/nypl_cce_renewals"
LISTING = "api.github.com/repos/NYPL/cce-renewals/contents"
FILES = "raw.githubusercontent.com/NYPL/cce-renewals/master/data"
# How many lines of each file the sample has at most.
SHARES = {
    "1951-1A.tsv": 1000,
    "1960-1.tsv": 2000,
    "1978-from-db.tsv": 2000,
    "1992-from-db.tsv": 200,
}
PROPRIETOR = re.compile(r"[^|]+\|P(?:WH|CW|CB)")
ORGANISATION = re.compile(
    r"\b(?:Co|Company|Corp|Corporation|Inc|Ltd|Press|Publishing|Publishers?|Publications|Society"
    r"|University|College|Institute|Association|Assn|Church|Museum|Board|Bureau|Foundation"
    r"|Congress|Union|Council|Library)\b"
)
PERSON = re.compile(
    r"\bby\b|\bed(?:s|ited|itors?|ition by)?\b\.? [A-Z]|\bjoint\b|editor|illus|compil|author|pseud"
    r"|arrang|translat|\btext\b|music|words|lyrics|foreword|introd|pref|photo|cover|drawn|adapt"
    r"|\bDr\b|\bMrs?\b|\bProf|\b[A-Z]\. [A-Z]|^[A-Z][^a-z]+, [A-Z]{2}|[A-Z]{3,}, [A-Z]|\bde [A-Z]",
    re.IGNORECASE,
)


def sample(real: Path, out: Path) -> None:
    """Write some lines of four files, and a listing of them."""
    for name, share in SHARES.items():
        with (real / FOLDER / name).open(encoding="utf-8", newline="") as file:
            header, *lines = csv.reader(file, delimiter="\t")
        kept = [_rendered(line) for line in lines if names_no_person(line)][:share]
        empty = [[*line[:5], *[""] * 12] for line in lines if not any(line[5:16])][:2]
        with _folder(out, FILES).joinpath(name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter="\t", lineterminator="\r\n")
            writer.writerows([header, *kept, *empty])
    _write_listing(out, SHARES)


def real(real: Path, out: Path) -> None:
    """Link the six real files."""
    paths = sorted((real / FOLDER).glob("*.tsv"))
    for path in paths:
        link = _folder(out, FILES) / path.name
        link.unlink(missing_ok=True)
        link.symlink_to(path.resolve())
    _write_listing(out, [path.name for path in paths])


def records(path: Path) -> int | None:
    """Count the lines of a real file after its header, quoted line breaks joined."""
    if path.suffix != ".tsv":
        return None
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file, delimiter="\t")) - 1


def _folder(out: Path, path: str) -> Path:
    folder = out / path
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _write_listing(out: Path, names: Iterable[str]) -> None:
    entries = [
        {
            "name": name,
            "path": f"data/{name}",
            "type": "file",
            "download_url": f"https://{FILES}/{name}",
        }
        for name in sorted(names)
    ]
    text = json.dumps(entries, indent=1) + "\n"
    _folder(out, LISTING).joinpath("data").write_text(text, encoding="utf-8")


def names_no_person(line: list[str]) -> bool:
    """Return whether a line's title and claimants name organisations only."""
    title, claimants = line[6], line[11].split("||")
    are_organisations = all(
        PROPRIETOR.fullmatch(claimant) and ORGANISATION.search(claimant) for claimant in claimants
    )
    return bool(
        title and not line[5] and not any(line[12:16]) and are_organisations
    ) and not PERSON.search(title)


def _rendered(line: list[str]) -> list[str]:
    """Return a line with the printed entry's text put together from the other columns."""
    title, registered, day, renewal, renewed, claimants = line[6:12]
    text = f"{title} © {day}, {registered}. {renewal}, {renewed}, {claimants}" if line[16] else ""
    return [*line[:12], "", "", "", "", text]

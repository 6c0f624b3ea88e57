"""Labelled kinds of parties: by registries and offices that say what each organisation is."""

from __future__ import annotations

import csv
import io
import json
import tarfile
import zipfile

import polars as pl

from benchmarks.inputs import REAL
from benchmarks.linkage.gold import part_of
from benchmarks.linkage.planted import make_mentions

ROR_TYPES = {
    "education": "university",
    "healthcare": "hospital",
    "company": "enterprise",
    "government": "government",
    "facility": "institute",
    "nonprofit": "foundation",
    "funder": None,
    "archive": None,
    "other": None,
}
"""ROR's `facility` is a research institute; `archive` and `other` have no kind of ours."""


def labelled_names(seed: int) -> pl.DataFrame:
    """Return names with `kind`, the `source` of the label, and the `part` they belong to."""
    rows = [*_ror(), *_persons(), *_assignees(), *_planted(seed)]
    frame = pl.DataFrame(rows, schema=["name", "kind", "source"], orient="row")
    frame = frame.unique(["name", "source"]).sort("source", "name")
    return frame.with_columns(
        pl.col("name").map_elements(part_of, return_dtype=pl.String).alias("part")
    )


def _ror() -> list[tuple[str, str, str]]:
    """Return displayed names and labels of organisations with one type (ROR)."""
    found: list[tuple[str, str, str]] = []
    for record in _ror_records():
        kinds = {ROR_TYPES[str(each).lower()] for each in record["types"]} - {None}  # type: ignore[attr-defined]
        if len(kinds) != 1:
            continue
        kind = str(kinds.pop())
        names = record.get("names")
        if isinstance(names, list):
            said = [
                each["value"] for each in names if {"label", "ror_display"} & set(each["types"])
            ]
        else:
            said = [record["name"], *[each["label"] for each in record["labels"]]]  # type: ignore[attr-defined]
        found += [(str(each), kind, "ROR") for each in said]
    return found


def _ror_records() -> list[dict[str, object]]:
    folder = REAL / "reference/ror"
    with tarfile.open(folder / "ror_guangdong_v1.x_releases.tar.gz") as archive:
        members = [each for each in archive if each.name.endswith(".json")]
        records = [json.load(archive.extractfile(each)) for each in members]  # type: ignore[arg-type]
    with zipfile.ZipFile(folder / "ror_v1.17.1_sample_29.zip") as archive:
        for name in archive.namelist():
            records += json.loads(archive.read(name))
    return records


def _persons() -> list[tuple[str, str, str]]:
    """Return inventors' names (Lai 2011, through PatentsView): persons."""
    path = REAL / "patent/er_benchmarks/pv_evaluation_lai-2011-benchmark.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        (f"{row['raw_inventor_name_first']} {row['raw_inventor_name_last']}", "person", "inventors")
        for row in rows
    ]


BY_HAND = {
    "university": [
        "ARIZONA BOARD OF REGENTS ON BEHALF OF ARIZONA STATE UNIVERSITY",
        "Board of Trustees of the University of Arkansas",
        "Northeast Normal University",
        "Regents of the University of California",
        "SHANGHAI UNIVERSITY",
        "The Provost, Fellows, Foundation Scholars, and the other Members of the Board, of the "
        "College of the Holy and Undivided Trinity of Queen Elizabeth, Near Dublin",
        "University of Zurich",
    ],
    "institute": [
        "Battelle Memorial Institute",
        "CENTRE NATIONAL DE LA RECHERCHE SCIENTIFIQUE",
        "COMMISSARIAT À L'ÉNERGIE ATOMIQUE ET AUX ÉNERGIES ALTERNATIVES",
        "Commissariat à l'Énergie Atomique et aux Énergies Alternatives",
        "Industrial Technology Research Institute",
        "Institute of Microelectronics, Chinese Academy of Sciences",
        "International Superconductivity Technology Center",
        "MOGAM INSTITUTE FOR BIOMEDICAL RESEARCH",
        "Research and Education Institute, Inc., Harbor-UCLA Medical Center",
        "Vyskumny ustav agrochemickej Technologie",
    ],
    "foundation": [
        "Live Oak Ministries",
        "THE ALFRED E. MANN FOUNDATION FOR SCIENTIFIC RESEARCH",
        "The Research Foundation of State University of New York",
    ],
    "hospital": ["The Cleveland Clinic Foundation"],
}
"""What the assignees of the sample are that the office's type calls companies, or offices."""


def _assignees() -> list[tuple[str, str, str]]:
    """Return sampled assignees of US patents: by the office's type, and by hand where it is coarse.

    The office calls universities and institutes companies too: each of the 430 names was read.
    """
    by_hand = {name: kind for kind, names in BY_HAND.items() for name in names}
    offices = {"2": "enterprise", "3": "enterprise", "6": "government", "7": "government"}
    found: list[tuple[str, str, str]] = []
    for name in ("pv_assignee_hand_labeler_0.csv", "pv_assignee_hand_labeler_1.csv"):
        text = (REAL / "patent/er_benchmarks" / name).read_text("utf-8")
        for row in csv.DictReader(io.StringIO(text)):
            kind = offices.get(row["assignee_type"])
            if kind and row["organization"]:
                found.append((row["organization"], by_hand.get(row["organization"], kind), "USPTO"))
    return found


def _planted(seed: int) -> list[tuple[str, str, str]]:
    mentions, _ = make_mentions(5000, seed)
    return [(name, kind, "planted") for name, kind in mentions.select("name", "kind").iter_rows()]

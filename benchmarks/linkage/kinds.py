"""Labelled kinds of parties: by registries and offices that say what each organisation is.

What a registry calls a type is not always a kind of ours. A label counts where the registry's own
definition, or a fact beside the name, says the same as ours; the name itself never decides.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Iterable
from hashlib import sha256

import polars as pl

from benchmarks.inputs import REAL
from benchmarks.linkage import persons
from benchmarks.linkage.gold import part_of
from benchmarks.linkage.planted import make_mentions

SAMPLE = 500
"""Names taken from a source that has many, by hash, so that no source outweighs the others."""
ROR_TYPES = {
    "education": "university",
    "healthcare": "hospital",
    "company": "enterprise",
    "government": "government",
    "facility": "institute",
}
"""ROR's types that are a kind of ours.

`facility` is where research takes place: an institute. `nonprofit`, `funder`, `archive` and
`other` say how an organisation lives or what it keeps, and may be any kind.
"""
SITES = {
    "education": re.compile(r"\.(edu|ac)(\.[a-z]{2})?(/|:|$)"),
    "government": re.compile(r"\.(gov|gob|gouv)(\.[a-z]{2})?(/|:|$)"),
}
"""Web sites that confirm a type of ROR.

`education` and `government` tell who runs an organisation too: ROR gives them to institutes of
design and to academies of sciences. Domains of schools and of governments are given by authorities
to such bodies alone.
"""
OTHER_KIND = re.compile(
    r"institut|laborator|research|museum|librar|academ|universit|college|foundation|hospital|"
    r"corporation|bank|endowment|center|home",
    re.IGNORECASE,
)
"""An agency that is also another kind by its name: the list says who owns it, not what it does."""


def labelled_names(seed: int) -> pl.DataFrame:
    """Return names with `kind`, the `source` of the label, and the `part` they belong to."""
    rows = [
        *_ror(),
        *_agencies(),
        *_registrants(),
        *_persons(),
        *_assignees(),
        *_planted(seed),
    ]
    frame = pl.DataFrame(rows, schema=["name", "kind", "source"], orient="row")
    frame = frame.unique(["name", "source"], keep="first", maintain_order=True)
    frame = frame.sort("source", "name")
    return frame.with_columns(
        pl.col("name").map_elements(part_of, return_dtype=pl.String).alias("part")
    )


def _sample(names: Iterable[str]) -> list[str]:
    """Return as many names as a source may have, by hash: always the same ones."""
    return sorted(set(names), key=lambda each: sha256(f"kinds {each}".encode()).digest())[:SAMPLE]


def _ror() -> list[tuple[str, str, str]]:
    """Return displayed names of organisations whose one type is a kind (ROR, newest release)."""
    found: list[tuple[str, str, str]] = []
    for record in _ror_records():
        types = {str(each).lower() for each in record["types"]}  # type: ignore[attr-defined]
        if len(types) != 1 or not types <= set(ROR_TYPES):
            continue
        (said,) = types
        if said in SITES and not any(SITES[said].search(each) for each in _sites(record)):
            continue
        names = record.get("names")
        if isinstance(names, list):
            shown = [
                each["value"] for each in names if {"label", "ror_display"} & set(each["types"])
            ]
        else:
            shown = [record["name"], *[each["label"] for each in record["labels"]]]  # type: ignore[attr-defined]
        found += [(str(each), ROR_TYPES[said], "ROR") for each in shown]
    return found


def _sites(record: dict[str, object]) -> list[str]:
    """Return the web sites of a record, in the older and in the newer format."""
    links = record["links"]
    assert isinstance(links, list)
    return [each["value"] if isinstance(each, dict) else each for each in links]


def _ror_records() -> list[dict[str, object]]:
    """Return each organisation's record of its newest release."""
    folder = REAL / "reference/ror"
    newest: dict[str, tuple[list[int], dict[str, object]]] = {}
    with tarfile.open(folder / "ror_guangdong_v1.x_releases.tar.gz") as archive:
        for each in archive:
            if not each.name.endswith(".json"):
                continue
            release = [int(part) for part in re.findall(r"\d+", each.name.split("/")[0])]
            record = json.load(archive.extractfile(each))  # type: ignore[arg-type]
            if release >= newest.get(record["id"], ([], {}))[0]:
                newest[record["id"]] = (release, record)
    records = [record for _, record in newest.values()]
    with zipfile.ZipFile(folder / "ror_v1.17.1_sample_29.zip") as zipped:
        for name in zipped.namelist():
            records += json.loads(zipped.read(name))
    return records


def _agencies() -> list[tuple[str, str, str]]:
    """Return agencies of the United States (PatentsView) and governments with an LEI (GLEIF)."""
    path = REAL / "patent/patentsview_tsv/list_of_government_agencies.csv"
    with path.open(encoding="utf-8", newline="") as file:
        agencies = [row["Long_form"].strip() for row in csv.DictReader(file)]
    found = [
        (each, "government", "US agencies") for each in agencies if not OTHER_KIND.search(each)
    ]
    entities = pl.read_csv(
        REAL / "reference/gleif/gleif_world_sample_30000.csv.gz", infer_schema=False
    ).filter(pl.col("Entity.EntityCategory") == "RESIDENT_GOVERNMENT_ENTITY")
    return found + [(each, "government", "GLEIF") for each in entities["Entity.LegalName"]]


def _registrants() -> list[tuple[str, str, str]]:
    """Return sampled companies on stock exchanges (SEC): enterprises."""
    path = REAL / "reference/sec/company_tickers_exchange.csv"
    with path.open(encoding="utf-8", newline="") as file:
        names = _sample(row["name"] for row in csv.DictReader(file))
    return [(each, "enterprise", "SEC") for each in names]


def _persons() -> list[tuple[str, str, str]]:
    """Return inventors of US and of Chinese patents, and authors of papers: persons."""
    written = {
        source: [f"{first} {last}" for first, last in names]
        for source, names in (
            ("US inventors", persons.us_inventors()),
            ("US inventors in A", persons.inventors_in_a()),
            ("authors", persons.authors()),
        )
    }
    written["CN inventors"] = list(persons.cn_inventors())
    return [
        *((f"{first} {last}", "person", "inventors") for first, last in persons.lai_inventors()),
        *((each, "person", source) for source in written for each in _sample(written[source])),
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

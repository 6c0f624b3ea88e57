"""Real designators of the W3C, the IETF and NIST with their parts: keys, names, DOIs, fields."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.linkage.designator_truth import Case, archives, case, index, names


def w3c(real: Path) -> Iterator[Case]:
    """Parts from the keys of Relaton's index."""
    keys = index(real / "standard/relaton_w3c")
    for name, document in archives(real / "standard/relaton_w3c"):
        key = keys.get(name)
        for text in names(document, "W3C") if key else []:
            assert key
            number = "-".join(filter(None, (key["code"], key.get("year"))))
            number += f"_{key['suff']}" if "suff" in key else ""
            date = key.get("date", "")
            date = f"19{date}" if len(date) == 6 else date
            date = re.sub(r"^(....)(..)(..)$", r"\1-\2-\3", date)
            yield case(
                text, "W3C", "index keys", publishers=("W3C",), number=number,
                type=key.get("type") or key.get("stage"), date=date,
            )  # fmt: skip


def ietf(real: Path) -> Iterator[Case]:
    """Series and number from file names, and those of the RFCs in them from their DOIs."""
    for name, document in archives(real / "standard/ietf"):
        series, number = re.fullmatch(r"([A-Z]+)0*(\d+)\.yaml", name).groups()  # type: ignore[union-attr]
        for text in names(document, "IETF"):
            yield case(text, "IETF", "file names", publishers=("IETF",), type=series, number=number)
        for relation in document.get("relation", []):
            item = relation["bibitem"]
            for text, doi in zip(names(item, "IETF"), names(item, "DOI"), strict=False):
                found = re.fullmatch(r"10\.17487/RFC0*(\d+)", doi)
                if found:
                    yield case(
                        text, "IETF", "DOIs", publishers=("IETF",), type="RFC", number=found[1]
                    )


def nist(real: Path) -> Iterator[Case]:
    """Series, revision and volume from fields of NIST's own export, number from its address."""
    with zipfile.ZipFile(real / "standard/nist_csrc/pubs-export.zip") as archive:
        records = json.load(io.TextIOWrapper(archive.open(archive.namelist()[0]), "utf-8"))
    types = {"nist-sp": "SP", "nist-fips": "FIPS", "nist-ir": "IR", "csrc-white-paper": "CSWP"}
    for record in records:
        series = types.get(record["series"])
        if series is None or not record["docidentifier"]:
            continue
        steps = record["uri"].split("/pubs/")[1].split("/")[1:]
        # sp/800/57/pt1/r5/final, sp/800/90/a/r1/final, sp/1800/1/final, fips/180-4/final
        number = "-".join(steps[:2]) if series == "SP" else steps[0].split("-")[0]
        rest = steps[2:] if series == "SP" else steps[1:]
        if rest and re.fullmatch(r"[a-qs-z]", rest[0]):
            number += rest[0].upper()
        divisions = [
            ("Part " if each.startswith("pt") else "Vol. ") + re.sub(r"\D+", "", each)
            for each in rest
            if re.fullmatch(r"(?:pt|v)\d+", each)
        ]
        edition = record["revision"] or record["edition"] or ("r" if "r" in rest else None)
        yield case(
            record["docidentifier"], "NIST", "fields and addresses", publishers=("NIST",),
            type=series, number=number, part=divisions[0] if divisions else None, edition=edition,
        )  # fmt: skip

"""`make accounts`: account for every real file of every source, and keep the figures for the docs.

Each file below the folders of a source is staged alone, as `iplake stage --file` does it, and its
records are counted a second time without our readers.
"""

from __future__ import annotations

import csv
import importlib
import logging
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import polars as pl
import structlog
from rich.progress import track

from iplake import registry
from iplake.errors import LakeError
from scripts.environment import ROOT
from warehouse import refresh

REAL = ROOT.parent / "shared" / "real"
TARGET = ROOT / "docs" / "real-files.csv"
FOLDERS = {
    "copyrights/nypl_registrations": ["copyright/nypl_cce_registrations_xml"],
    "copyrights/nypl_renewals": ["copyright/nypl_cce_renewals"],
    "copyrights/usco_records": ["copyright/usco_cprs_json_trimmed"],
    "economy/china_nbs": ["economic/china_nbs"],
    "economy/eurostat": ["economic/eurostat_tsv"],
    "economy/sdmx": ["economic/sdmx_messages", "economic/jsonstat"],
    "economy/worldbank": ["economic/worldbank_wdi_bulk", "economic/worldbank_gdp_long"],
    "literature/arxiv": ["literature/arxiv"],
    "literature/crossref": ["literature/crossref", "literature/crossref_public_data_file"],
    "literature/openalex": ["literature/openalex"],
    "literature/pubmed": ["literature/pubmed"],
    "patents/cnipa_gazette": ["patent/cnipa_gazette_csv"],
    "patents/epo_fulltext": ["patent/epo_ep_fulltext_xml", "patent/epo_bdds_ftm_es"],
    "patents/oecd_quality": ["patent/oecd_patent_quality"],
    "patents/uspto_applications": ["patent/uspto_fulltext_bulk", "patent/uspto_fulltext_single"],
    "patents/uspto_assignments": [
        "patent/uspto_assignment_xml",
        "patent/uspto_assignment_center_json",
    ],
    "patents/uspto_file_wrapper": ["patent/uspto_odp_json", "patent/uspto_odp_json_beta2024"],
    "patents/uspto_grants": [
        "patent/uspto_fulltext_bulk",
        "patent/uspto_fulltext_single",
        "patent/uspto_aps_text",
    ],
    "patents/uspto_ptab": ["patent/uspto_ptab_json"],
    "reference/gbt2260": ["reference/china_gbt2260"],
    "reference/gleif": ["reference/gleif"],
    "reference/ics": ["standard/isoics"],
    "reference/industries": ["economic/gbt4754", "economic/classifications_eu_un"],
    "reference/nice": ["trademark/nice_classification"],
    "reference/ror": ["reference/ror"],
    "reference/technology": ["patent/concordances", "patent/classification_schemes"],
    "standards/china_standards": ["standard/china_gb"],
    "standards/etsi_isld": ["standard/etsi_isld"],
    "standards/ietf_rfc": ["standard/ietf"],
    "standards/iso_open_data": ["standard/iso_open_data"],
    "standards/relaton": [
        "standard/relaton_3gpp",
        "standard/relaton_etsi",
        "standard/relaton_ieee",
        "standard/relaton_iso",
        "standard/relaton_itu",
        "standard/relaton_w3c",
        "standard/ietf",
    ],
    "trademarks/euipo_designs": ["trademark/euipo_design_xml", "trademark/euipo_api_json"],
    "trademarks/euipo_trademarks": ["trademark/euipo_em_trademark_xml", "trademark/euipo_api_json"],
    "trademarks/uspto_trademarks": ["trademark/uspto_tdxf_daily_xml", "trademark/uspto_tsdr"],
}
"""Which folders of real files are a source's own; some folders hold files of two."""


@dataclass(frozen=True)
class Account:
    """What one real file came to. `independent` is null where a file is not of the main table."""

    source: str
    file: str
    independent: int | None
    records: int | None
    staged: int | None
    quarantined: int | None
    reasons: str
    refused: str


def account(address: str, path: Path) -> Account:
    """Stage one file, count its records apart from that, and say what came of it."""
    source = registry.get(address)
    script = _script(address)
    name = path.relative_to(REAL).as_posix()
    with tempfile.TemporaryDirectory() as out:
        try:
            counts = refresh.stage_files(address, [path], Path(out), jobs=1)
        except LakeError as error:
            return Account(address, name, None, None, None, None, "", str(error.message))
        count = counts[source.main_table]
        refused = pl.read_parquet(Path(out) / "quarantine.parquet")
    reasons = (
        refused.filter(pl.col("table") == source.main_table)
        .group_by("reason_code")
        .len()
        .sort("reason_code")
    )
    return Account(
        source=address,
        file=name,
        independent=script.records(path),
        records=count.records,
        staged=count.staged,
        quarantined=count.quarantined,
        reasons="; ".join(f"{reason}: {number}" for reason, number in reasons.iter_rows()),
        refused="",
    )


def _script(address: str) -> ModuleType:
    return importlib.import_module(f"scripts.mirrors.{address.replace('/', '.')}")


def main() -> None:
    """Account for all real files, write the table, and exit with 1 where counts differ."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    if not REAL.is_dir():
        sys.exit("there are no real files beside the project")
    with_real = {each for each in registry.sources() if hasattr(_script(each), "real")}
    if missing := sorted(with_real - set(FOLDERS)):
        sys.exit(f"say which folders these sources' real files are in: {', '.join(missing)}")
    work = [
        (address, path)
        for address, folders in sorted(FOLDERS.items())
        if address in registry.sources()
        for folder in folders
        for path in sorted((REAL / folder).rglob("*"))
        if path.is_file() and path.name != "PROVENANCE.md"
    ]
    accounts = [account(*each) for each in track(work, "accounting")]
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Account.__dataclass_fields__)
        writer.writerows(tuple(vars(each).values()) for each in accounts)
    wrong = [
        each
        for each in accounts
        if each.independent is not None and each.independent != each.records
    ]
    for each in wrong:
        print(f"{each.file}: {each.independent} counted apart, {each.records} by {each.source}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

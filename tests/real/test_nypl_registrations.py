"""NYPL's registrations: the real page, against counts made apart from us."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from warehouse import refresh
from warehouse.staging import Count

pytestmark = pytest.mark.real

ADDRESS = "copyrights/nypl_registrations"


def test_every_entry_is_staged(real: Path, tmp_path: Path) -> None:
    path = real / "copyright" / "nypl_cce_registrations_xml" / "351_page20.xml"
    text = path.read_text(encoding="utf-8")
    references = re.findall(r"<crossRef .*?</crossRef>", text, re.DOTALL)
    entries = re.findall(r"<copyrightEntry .*?</copyrightEntry>", text, re.DOTALL)
    # By PROVENANCE.md, seven entries.
    assert (len(entries), len(references)) == (7, 3)
    names = [len(re.findall(r"<(?:authorName|pubName|claimant)[ >]", each)) for each in entries]
    counts = refresh.stage_files(ADDRESS, [path], tmp_path, jobs=1)
    assert counts == {
        "registrations": Count(7, 7, 0),
        "registration_parties": Count(sum(names), sum(names), 0),
        "registration_numbers": Count(7, 7, 0),
        "cross_references": Count(3, 3, 0),
    }
    rows = pl.read_parquet(tmp_path / "registrations.parquet")
    assert rows["registration_number"].to_list() == re.findall(r"<regNum>([^<]+)<", text)
    assert [str(day) for day in rows["registration_date"]] == re.findall(
        r'<regDate date="([^"]+)"', text
    )
    # Three publishers claim the copyright themselves, four entries have a claimant.
    parties = pl.read_parquet(tmp_path / "registration_parties.parquet").filter("is_claimant")
    assert parties["party_role"].value_counts().sort("count").rows() == [
        ("publisher", 3),
        ("claimant", 4),
    ]

"""Declaration to standard's version to patent family: declared, never more than that."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from transforms.linkage import sep_chain
from transforms.linkage.families import extended_families
from transforms.linkage.sep_chain import (
    declared_chain,
    declared_editions,
    declared_priority_links,
)

DECLARATIONS = pl.LazyFrame(
    {
        "_snapshot_id": ["s"] * 5,
        "_record_number": [1, 2, 3, 4, 5],
        "declaration_number": ["ISLD-1", "ISLD-1", "ISLD-2", "ISLD-2", "ISLD-3"],
        "declaration_date": [date(2016, 8, 31)] * 5,
        "family_id": [20446, 20446, 20446, 999, None],
        "office_code": ["JP", "EP", "KR", "MX", "US"],
        "application_number": [
            "JP20050178531",
            "EP20060002248",
            "KR20070030343",
            "MX20150004702",
            None,
        ],
        "application_date": [date(2005, 6, 17)] * 5,
        "priority_numbers_raw": [
            None,
            "|JP20050178531|",
            "|JP20050178531|WO2006JP312176|",
            "",
            None,
        ],
        "standard_designator": [
            "ETSI TS 136 321",
            "3GPP TS 36.321",
            "ETSI TS 136 321",
            "GSM",
            None,
        ],
        "standard_version": ["8.9.0", None, "8.9.0", None, None],
        "specification_designator": ["3GPP TS 36.321", "3GPP TS 36.321", None, None, None],
        "specification_version": ["8.9.0", None, None, None, None],
    },
    schema_overrides={"family_id": pl.Int64, "specification_version": pl.String},
)
PUBLICATIONS = pl.LazyFrame(
    {
        "_snapshot_id": ["s", "s"],
        "_record_number": [2, 5],
        "publication_number": ["EP1662763A1", "US9276719B2"],
    }
)
DOCUMENTS = pl.LazyFrame(
    {
        "publication_number": ["EP1662763A1", "EP0000001A1"],
        "application_id": ["EP:06002248", "EP:00000001"],
    }
)


def families() -> pl.LazyFrame:
    links = declared_priority_links(DECLARATIONS)
    no_dates = pl.LazyFrame(schema={"application_id": pl.String, "filing_date": pl.Date})
    nobody = pl.LazyFrame(schema={"application_id": pl.String})
    return extended_families(nobody, links, no_dates).lazy()


def test_the_export_ties_applications_to_their_priorities() -> None:
    links = declared_priority_links(DECLARATIONS).collect()
    assert sorted(links.select("application_id", "earlier_id", "link_kind").rows()) == [
        ("EP:06002248", "JP:2005178531", "priority"),
        ("KR:1020070030343", "JP:2005178531", "priority"),
        ("KR:1020070030343", "WO:PCT/JP2006/312176", "national_stage"),
    ]


def test_a_declaration_reaches_the_standard_by_both_numbers_and_versions_are_kept() -> None:
    editions = declared_editions(DECLARATIONS).collect()
    by_line = {
        number: sorted(group.select("edition_designator", "release_number", "reached_by").rows())
        for (number,), group in editions.group_by("_record_number")
    }
    both = [("3GPP TS 36.321 V8.9.0", 8), ("ETSI TS 136 321 V8.9.0", 8)]
    assert by_line[1] == [(*each, "declared") for each in both]
    # Without a version the standard as such was declared, of no release.
    assert by_line[2] == [
        ("3GPP TS 36.321", None, "declared"),
        ("ETSI TS 136 321", None, "republished"),
    ]
    assert by_line[3] == [(*both[0], "republished"), (*both[1], "declared")]
    # What cannot be read stays as it was declared.
    assert by_line[4] == [("GSM", None, "declared")]
    assert 5 not in by_line


def test_a_chain_leads_from_the_declaration_to_the_family() -> None:
    chain = declared_chain(DECLARATIONS, PUBLICATIONS, DOCUMENTS, families()).collect()
    key = ["declaration_number", "edition_designator", "patent_family_id"]
    assert not chain.select(key).is_duplicated().any()
    rows = {row[:3]: row[3:] for row in chain.select(*key, "method", "line_count").rows()}
    family = "EXT:EP:06002248"
    assert rows[("ISLD-1", "ETSI TS 136 321 V8.9.0", family)] == ("application", 1)
    assert rows[("ISLD-1", "3GPP TS 36.321", family)] == ("publication", 1)
    assert rows[("ISLD-2", "3GPP TS 36.321 V8.9.0", family)] == ("application", 1)
    # An application without any link has the declarant's family, and says so.
    assert rows[("ISLD-2", "GSM", "ISLD:999")] == ("declarant's family", 1)
    # A line that names neither an application nor a known publication leads nowhere.
    assert "ISLD-3" not in chain["declaration_number"]


def test_declared_is_never_called_more() -> None:
    chain = declared_chain(DECLARATIONS, PUBLICATIONS, DOCUMENTS, families()).collect()
    assert not [name for name in chain.columns if "essential" in name]
    source = Path(sep_chain.__file__).read_text(encoding="utf-8")
    assert "essential" not in source.lower()

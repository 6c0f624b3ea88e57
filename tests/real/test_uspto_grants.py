"""Every grant of the real files, of all generations, counted by their provenance notes."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from scripts.mirrors.patents.uspto_grants import records
from warehouse import refresh

ADDRESS = "patents/uspto_grants"
BULK = "patent/uspto_fulltext_bulk"
SINGLE = "patent/uspto_fulltext_single"
APS = "patent/uspto_aps_text"

# As listed in each PROVENANCE.md.
RECORDS = {
    f"{BULK}/2011_6.xml": 1,
    f"{BULK}/ipg050104.small.xml": 25,
    f"{BULK}/ipg080101.small.xml": 25,
    f"{BULK}/ipg100105.small.xml": 25,
    f"{BULK}/ipg100824-hyphenated.xml": 1,
    f"{BULK}/ipg120327.18.xml": 18,
    f"{BULK}/pg_v25_XML1-sample-14.xml": 14,
    f"{SINGLE}/go-uspto_grant_v2-5-B1.xml": 1,
    f"{SINGLE}/go-uspto_grant_v2-5-B2.xml": 1,
    f"{SINGLE}/go-uspto_grant_v2-5-S1.xml": 1,
    f"{SINGLE}/go-uspto_grant_v4-0-B2.xml": 1,
    f"{SINGLE}/go-uspto_grant_v4-5-B1.xml": 1,
    f"{SINGLE}/odp_grant_us10000000b2_14643719.xml": 1,
    f"{SINGLE}/ppd_sgml_US06336130.xml": 1,
    f"{SINGLE}/ppd_sgml_US06337117.xml": 1,
    f"{SINGLE}/ppd_sgml_USD435854S1.xml": 1,
    f"{SINGLE}/ppd_xml2004_US06970935.xml": 1,
    f"{SINGLE}/ppd_xml2006_US07272630B2.xml": 1,
    f"{SINGLE}/ppd_xml2014_US08926509.xml": 1,
    f"{SINGLE}/ppd_xml2014_US08927118.xml": 1,
    f"{SINGLE}/ppd_xml2014_US08930553.xml": 1,
    f"{APS}/pftaps_TXT-sample-2.txt": 2,
}


@pytest.mark.real
@pytest.mark.parametrize("name", RECORDS)
def test_every_grant_of_a_file_is_staged(name: str, real: Path, tmp_path: Path) -> None:
    counts = refresh.stage_files(ADDRESS, [real / name], tmp_path, 1)
    assert records(real / name) == RECORDS[name]
    assert counts["grants"].records == RECORDS[name]
    assert counts["grants"].staged == RECORDS[name]
    assert [count.quarantined for count in counts.values()] == [0] * len(counts)


@pytest.mark.real
def test_what_the_grants_of_all_generations_come_to(real: Path, tmp_path: Path) -> None:
    counts = refresh.stage_files(ADDRESS, [real / name for name in RECORDS], tmp_path, 1)
    assert {table: count.staged for table, count in counts.items()} == {
        "grants": 125,
        "grant_parties": 535,
        "grant_classifications": 624,
        "grant_citations": 2638,
        "grant_priorities": 58,
        "grant_relations": 91,
    }
    grants = pl.read_parquet(tmp_path / "grants.parquet")
    assert grants["publication_number"].n_unique() == 125
    kinds = dict(grants["right_type"].value_counts().iter_rows())
    assert kinds == {"patent_invention": 78, "design": 44, "plant": 1, "reissue": 2}
    for needed in ("application_number", "filing_date", "title", "claims_count", "grant_date"):
        assert grants[needed].null_count() == 0, needed
    # The elements of citations, counted in the bytes by whoever wrote them.
    text = b"".join((real / name).read_bytes() for name in RECORDS)
    cited = sum(text.count(tag) for tag in (b"<citation>", b"<us-citation>", b"<B561>", b"<B562>"))
    assert counts["grant_citations"].staged == cited + text.count(b"\nUREF") + text.count(b"\nFREF")
    # Two symbols can't be read: their file was indented by its project, its blanks are lost.
    classes = pl.read_parquet(tmp_path / "grant_classifications.parquet")
    unread = classes.filter(pl.col("classification_symbol").is_null())
    assert unread["publication_number"].unique().to_list() == ["US6334226B1"]


@pytest.mark.real
@pytest.mark.parametrize(
    "name",
    [f"{BULK}/ipa130117.one.xml", f"{BULK}/pa040101.two.xml"],
)
def test_applications_are_not_taken_for_grants(name: str, real: Path, tmp_path: Path) -> None:
    assert records(real / name) is None
    with pytest.raises(SourceChanged, match="another product's file"):
        refresh.stage_files(ADDRESS, [real / name], tmp_path, 1)


@pytest.mark.real
def test_a_dump_of_the_search_system_is_another_format(real: Path, tmp_path: Path) -> None:
    dump = real / APS / "css_brs_sample.txt"
    assert records(dump) is None
    with pytest.raises(SourceChanged, match="a dump of the search system"):
        refresh.stage_files(ADDRESS, [dump], tmp_path, 1)


@pytest.mark.real
def test_locarno_and_plants(real: Path, tmp_path: Path) -> None:
    refresh.stage_files(ADDRESS, [real / name for name in RECORDS], tmp_path, 1)
    grants = pl.read_parquet(tmp_path / "grants.parquet")
    plant = grants.row(by_predicate=pl.col("right_type") == "plant", named=True)
    assert (plant["kind_code"], plant["latin_name"]) == ("P2", "Sedum telephium")
    assert plant["publication_number"].startswith("USPP")
    classes = pl.read_parquet(tmp_path / "grant_classifications.parquet")
    designs = grants.filter(pl.col("right_type") == "design")["publication_number"]
    of_designs = classes.filter(pl.col("publication_number").is_in(designs.to_list()))
    assert "LOCARNO" in of_designs["classification_scheme"].to_list()
    assert "IPC" not in of_designs["classification_scheme"].to_list()

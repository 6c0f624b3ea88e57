"""EPO full text: the catalogue, archives within archives, kinds, damage; the sample."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import polars as pl
import pytest

from ingest.patents.epo_fulltext import discover, read
from iplake import registry
from iplake.contract import RawFile
from iplake.errors import SourceChanged
from tests.conftest import ROOT, Pages, land_and_stage, refused, staged
from warehouse.staging import Count

ADDRESS = "patents/epo_fulltext"
BASE = "https://publication-bdds.apps.epo.org/bdds/bdds-bff-service/prod/api/products/32"
EXAMPLES = ROOT / "tests" / "examples" / ADDRESS
GRANTED = EXAMPLES / "granted_without_prolog" / "input.xml"
TRANSLATION = EXAMPLES / "translation" / "input.xml"
INDEX = r"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ftm-package-index PUBLIC "-//EPO//PACKAGE INDEX 1.0//EN" "ftm-package-v1.0.dtd">
<ftm-package-index id="PF004"><ftm-package-file id="T1" format="zip">
<filename>T1.zip</filename><file-location relative="true">\DOC</file-location>
</ftm-package-file></ftm-package-index>
"""


def zipped(**files: bytes) -> bytes:
    """Return a zip; two underscores in a name are a slash, one is a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def file(**changes: object) -> dict[str, object]:
    """Return a file of the catalogue, as its real listings have it."""
    return {
        "FileID": 9416,
        "FileName": "EPRTBJV2025000040001001.zip",
        "FileSize": "216.6 MB",
        "FileChecksum": "F30378B303DA95087423E752F776ADD4DA5DB262",
        "FilePublicationDatetime": "2025-10-01T14:00:00+02:00",
    } | changes


def product(*files: dict[str, object]) -> dict[str, object]:
    """Return a product of the catalogue with one delivery."""
    delivery = {
        "DeliveryID": 3262,
        "DeliveryName": "14.12 EP Full-text data 2025/040",
        "DeliveryPublicationDatetime": "2025-10-01T14:00:00+02:00",
        "DeliveryExpiryDatetime": None,
        "Files": list(files),
    }
    return {"ID": 32, "Name": "EP", "Description": "", "Deliveries": [delivery]}


def drift_of(folder: Path) -> list[str]:
    """Return the unknown fields that reading the staged file again reports."""
    raw = RawFile(folder / "input", "input", "", "0", None)
    return [each.field for batch in read(raw, registry.get(ADDRESS), None) for each in batch.drift]


def test_the_catalogue_names_archives_with_checksums_and_not_notices() -> None:
    notice = file(FileID=9431, FileName="20260603_NEW_ELEMENTS.docx")
    pages = Pages({BASE: product(notice, file())})
    [found] = discover(pages, registry.get(ADDRESS))
    assert found.url == f"{BASE}/delivery/3262/file/9416/download"
    assert found.name == "EPRTBJV2025000040001001.zip"
    assert found.checksum == "sha1:f30378b303da95087423e752f776add4da5db262"
    assert str(found.published) == "2025-10-01"


def test_the_service_itself_spells_its_fields_in_camel_case() -> None:
    spelt = json.loads(
        json.dumps(product(file())).replace("FileID", "fileId").replace('"Del', '"del')
    )
    [found] = discover(Pages({BASE: spelt}), registry.get(ADDRESS))
    assert found.url.endswith("/delivery/3262/file/9416/download")


@pytest.mark.parametrize(
    "answer",
    [
        {"message": "not found"},
        [],
        product({"FileName": "a.zip"}),
        product(file(FileChecksum="")),
        product(file(FilePublicationDatetime="soon")),
        product(file(FileChecksum=None)),
    ],
)
def test_another_catalogue_is_refused(answer: object) -> None:
    with pytest.raises(SourceChanged, match="expected deliveries with files"):
        list(discover(Pages({BASE: answer}), registry.get(ADDRESS)))


def test_a_delivery_is_an_archive_of_archives_with_an_index(tmp_path: Path) -> None:
    document = zipped(
        E__ES2993312T1_xml=TRANSLATION.read_bytes(),
        E__TOC_xml=b"<content><file>ES2993312T1.xml</file></content>",
        E__imgf1_tif=b"II*",
    )
    delivery = zipped(
        ROOT__DOC__statistics_csv=b"Validation process\rCC,KC\rES,T1\r",
        ROOT__DOC__T1_zip=document,
        ROOT__index_xml=INDEX.encode(),
        ROOT__DTDS__ftm_dtd=b"<!ELEMENT x ANY>",
    )
    counts = staged(ADDRESS, tmp_path, delivery)
    assert counts["publications"] == Count(records=1, staged=1, quarantined=0)
    row = pl.read_parquet(tmp_path / "out" / "publications.parquet").row(0, named=True)
    assert (row["publication_number"], row["application_number"]) == ("ES2993312T1", "207522483")
    # The text was read by machine: its claims stand in one element, and are not counted as one.
    assert (row["has_full_text"], row["claims_count"]) == (True, None)


def test_a_delivery_that_lacks_what_its_index_names_is_refused(tmp_path: Path) -> None:
    delivery = zipped(ROOT__index_xml=INDEX.encode(), A_xml=TRANSLATION.read_bytes())
    with pytest.raises(SourceChanged, match=r"ROOT/DOC/T1\.zip"):
        staged(ADDRESS, tmp_path, delivery)


def test_a_damaged_index_is_not_passed_over(tmp_path: Path) -> None:
    delivery = zipped(index_xml=INDEX.encode()[:-30], A_xml=TRANSLATION.read_bytes())
    with pytest.raises(SourceChanged, match="index is damaged"):
        staged(ADDRESS, tmp_path, delivery)


def test_an_archive_cut_off_is_refused_whole(tmp_path: Path) -> None:
    delivery = zipped(DOC__A_zip=zipped(A_xml=GRANTED.read_bytes()))
    with pytest.raises(SourceChanged, match="damaged or cut off"):
        staged(ADDRESS, tmp_path, delivery[: len(delivery) // 2])


def test_an_inner_archive_cut_off_is_refused_whole(tmp_path: Path) -> None:
    inner = zipped(A_xml=GRANTED.read_bytes())
    with pytest.raises(SourceChanged, match="damaged or cut off"):
        staged(ADDRESS, tmp_path, zipped(DOC__A_zip=inner[: len(inner) - 30]))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>Log in</html>",
        b"ID,Name\n",
        b"<us-patent-grant/>",
        zipped(readme_txt=b"nothing"),
        zipped(TOC_xml=b"<content/>"),
    ],
)
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match="expected"):
        staged(ADDRESS, tmp_path, content)


@pytest.mark.parametrize(
    ("part", "change", "reason"),
    [
        (b"<B130>B2</B130>", b"<B130>B7</B130>", "unknown_category"),
        (b"<B190>EP</B190>", b"<B190>WO</B190>", "unknown_category"),
        (b"<B541>de</B541>", b"<B541>nl</B541>", "unknown_category"),
        (b"<B110>2716170</B110>", b"", "missing_field"),
        (b"SDOBI", b"SDOBU", "missing_field"),
    ],
)
def test_a_document_without_identity_or_of_another_kind_is_refused(
    tmp_path: Path, part: bytes, change: bytes, reason: str
) -> None:
    counts = staged(ADDRESS, tmp_path, GRANTED.read_bytes().replace(part, change))
    assert counts["publications"] == Count(records=1, staged=0, quarantined=1)
    assert [code for code, _ in refused(tmp_path)] == [reason]
    assert [count.records for count in counts.values()] == [1, 0, 0, 0, 0, 0, 0]


def test_a_document_cut_off_is_refused(tmp_path: Path) -> None:
    counts = staged(ADDRESS, tmp_path, GRANTED.read_bytes()[:-200])
    assert counts["publications"] == Count(records=1, staged=0, quarantined=1)
    assert refused(tmp_path) == [("truncated", "input document 1 at byte 0")]


def test_a_field_that_nobody_knows_is_reported_and_the_document_staged(tmp_path: Path) -> None:
    content = GRANTED.read_bytes()
    changed = content.replace(b"<B130>", b"<B139EP><x/></B139EP><B130>").replace(
        b"<drawings", b"<figures/><drawings"
    )
    counts = staged(ADDRESS, tmp_path, changed)
    assert counts["publications"] == Count(records=1, staged=1, quarantined=0)
    assert sorted(drift_of(tmp_path)) == ["B100/B139EP", "figures"]


def test_claims_of_a_patent_are_counted_in_one_language(tmp_path: Path) -> None:
    content = GRANTED.read_bytes()
    assert content.count(b"<claim ") == 6
    # A second set, for other states, in the language of the proceedings.
    more = content.replace(b"<drawings", b'<claims lang="de"><claim num="0001"/></claims><drawings')
    staged(ADDRESS, tmp_path, more)
    row = pl.read_parquet(tmp_path / "out" / "publications.parquet").row(0, named=True)
    assert (row["claims_count"], row["claim_sets_count"]) == (2, 2)
    assert row["claim_languages"] == "de|en|fr"


def test_a_search_report_that_comes_as_text_is_read(tmp_path: Path) -> None:
    report = b"""<search-report-data id="srep" lang="en" srep-office="EP"><srep-for-pub>
      <srep-citations><citation id="sr-cit0001"><patcit dnum="US6089831A"><document-id>
      <country>US</country><doc-number>6089831</doc-number><kind>A</kind><date>20000718</date>
      </document-id></patcit><category>X</category><category>A</category>
      <rel-claims>1,4</rel-claims></citation></srep-citations></srep-for-pub></search-report-data>"""
    content = GRANTED.read_bytes().replace(b"<ep-reference-list", report + b"<ep-reference-list")
    staged(ADDRESS, tmp_path, content)
    rows = pl.read_parquet(tmp_path / "out" / "publication_citations.parquet")
    row = rows.row(by_predicate=pl.col("citation_source") == "search_report", named=True)
    assert (row["cited_publication_number"], str(row["cited_date"])) == ("US6089831A", "2000-07-18")
    assert (row["citation_category"], row["relevant_claims"]) == ("X|A", "1,4")


def test_the_sample_has_all_documents_and_no_persons(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    folder = lake_home / "staging" / ADDRESS
    publications = pl.read_parquet(folder / "publications")
    assert publications.height == 25
    assert publications["publication_number"].n_unique() == 25
    parties = pl.read_parquet(folder / "publication_parties")
    assert set(parties["party_role"]) == {"applicant", "proprietor", "opponent"}
    assert parties["address_raw"].null_count() == parties.height
    citations = pl.read_parquet(folder / "publication_citations")
    assert set(citations["citation_type"]) == {"patent"}

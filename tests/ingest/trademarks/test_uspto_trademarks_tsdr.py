"""Case files of TSDR: namespaces that vary, days with zones, other documents, unknown words."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import polars as pl
import pytest

from ingest.trademarks.uspto_trademarks import read
from iplake import registry
from iplake.contract import RawFile
from iplake.errors import SourceChanged
from tests.conftest import ROOT, refused, staged
from warehouse.staging import Count

ADDRESS = "trademarks/uspto_trademarks"
EXAMPLES = ROOT / "tests" / "examples" / ADDRESS
ST96 = (EXAMPLES / "tsdr_st96" / "input.xml").read_bytes()
ST66 = (EXAMPLES / "tsdr_st66" / "input.xml").read_bytes()
JSON = (EXAMPLES / "tsdr_json" / "input.json").read_bytes()


def rows(folder: Path) -> dict[str, list[dict[str, object]]]:
    """Return what `staged` wrote, by table, without what tells files apart."""
    return {
        table: pl.read_parquet(folder / "out" / f"{table}.parquet")
        .drop("_snapshot_id", "_landed_at")
        .to_dicts()
        for table in registry.get(ADDRESS).tables
    }


def test_namespaces_and_their_prefixes_do_not_matter(tmp_path: Path) -> None:
    # Draft 1_D3 has other namespaces, a root of another name, and calls US classes national.
    draft = (
        ST96.replace(b"ns1:", b"com:")
        .replace(b"ns2:", b"tmk:")
        .replace(b"xmlns:ns1", b"xmlns:com")
        .replace(b"xmlns:ns2", b"xmlns:tmk")
        .replace(b"/ST96/Common", b"/Common/1")
        .replace(b"/ST96/Trademark", b"/Trademark/1")
        .replace(b"TrademarkTransaction>", b"Transaction>")
        .replace(b"TrademarkTransaction ", b"Transaction ")
        .replace(b"Domestic", b"National")
        .replace(b"com:ColourIndicator", b"com:ImageColourIndicator")
    )
    assert draft != ST96
    found = []
    for name, content in (("now", ST96), ("draft", draft)):
        folder = tmp_path / name
        folder.mkdir()
        counts = staged(ADDRESS, folder, content)
        assert counts["case_files"] == Count(records=1, staged=1, quarantined=0)
        found.append(rows(folder))
    assert found[0] == found[1]


def test_a_day_stays_what_it_is_in_its_zone(tmp_path: Path) -> None:
    content = ST66.replace(b"2000-05-09-04:00", b"1996-10-15-04:00")
    staged(ADDRESS, tmp_path, content.replace(b"2010-09-08-04:00", b"2010-09-08Z"))
    [case] = rows(tmp_path)["case_files"]
    assert (str(case["filing_date"]), str(case["status_date"])) == ("1996-10-15", "2010-09-08")
    assert case["filing_date_raw"] == "1996-10-15-04:00"


def test_a_case_file_may_come_zipped_with_a_page_beside_it(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("status_st66.xml", ST66)
        archive.writestr("status.html", "<html></html>")
        archive.writestr("markImage.jpg", b"\xff\xd8")
    counts = staged(ADDRESS, tmp_path, out.getvalue())
    assert counts["case_files"] == Count(records=1, staged=1, quarantined=0)


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><DocumentList xmlns="urn:us:gov:doc:uspto:trademark"/>',
        b'<Document xmlns="urn:us:gov:doc:uspto:trademark"><SerialNumber/></Document>',
        b'{"caseUpdateInfo": [{"name": "Serial Number", "value": "97123456"}]}',
        b"[]",
    ],
)
def test_other_documents_of_tsdr_are_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match="expected case files"):
        staged(ADDRESS, tmp_path, content)


@pytest.mark.parametrize(
    ("content", "old", "new", "reason"),
    [
        (ST96, b"<ns2:MarkCategory>Trademark", b"<ns2:MarkCategory>Slogan", "unknown_category"),
        (ST96, b">Domestic<", b">Martian<", "unknown_category"),
        (ST96, b">Primary</ns2:Reg", b">Third</ns2:Reg", "unknown_category"),
        (ST96, b"OfficeCode>US", b"OfficeCode>CA", "unknown_category"),
        (ST96, b"UseIndicator>true", b"UseIndicator>T", "unknown_flag"),
        (ST96, b"74631225", b"", "missing_field"),
        (ST96, b"</ns2:TrademarkTransaction>", b"", "truncated"),
        (ST66, b"<ApplicationNumber>76044902", b"<ApplicationNumber>", "missing_field"),
        (ST66, b">Supplemental<", b">Third<", "unknown_category"),
        (ST66, b"</Transaction>", b"", "truncated"),
        (JSON, b'"status": 602', b'"status": [602]', "wrong_type"),
        (JSON, b'"gsList": [{', b'"gs": [{', "missing_field"),
    ],
)
def test_what_nobody_knows_or_lacks_is_quarantined(
    tmp_path: Path, content: bytes, old: bytes, new: bytes, reason: str
) -> None:
    assert old in content
    counts = staged(ADDRESS, tmp_path, content.replace(old, new))
    assert counts["case_files"].quarantined >= 1
    assert counts["case_files"].records == counts["case_files"].quarantined + (
        counts["case_files"].staged
    )
    assert refused(tmp_path)[-1 if reason == "truncated" else 0][0] == reason


@pytest.mark.parametrize(
    ("content", "old", "new", "field"),
    [
        (ST96, b"<ns1:StaffBag/>", b"<ns1:StaffBag/><ns1:Colour/>", "Colour"),
        (ST66, b"<TradeMarkExt>", b"<TradeMarkExt><Colour/>",
         "TradeMarkDetails/TradeMark/TradeMarkExt/Colour"),
        (JSON, b'"filedItu"', b'"colour": 1, "filedItu"', "status/colour"),
    ],
)  # fmt: skip
def test_unknown_fields_are_reported_and_the_case_file_staged(
    tmp_path: Path, content: bytes, old: bytes, new: bytes, field: str
) -> None:
    counts = staged(ADDRESS, tmp_path, content.replace(old, new))
    assert counts["case_files"].staged == 1
    raw = RawFile(tmp_path / "input", "input", "", "0", None)
    batches = read(raw, registry.get(ADDRESS), None)
    assert [each.field for batch in batches for each in batch.drift] == [field]

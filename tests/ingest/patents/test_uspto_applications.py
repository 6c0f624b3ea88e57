"""USPTO applications: what is listed, what is refused, what is only reported, and shards."""

from __future__ import annotations

import zipfile
from pathlib import Path

import polars as pl
import pytest

from ingest.patents import (
    us_weekly,
    uspto_applications,
    uspto_applications_pap,
    uspto_applications_st36,
)
from iplake import registry
from iplake.contract import RawFile
from iplake.errors import RecordRejected, SourceChanged
from tests.conftest import ROOT, Pages, refused, staged
from warehouse import refresh

ADDRESS = "patents/uspto_applications"
EXAMPLES = ROOT / "tests" / "examples" / ADDRESS
WEEK = EXAMPLES / "v46_week_with_sequences_and_a_cut" / "input.xml"
PAP = (EXAMPLES / "pap_with_entities" / "input.xml").read_bytes()
LISTING = "https://api.uspto.gov/api/v1/datasets/products/APPXML?includeFiles=true"
PROLOG = b'<?xml version="1.0"?>\n'


def application(number: int, inner: bytes = b"", tail: bytes = b"<description/>") -> bytes:
    """Return a small application of the latest generation, its attributes on several lines."""
    return (
        PROLOG + b'<us-patent-application\n  dtd-version="v4.6 2022-02-17"\n  country="US">\n'
        b"<us-bibliographic-data-application>"
        b"<publication-reference><document-id><country>US</country>"
        b"<doc-number>%d</doc-number><kind>A1</kind><date>20220303</date></document-id>"
        b"</publication-reference><invention-title>Lamp</invention-title>%s"
        b"</us-bibliographic-data-application>%s</us-patent-application>\n" % (number, inner, tail)
    )


def rows(folder: Path, table: str) -> pl.DataFrame:
    return pl.read_parquet(folder / "out" / f"{table}.parquet")


def test_the_portal_lists_weeks_and_dtds() -> None:
    files = [
        {"fileName": name, "fileDownloadURI": f"https://x/{name}", "fileDataToDate": "2022-03-03"}
        for name in ("ipa220303.zip", "us-patent-application-v46-2022-02-17.dtd")
    ]
    listing = {"bulkDataProductBag": [{"productFileBag": {"fileDataBag": files}}]}
    found = list(uspto_applications.discover(Pages({LISTING: listing}), registry.get(ADDRESS)))
    assert [(each.name, str(each.published)) for each in found] == [("ipa220303.zip", "2022-03-03")]


def test_a_zip_is_read_like_its_members(tmp_path: Path) -> None:
    path = tmp_path / "ipa230105.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(WEEK, "ipa230105.xml")
        archive.writestr("later.xml", application(20220000001))
    counts = refresh.stage_files(ADDRESS, [path], tmp_path / "out", 1)
    assert counts["applications"].records == 5
    assert rows(tmp_path, "applications")["_record_number"].to_list() == [1, 3, 6]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PROLOG + b"<us-patent-grant/>", "another product's file"),
        (b"<html><body>Sign in</body></html>", "expected XML, found something else"),
        (b'{"message": "Forbidden"}', "expected XML, found something else"),
        (b"HHHHHT APS\nPATN\n", "expected XML, found something else"),
        (b"", "expected XML"),
    ],
)
def test_another_file_is_a_changed_source(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(SourceChanged, match=said):
        staged(ADDRESS, tmp_path, content)


def test_shards_hold_the_same_rows_with_the_same_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ipa220303.xml"
    sequences = PROLOG + b"<sequence-cwu/>\n"
    path.write_bytes(b"".join(application(20220000001 + n) + sequences for n in range(40)))
    whole = refresh.stage_files(ADDRESS, [path], tmp_path / "whole", 1)
    monkeypatch.setattr(us_weekly, "SHARD_BYTES", 1)
    assert len(uspto_applications.shards(RawFile(path, path.name, path.name, "s", None))) == 2
    parts = refresh.stage_files(ADDRESS, [path], tmp_path / "parts", 1)
    assert parts == whole
    assert whole["applications"].staged == 40
    for table in registry.get(ADDRESS).tables:
        left, right = (tmp_path / name / f"{table}.parquet" for name in ("parts", "whole"))
        assert pl.read_parquet(left).equals(pl.read_parquet(right))


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (application(20220000001, tail=b"<description>\0</description>"), "ill_formed"),
        (application(20220000001) + b"<us-patent-application>", "ill_formed"),
        (application(20220000001)[:-40], "truncated"),
        (application(20220000001)[:200], "truncated"),
        (application(20220000001, b"<us-parties>"), "ill_formed"),
        (application(20220000001, b"<us-botanic><latin-name>a</latin-name><latin-name>b"
                                  b"</latin-name></us-botanic>"), "repeated_field"),
        (application(20220000001).replace(b"<doc-number>20220000001<", b"<doc-number>none<"),
         "unreadable_number"),
    ],
)  # fmt: skip
def test_an_application_is_refused_with_its_reason(document: bytes, reason: str) -> None:
    with pytest.raises(RecordRejected) as caught:
        uspto_applications_st36.parse(document)
    assert caught.value.reason_code == reason


@pytest.mark.parametrize(
    "inner",
    [
        b"<us-lighting/>",
        b"<us-references-cited><us-citation/></us-references-cited>",
        b"<us-parties><us-guests/></us-parties>",
        b"<us-botanic><latin-name>a</latin-name><shade>b</shade></us-botanic>",
        b"<us-related-documents><cousin/></us-related-documents>",
    ],
)
def test_what_nobody_knows_is_reported_and_the_application_staged(
    tmp_path: Path, inner: bytes
) -> None:
    counts = staged(ADDRESS, tmp_path, application(20220000001, inner))
    assert counts["applications"].staged == 1
    # Outside of staging nobody hears the report: there it refuses.
    with pytest.raises(RecordRejected, match="unknown field"):
        uspto_applications_st36.parse(application(20220000001, inner))


def test_related_publications_may_be_mere_text_or_many(tmp_path: Path) -> None:
    one, two = (
        b"<document-id><country>US</country><doc-number>%d</doc-number></document-id>" % number
        for number in (20200000001, 20200000002)
    )
    inner = b"".join(
        b"<related-publication>" + content + b"</related-publication>"
        for content in (b"US 2004-0193250", one + two)
    )
    inner = b"<us-related-documents>" + inner + b"</us-related-documents>"
    staged(ADDRESS, tmp_path, application(20220000001, inner))
    related = rows(tmp_path, "application_relations")["related_number_raw"].to_list()
    assert related == ["US 2004-0193250", "20200000001", "20200000002"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"</patent-application-publication>", b"", "truncated"),
        (b"<doc-number>20010000007<", b"<doc-number>x<", "unreadable_number"),
        (b"<botanic>", b"<botany>", None),
        (b"<inventors>", b"<people>", "ill_formed"),
        (b"<family-name>Doe<", b"<family-name>Doe</family-name><family-name>Eod<",
         "repeated_field"),
        (b"<authority-applicant>", b"<shade>1</shade><authority-applicant>", "unknown_field"),
        (b"<technical-information>", b"<technical-information><citation/>", "unknown_field"),
    ],
)  # fmt: skip
def test_a_pap_application_is_refused_with_its_reason(
    old: bytes, new: bytes, reason: str | None
) -> None:
    end = b"</patent-application-publication>"
    document = PAP[: PAP.index(end) + len(end)]
    if reason is None:
        assert uspto_applications_pap.parse(document.replace(old, new))["applications"]
        return
    with pytest.raises(RecordRejected) as caught:
        uspto_applications_pap.parse(document.replace(old, new))
    assert caught.value.reason_code == reason


def test_an_entity_of_its_own_is_a_bomb(tmp_path: Path) -> None:
    doctype = b'<!DOCTYPE us-patent-application [<!ENTITY a "ha">]>\n'
    bomb = application(20220000001).replace(PROLOG, PROLOG + doctype)
    counts = staged(ADDRESS, tmp_path, application(20220000002) + bomb)
    assert (counts["applications"].staged, counts["applications"].quarantined) == (1, 1)
    assert refused(tmp_path)[0][0] == "entity_declaration"


def test_series_codes_keep_their_leading_zero(tmp_path: Path) -> None:
    staged(ADDRESS, tmp_path, PAP)
    found = rows(tmp_path, "applications")
    assert found["application_number"].to_list() == ["09725790", "09605400"]
    assert found["application_series_code"].to_list() == ["09", "09"]

"""USPTO grants: what is listed, what is refused, and that shards lose and double nothing."""

from __future__ import annotations

import zipfile
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from ingest.patents import (
    us_weekly,
    uspto_grants,
    uspto_grants_aps,
    uspto_grants_st32,
    uspto_grants_st36,
)
from iplake import registry
from iplake.contract import RawFile, Shard
from iplake.errors import LakeError, RecordRejected, SourceChanged
from iplake.identifiers.patents import cn_check_digit
from tests.conftest import ROOT
from transforms import patent_numbers, us_documents
from warehouse import refresh, shard_task

ADDRESS = "patents/uspto_grants"
EXAMPLES = ROOT / "tests" / "examples" / ADDRESS
WEEK = EXAMPLES / "v45_week_with_sequences_and_a_cut" / "input.xml"
PROLOG = b'<?xml version="1.0"?>\n'


def grant(number: int, inner: bytes = b"", tail: bytes = b"<description/>") -> bytes:
    """Return a small grant of the latest generation."""
    return (
        PROLOG + b'<us-patent-grant dtd-version="v4.7 2022-02-17"><us-bibliographic-data-grant>\n'
        b"<publication-reference><document-id><country>US</country>"
        b"<doc-number>%d</doc-number><kind>B2</kind><date>20220301</date></document-id>"
        b"</publication-reference><invention-title>Lamp</invention-title>%s"
        b"</us-bibliographic-data-grant>%s</us-patent-grant>\n" % (number, inner, tail)
    )


def raw_file(path: Path) -> RawFile:
    return RawFile(path, path.name, path.name, "snapshot", None)


def staged(out: Path, table: str) -> pl.DataFrame:
    return pl.read_parquet(out / f"{table}.parquet")


class Portal:
    """Answers like the portal's listing of a product."""

    def __init__(self, names: dict[str, list[str]]) -> None:
        self._names = names

    def json(self, url: str) -> object:
        product = url.rpartition("/")[2].partition("?")[0]
        files = [
            {
                "fileName": name,
                "fileDownloadURI": f"https://x/{name}",
                "fileDataToDate": "2022-03-01",
            }
            for name in self._names[product]
        ]
        return {"bulkDataProductBag": [{"productFileBag": {"fileDataBag": files}}]}

    def text(self, url: str) -> str:
        raise AssertionError(url)


def test_both_products_are_listed_without_their_dtds() -> None:
    portal = Portal(
        {
            "PTGRXML": ["ipg220301.zip", "us-patent-grant-v47-2022-02-17.dtd"],
            "PTGRAPS": ["pftaps19760106_wk01.zip"],
        }
    )
    found = list(uspto_grants.discover(portal, registry.get(ADDRESS)))
    assert [each.name for each in found] == ["ipg220301.zip", "pftaps19760106_wk01.zip"]
    assert str(found[0].published) == "2022-03-01"


def test_a_zip_is_read_like_its_member(tmp_path: Path) -> None:
    path = tmp_path / "ipg180619.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(WEEK, "ipg180619.xml")
        archive.writestr("later.xml", grant(11000000))
    counts = refresh.stage_files(ADDRESS, [path], tmp_path / "out", 1)
    plain = refresh.stage_files(ADDRESS, [WEEK], tmp_path / "plain", 1)
    assert counts["grants"].records == plain["grants"].records + 1
    assert staged(tmp_path / "out", "grants")["_record_number"].to_list() == [1, 3, 4, 8, 10]


def test_a_cut_zip_is_no_week(tmp_path: Path) -> None:
    path = tmp_path / "ipg180619.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(WEEK, "ipg180619.xml")
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(SourceChanged, match="damaged or cut off"):
        refresh.stage_files(ADDRESS, [path], tmp_path / "out", 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PROLOG + b"<us-patent-application/>", "another product's file"),
        (b"<html><body>Sign in</body></html>", "expected XML, found something else"),
        (b'{"message": "Forbidden"}', "expected XML, found something else"),
        (b"09204581\tB2\t20151201\n*** BRS DOCUMENT BOUNDARY ***\n", "a dump of the search system"),
        (b"", "expected XML"),
    ],
)
def test_another_file_is_a_changed_source(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "ipg220301.xml"
    path.write_bytes(content)
    with pytest.raises(SourceChanged, match=said):
        refresh.stage_files(ADDRESS, [path], tmp_path / "out", 1)


def test_shards_hold_the_same_rows_with_the_same_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ipg220301.xml"
    sequences = PROLOG + b"<sequence-cwu/>\n"
    path.write_bytes(b"".join(grant(11000000 + n) + sequences for n in range(40)))
    whole = refresh.stage_files(ADDRESS, [path], tmp_path / "whole", 1)
    monkeypatch.setattr(us_weekly, "SHARD_BYTES", 1)
    shards = uspto_grants.shards(raw_file(path))
    assert len(shards) == 2
    assert (shards[0].start, shards[-1].end) == (0, path.stat().st_size)
    assert shards[0].end == shards[1].start
    parts = refresh.stage_files(ADDRESS, [path], tmp_path / "parts", 1)
    assert parts == whole
    assert whole["grants"].staged == 40
    for table in registry.get(ADDRESS).tables:
        assert staged(tmp_path / "parts", table).equals(staged(tmp_path / "whole", table))


def test_shards_are_staged_side_by_side_and_an_error_keeps_its_class(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ipg220301.xml"
    path.write_bytes(b"".join(grant(11000000 + n) for n in range(40)))
    whole = refresh.stage_files(ADDRESS, [path], tmp_path / "whole", 1)
    monkeypatch.setattr(us_weekly, "SHARD_BYTES", 1)
    monkeypatch.setattr(refresh, "WORTH_WORKERS_BYTES", 1)
    parts = refresh.stage_files(ADDRESS, [path], tmp_path / "parts", 2)
    assert parts == whole
    assert whole["grants"].staged == 40
    for table in registry.get(ADDRESS).tables:
        assert staged(tmp_path / "parts", table).equals(staged(tmp_path / "whole", table))
    file = raw_file(path)
    with shard_task.started(1) as (worker,):
        with pytest.raises(SourceChanged, match="expected XML"):
            worker.stage(registry.get(ADDRESS), file, Shard(0, 0, 1), tmp_path / "nothing")
        # The process goes on with the next shard.
        half = worker.stage(registry.get(ADDRESS), file, uspto_grants.shards(file)[1], tmp_path)
        assert half.counts["grants"].staged == 20
        worker.process.kill()
        with pytest.raises(LakeError, match="ended early"):
            worker.stage(registry.get(ADDRESS), file, Shard(0, 0, 1), tmp_path)


def test_a_document_of_another_kind_within_a_file_is_refused_wherever_a_shard_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ipg220301.xml"
    other = PROLOG + b"<us-patent-application/>\n"
    path.write_bytes(grant(11000000) + other + grant(11000001))
    start = path.read_bytes().index(other)
    monkeypatch.setattr(
        uspto_grants,
        "shards",
        lambda file: [Shard(0, start, 1), Shard(start, file.path.stat().st_size, 2)],
    )
    counts = refresh.stage_files(ADDRESS, [path], tmp_path / "out", 1)["grants"]
    assert (counts.records, counts.staged, counts.quarantined) == (3, 2, 1)


def test_more_shards_the_larger_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ipg220301.xml"
    path.write_bytes(b"".join(grant(11000000 + n) for n in range(100)))
    monkeypatch.setattr(us_weekly, "SHARD_BYTES", 1)
    monkeypatch.setattr(us_weekly, "LARGEST_SHARD_BYTES", path.stat().st_size // 5)
    shards = uspto_grants.shards(raw_file(path))
    assert len(shards) == 6
    assert [shard.first_record for shard in shards] == sorted({s.first_record for s in shards})
    assert all(left.end == right.start for left, right in pairwise(shards))


def test_small_files_zips_and_aps_text_are_one_shard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert uspto_grants.shards(raw_file(WEEK)) == []
    monkeypatch.setattr(us_weekly, "SHARD_BYTES", 1)
    path = tmp_path / "week.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(WEEK)
    assert uspto_grants.shards(raw_file(path)) == []
    assert uspto_grants.shards(raw_file(EXAMPLES / "aps_reissue_and_design/input.txt")) == []


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (grant(1, tail=b"<description>\0</description>"), "ill_formed"),
        (grant(1) + b"<us-patent-grant>", "ill_formed"),
        (grant(1) + grant(2).removeprefix(PROLOG), "several_documents"),
        (grant(1)[:-40], "truncated"),
        (grant(1)[:200], "truncated"),
        (grant(1, b"<figures>"), "ill_formed"),
        (grant(1, b"<number-of-claims>1</number-of-claims><us-news/>"), "unknown_field"),
        (grant(1, b"<figures><number-of-figures>1</number-of-figures><x>1</x></figures>"),
         "unknown_field"),
        (grant(1, b"<us-references-cited><us-citation><patcit><document-id><country>US</country>"
                  b"<doc-number>1</doc-number><shelf>2</shelf></document-id></patcit>"
                  b"</us-citation></us-references-cited>"), "unknown_field"),
        (grant(1, b"<us-parties><us-guests/></us-parties>"), "unknown_field"),
        (grant(1, b"<us-botanic><latin-name>a</latin-name><latin-name>b</latin-name>"
                  b"</us-botanic>"), "repeated_field"),
        (grant(1, b"<us-related-documents><division/></us-related-documents>"),
         "unexpected_shape"),
        (grant(1).replace(b"<doc-number>1<", b"<doc-number>none<"), "unreadable_number"),
    ],
)  # fmt: skip
def test_a_grant_is_refused_with_its_reason(document: bytes, reason: str) -> None:
    with pytest.raises(RecordRejected) as caught:
        uspto_grants_st36.parse(document)
    assert caught.value.reason_code == reason


def test_a_sound_grant_is_not_refused() -> None:
    parsed = uspto_grants_st36.parse(grant(11000001))
    assert parsed["grants"][0]["publication_number"] == "US11000001B2"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"</PATDOC>", b"", "truncated"),
        (b"<B590>", b"<B599/><B590>", "unknown_field"),
        (b"<B595>", b"<B599><PDAT>1</PDAT></B599><B595>", "unknown_field"),
        (b"<PNC>", b"<PNX><PDAT>1</PDAT></PNX><PNC>", "unknown_field"),
        (b"<B632>", b"<B638>", "ill_formed"),
    ],
)
def test_an_st32_grant_is_refused_with_its_reason(old: bytes, new: bytes, reason: str) -> None:
    content = (EXAMPLES / "st32_design_and_entities" / "input.xml").read_bytes()
    document = content[: content.index(b"</PATDOC>") + 10]
    assert uspto_grants_st32.parse(document)["grants"]
    with pytest.raises(RecordRejected) as caught:
        uspto_grants_st32.parse(document.replace(old, new))
    assert caught.value.reason_code == reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("QQQ  1\n", "unknown_field"),
        ("QQQQ\nNAM  x\n", "unknown_field"),
        ("ISD  19760113\n", "repeated_field"),
    ],
)
def test_an_aps_grant_is_refused_with_its_reason(line: str, reason: str) -> None:
    sound = "PATN\nWKU  039300001\nAPT  1\nISD  19760106\nTTL  Lamp\n"
    assert uspto_grants_aps.parse(sound.encode())["grants"][0]["number"] == "03930000"
    with pytest.raises(RecordRejected) as caught:
        uspto_grants_aps.parse((sound + line).encode())
    assert caught.value.reason_code == reason


def test_both_spellings_of_the_cn_check_digit_agree() -> None:
    numbers = [f"20{year:02}1{serial:07}" for year in range(3, 25) for serial in range(0, 9999, 97)]
    numbers += [f"9{year}1{serial:05}" for year in range(10) for serial in range(0, 9999, 97)]
    frame = pl.DataFrame({"n": numbers})
    vectorised = frame.select(patent_numbers.cn_check_digit(pl.col("n"))).to_series().to_list()
    assert len(vectorised) > 3000
    assert vectorised == [cn_check_digit(number) for number in numbers]


def test_chinese_priorities_get_their_check_digit() -> None:
    columns = {"country": "CN", "date": "20120106", "kind": "national"}
    numbers = ["2012 1 0003670", "201210003670.X", "201210003670.1", "99101234", "85100001", "U1/2"]
    rows = pl.LazyFrame({"number": numbers}).with_columns(
        **{name: pl.lit(value) for name, value in columns.items()}
    )
    cleaned = us_documents.clean_priorities(rows).collect()
    assert cleaned["priority_application_number"].to_list() == [
        "201210003670X",
        "201210003670X",
        "2012100036701",
        f"99101234{cn_check_digit('99101234')}",
        "85100001",
        "U1/2",
    ]
    holds = cleaned["is_check_digit_valid"].to_list()
    assert holds == [None, True, False, None, None, None]

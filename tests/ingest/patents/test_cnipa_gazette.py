"""The gazette: damaged lines are quarantined by name, other files are refused, dirt is kept."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from ingest.patents.cnipa_gazette import HEADER
from iplake.errors import SourceChanged
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "patents/cnipa_gazette"
LINE = (
    "1,手机,CN305246987S,2019.07.09,2019300123456,2019.01.24,"
    "OPPO广东移动通信有限公司,请求不公布姓名,523860广东省东莞市,14-03 (12)"
)


def staged(tmp_path: Path, content: bytes) -> dict[str, Count]:
    """Stage one file of the given bytes into `<tmp_path>/out`; return the counts."""
    path = tmp_path / "input.csv"
    path.write_bytes(content)
    return refresh.stage_files(ADDRESS, [path], tmp_path / "out", jobs=1)


def table(tmp_path: Path, name: str) -> pl.DataFrame:
    """Return a table that `staged` wrote."""
    return pl.read_parquet(tmp_path / "out" / f"{name}.parquet")


def file_of(*lines: str, encoding: str = "gb18030") -> bytes:
    """Return the bytes of a file with the gazette's header."""
    return "".join(f"{line}\n" for line in [",".join(HEADER), *lines]).encode(encoding)


@pytest.mark.parametrize(
    ("kept", "reason"),
    [
        (len(LINE.partition("请求")[0].encode("gb18030")), "too_few_cells"),
        (len(LINE.partition("请求")[0].encode("gb18030")) + 1, "bad_bytes"),
    ],
)
def test_a_file_cut_off_within_a_line_keeps_the_lines_before(
    tmp_path: Path, kept: int, reason: str
) -> None:
    counts = staged(tmp_path, file_of(LINE, LINE) + LINE.encode("gb18030")[:kept])
    assert counts["announcements"] == Count(records=3, staged=2, quarantined=1)
    refused = table(tmp_path, "quarantine")
    assert refused["reason_code"].to_list() == [reason]
    assert refused["locator"].to_list() == ["line 4"]


def test_bytes_of_no_encoding_cost_their_line_alone(tmp_path: Path) -> None:
    head, _, tail = file_of(LINE, LINE, LINE).partition("手机".encode("gb18030"))
    counts = staged(tmp_path, head + b"\xff\xff" + tail)
    assert counts["announcements"] == Count(records=3, staged=2, quarantined=1)
    refused = table(tmp_path, "quarantine")
    assert refused["reason_code"].to_list() == ["bad_bytes"]
    assert refused["locator"].to_list() == ["line 2"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "found an empty file"),
        (b"%PDF-1.7\n1 0 obj\n", "header is not the gazette's"),
        (file_of(LINE).replace(b"filing_id", b"number"), "header is not the gazette's"),
    ],
)
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(SourceChanged, match=said):
        staged(tmp_path, content)


@pytest.mark.parametrize("divider", [";\u2002", ";??"])
def test_both_dividers_divide_and_other_separators_do_not(tmp_path: Path, divider: str) -> None:
    owners = f"甲、乙（广州）有限公司{divider}中山大学;"
    staged(tmp_path, file_of(LINE.replace("OPPO广东移动通信有限公司", owners)))
    parties = table(tmp_path, "announcement_parties").filter(party_role="patentee")
    assert parties["party_name"].to_list() == ["甲、乙（广州）有限公司", "中山大学"]
    assert parties["sequence_number"].to_list() == [1, 2]


@pytest.mark.parametrize("damaged", ["2.01E+12", "2.0193E+12", "2.02E+12"])
def test_a_number_spoilt_by_a_spreadsheet_is_no_number(tmp_path: Path, damaged: str) -> None:
    staged(tmp_path, file_of(LINE.replace("2019300123456", damaged), LINE))
    rows = table(tmp_path, "announcements")
    assert rows["application_number"].to_list() == [None, "2019300123456"]
    assert rows["application_number_raw"].to_list() == [damaged, "2019300123456"]
    assert rows["is_application_number_damaged"].to_list() == [True, False]


def test_the_delivery_offers_its_csv_files_alone(lake_home: Path) -> None:
    landed = refresh.land(ADDRESS)
    assert len(landed) == 4
    receipts = [refresh.stage(ADDRESS, snapshot) for snapshot in landed]
    main = [receipt.counts["announcements"] for receipt in receipts]
    assert sum(count.staged for count in main) >= 3000
    assert sum(count.quarantined for count in main) == 2

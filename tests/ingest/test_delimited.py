"""Delimited text in blocks: nothing is lost, whatever quotation marks and line breaks do."""

from __future__ import annotations

import io

import pytest

from ingest.readers import delimited
from ingest.readers.delimited import Block, Dialect, read_blocks, read_header
from iplake.errors import SourceChanged

SEMICOLONS = Dialect(separator=";")


def read(content: bytes, dialect: Dialect = SEMICOLONS) -> list[Block]:
    """Return the blocks of a small file, its header taken off."""
    stream = io.BytesIO(content)
    return list(read_blocks(stream, read_header(stream, dialect), dialect, "rows"))


def test_a_quoted_cell_may_hold_separators_quotes_and_line_breaks() -> None:
    [block] = read(b'a;b\n1;"x;""y""\nz"\n2;q\n')
    assert block.records == 2
    assert block.rows.rows() == [("1", 'x;"y"\nz', 1), ("2", "q", 2)]


def test_a_quotation_mark_within_a_cell_is_text() -> None:
    [block] = read(b'a;b\n1;12" pipe\n2;q\n3;"two\nlines"\n')
    assert block.records == 3
    assert block.rows["b"].to_list() == ['12" pipe', "q", "two\nlines"]


def test_a_carriage_return_within_a_line_is_text() -> None:
    [block] = read(b'a;b\n\r;x\n1\r;"y\r"\n')
    assert block.rows.rows() == [("\r", "x", 1), ("1\r", "y\r", 2)]


def test_a_quote_that_is_never_closed_damages_one_line_only() -> None:
    [block] = read(b'a;b\n1;"open\n2;q\n3;r\n')
    assert block.records == 3
    assert block.rows.rows() == [("2", "q", 2), ("3", "r", 3)]
    [refused] = block.rejections
    assert (refused.reason_code, refused.locator) == ("unclosed_quote", "line 2")


def test_a_file_that_is_cut_off_in_its_last_cell_loses_that_record_only() -> None:
    whole, cut_off = read(b'a;b\n1;x\n2;"half of a ti')
    assert (whole.records, cut_off.records) == (1, 1)
    assert whole.rows["a"].to_list() == ["1"]
    assert cut_off.rows.height == 0
    [refused] = cut_off.rejections
    assert (refused.reason_code, refused.locator) == ("unclosed_quote", "line 3")


@pytest.mark.parametrize("size", [7, 16, 33, 64, 100, 1000])
def test_records_are_the_same_whatever_the_size_of_blocks(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    record = b'%d;"first\nsecond; ""third"""\n'
    content = b"a;b\n" + b"".join(record % number for number in range(40)) + b'x;5" y\n' * 3
    monkeypatch.setattr(delimited, "BLOCK_BYTES", size)
    blocks = read(content)
    assert sum(block.records for block in blocks) == 43
    assert [refused for block in blocks for refused in block.rejections] == []
    numbers = [number for block in blocks for number in block.rows["_record_number"]]
    assert numbers == list(range(1, 44))


def test_a_separator_in_quotes_does_not_stand_for_a_missing_cell() -> None:
    [block] = read(b'a;b\n1\n2;"x;y"\n3;z\n')
    assert block.records == 3
    assert block.rows.rows() == [("2", "x;y", 2), ("3", "z", 3)]
    assert [(it.reason_code, it.locator) for it in block.rejections] == [
        ("too_few_cells", "line 2")
    ]


@pytest.mark.parametrize("beside", [b"", b"2\n"])
def test_a_carriage_return_astray_is_text(beside: bytes) -> None:
    # Whether or not another line of the block is damaged.
    [block] = read(b"a;b\n1;x\ry\n" + beside)
    assert block.rows.rows() == [("1", "x\ry", 1)]
    assert len(block.rejections) == len(beside) // 2


def test_text_behind_a_closed_quote_does_not_break_the_reading() -> None:
    [block] = read(b'a;b\n1;"x"y\n2;z"\n3;q\n')
    assert block.records == block.rows.height + len(block.rejections)
    assert block.rows["a"].to_list()[-1] == "3"


def test_cells_too_many_or_too_few_are_named_by_their_line() -> None:
    [block] = read(b"a;b\n1;x\n2\n3;x;y\n4;z\n")
    assert block.records == 4
    assert block.rows["a"].to_list() == ["1", "4"]
    assert [(it.reason_code, it.locator) for it in block.rejections] == [
        ("too_few_cells", "line 3"),
        ("too_many_cells", "line 4"),
    ]


def test_a_header_of_another_system_is_refused() -> None:
    with pytest.raises(SourceChanged, match="expected a header line of names"):
        read(b"a;b\r1;2\r3;4\r")


def test_a_file_without_line_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_RECORD_BYTES", 1000)
    monkeypatch.setattr(delimited, "BLOCK_BYTES", 500)
    with pytest.raises(SourceChanged, match="a line does not end"):
        read(b"a;b\n" + b"x" * 5000)

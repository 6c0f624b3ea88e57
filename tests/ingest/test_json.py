"""The JSON reader: one record at a time, damage as one refusal, other formats refused."""

from __future__ import annotations

import io
import json
from typing import BinaryIO, cast

import pytest

from ingest.readers import json as json_reader
from ingest.readers.json import Shallow, iter_lines, iter_members, iter_objects, listed_under
from iplake.errors import RecordRejected, SourceChanged


def stream(content: bytes) -> BinaryIO:
    """Return the bytes as a stream that can be peeked into."""
    return cast("BinaryIO", io.BufferedReader(io.BytesIO(content)))  # type: ignore[arg-type]


def told(content: object) -> object:
    """Return a record's content, or the reason of its refusal."""
    return content.reason_code if isinstance(content, RecordRejected) else content


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b" \n"])
def test_an_array_is_read_item_by_item(mark: bytes) -> None:
    found = list(iter_objects(stream(mark + b'[{"a": 1.5}, {"a": "\xe5\xb9\xbf"}]'), "x.json"))
    assert [record.content for record in found] == [{"a": 1.5}, {"a": "广"}]
    assert [(record.number, record.locator) for record in found] == [
        (1, "x.json item 1"),
        (2, "x.json item 2"),
    ]


def test_an_array_within_an_object_is_read_by_its_path() -> None:
    found = iter_objects(stream(b'{"meta": {}, "data": [{"a": 1}]}'), "x", "data.item")
    assert [record.content for record in found] == [{"a": 1}]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'[{"a": 1}, {"a": ', [{"a": 1}, "truncated"]),
        (b'[{"a": 1}', [{"a": 1}, "truncated"]),
        (b'[{"a": 1}, {"a": "\xff"}]', [{"a": 1}, "truncated"]),
        (b'[{"a": 1}, 7, {"a": 2}]', [{"a": 1}, "wrong_type", {"a": 2}]),
    ],
)
def test_damage_is_a_refusal_after_the_whole_records(
    content: bytes, expected: list[object]
) -> None:
    assert [told(record.content) for record in iter_objects(stream(content), "x")] == expected


def test_members_of_an_object_are_read_one_by_one() -> None:
    found = iter_members(stream(b'{"a": {"x": {"n": 1}, "y": 2}}'), "f", "a")
    assert [(told(record.content), record.locator) for record in found] == [
        (("x", {"n": 1}), "f x"),
        ("wrong_type", "f y"),
    ]


def test_lines_are_read_line_by_line_and_bad_ones_refused() -> None:
    lines = [b'{"a": 1}', b"", b'{"a": ', b"[1]", b"[" * 100_000, b'{"a": 2}']
    found = list(iter_lines(stream(b"\n".join(lines)), "x"))
    assert [told(record.content) for record in found] == [
        {"a": 1},
        "invalid_json",
        "wrong_type",
        "invalid_json",
        {"a": 2},
    ]


@pytest.mark.parametrize("content", [b"", b"<html>", b"id,name\n"])
def test_other_formats_are_refused(content: bytes) -> None:
    with pytest.raises(SourceChanged, match="expected JSON"):
        list(iter_objects(stream(content), "x"))
    with pytest.raises(SourceChanged, match="expected JSON"):
        list(iter_lines(stream(content), "x"))


@pytest.mark.parametrize("end", [b"", b'], "z": 1}'])
def test_a_list_in_an_envelope_is_found_by_its_beginning(end: bytes) -> None:
    answer = stream(b'{"count": 2, "facets": {"bag": 1}, "bag": [{"other": 1}' + end)
    assert listed_under(answer, "x", ["old", "bag"]) == (
        "bag",
        ["count", "facets", *(["z"] if end else [])],
    )
    # Nothing was read off the stream.
    assert next(iter_objects(answer, "x", "bag.item")).content == {"other": 1}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'{"count": 1, "patentBag": []}', "found=count, patentBag"),
        (b'{"code": 404, "message": "Not Found"}', "found=code, message"),
        (b"[]", r"found=\[\]"),
    ],
)
def test_an_answer_without_its_list_says_what_it_has(content: bytes, found: str) -> None:
    with pytest.raises(SourceChanged, match=f"expected=bag, {found}"):
        listed_under(stream(content), "x", ["bag"])


TEXTS = [{"a": ["[{", "}]", "\\\\", '\\"[', "\\\\[", '"', "x" * 50]}, {"b": [[], {}, [{}]]}] * 3


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 10_000])
def test_brackets_in_texts_are_no_levels(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(json_reader, "MAX_DEPTH", 5)
    content = json.dumps(TEXTS).encode()
    shallow = Shallow(io.BytesIO(content), "x")
    assert b"".join(iter(lambda: shallow.read(size), b"")) == content
    assert shallow._depth == 0
    with pytest.raises(SourceChanged, match="JSON goes too deep"):
        Shallow(io.BytesIO(b"[[[[[[" + content), "x").read()


@pytest.mark.parametrize("bomb", [b"[" * 1_000_000, b'{"a":' * 200_000, b"[[]," * 200_000])
def test_a_bomb_of_levels_is_refused(bomb: bytes) -> None:
    with pytest.raises(SourceChanged, match="JSON goes too deep"):
        list(iter_objects(stream(bomb), "bomb", "data.item"))

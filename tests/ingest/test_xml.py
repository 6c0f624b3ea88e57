"""The XML readers: borders of documents, records of a big one, and everything they refuse."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import etree

from ingest.collect import Record
from ingest.readers import xml
from ingest.readers.elements import text, unknown_paths
from iplake.contract import collecting_leftovers
from iplake.errors import RecordRejected, SourceChanged

PROLOG = b'<?xml version="1.0" encoding="UTF-8"?>\n'
BOMB = PROLOG + (
    b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n<r k="&b;"><a>&b;</a></r>'
)


class OneByOne(io.BytesIO):
    """A stream that hands out few bytes at a time, so that every border falls on a seam."""

    def __init__(self, data: bytes, step: int) -> None:
        super().__init__(data)
        self._step = step

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self._step)


def documents(data: bytes, **options: int) -> list[Record[bytes]]:
    return list(xml.split_documents(io.BytesIO(data), **options))


def elements(data: bytes, tag: str = "a") -> list[tuple[int, str]]:
    """Return number and text of each record, or the reason why it was refused."""
    found = []
    for record in xml.iter_elements(io.BytesIO(data), tag):
        content = record.content
        if isinstance(content, RecordRejected):
            found.append((record.number, f"!{content.reason_code}"))
        else:
            found.append((record.number, content.text or ""))
    return found


# --- split_documents


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
@pytest.mark.parametrize("step", [1, 3, 7, 1000])
def test_documents_are_split_wherever_the_chunks_end(newline: bytes, step: int) -> None:
    parts = [PROLOG.replace(b"\n", newline) + b"<r>%d</r>" % n + newline for n in range(3)]
    found = list(xml.split_documents(OneByOne(b"".join(parts), step)))
    assert [record.content for record in found] == parts
    assert [record.number for record in found] == [1, 2, 3]
    assert found[1].locator == f"document 2 at byte {len(parts[0])}"


def test_a_prolog_in_cdata_a_comment_or_a_line_is_no_border() -> None:
    listing = (
        b"<r><![CDATA[\n<?xml version='1.0'?>\n<x/>]]><!--\n<?xml ?>-->a <?xml ?>"
        b"\n<?xml-stylesheet ?></r>\n"
    )
    found = documents(PROLOG + listing + PROLOG + b"<r/>")
    assert len(found) == 2
    assert found[1].content == PROLOG + b"<r/>"


def test_a_doctype_with_entities_belongs_to_its_own_document() -> None:
    doctype = b'<!DOCTYPE P SYSTEM "p.dtd" [\n<!ENTITY D1.TIF SYSTEM "D1.TIF" NDATA TIF>\n]>\n'
    found = documents((PROLOG + doctype + b"<P/>\n") * 2)
    assert len(found) == 2
    assert [xml.root_of(record.raw)[0] for record in found] == ["P", "P"]


def test_a_byte_order_mark_and_blank_lines_are_no_documents() -> None:
    found = documents(b"\xef\xbb\xbf" + PROLOG + b"<r/>\n\n \n" + PROLOG + b"<r/>\n")
    assert len(found) == 2
    assert xml.parse_document(found[0].raw).tag == "r"


def test_a_document_without_a_root_is_refused_not_dropped() -> None:
    found = documents(PROLOG + b"<r/>\n" + PROLOG + PROLOG + b"<r/>\n")
    assert len(found) == 3
    with pytest.raises(RecordRejected, match="expected a root element") as caught:
        xml.root_of(found[1].raw)
    assert caught.value.reason_code == "empty_document"


def test_a_too_long_document_is_refused_and_the_next_one_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xml, "MAX_DOCUMENT_BYTES", 1000)
    monkeypatch.setattr(xml, "CHUNK", 100)
    first = PROLOG + b"<r>" + b"x" * 5000 + b"</r>\n"
    second = PROLOG + b"<r>2</r>\n"
    found = documents(first + second)
    assert len(found) == 2
    assert isinstance(found[0].content, RecordRejected)
    assert found[0].content.reason_code == "document_too_long"
    assert found[1].content == second
    assert found[1].locator == f"document 2 at byte {len(first)}"


def test_ranges_at_document_starts_hold_the_same_documents() -> None:
    data = b"".join(PROLOG + b"<r>%d</r>\n" % n for n in range(5))
    starts = list(xml.document_starts(io.BytesIO(data)))
    assert len(starts) == 5
    stream = io.BytesIO(data)
    stream.seek(starts[2])
    rest = list(xml.split_documents(stream, limit=starts[4] - starts[2], first=3))
    assert rest == documents(data)[2:4]


@pytest.mark.parametrize("step", [3, 17, 18, 100, 1000])
@pytest.mark.parametrize("dirt", [b"", b"<!-- \n<?xml ?> -->", b"<![CDATA[\n<?xml ?>]]>"])
def test_document_starts_are_the_borders_wherever_chunks_end(step: int, dirt: bytes) -> None:
    parts = [PROLOG + b"<r>a <?xml ?>%d%s</r>\n" % (n, dirt * (n == 1)) for n in range(4)]
    stream = OneByOne(b"".join(parts), step)
    assert list(xml.document_starts(stream)) == [len(b"".join(parts[:n])) for n in range(4)]


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>Busy</body></html>",
        b"<!DOCTYPE html>\n<html/>",
        b'{"error": 1}',
        b"PATN\nWKU",
        b"",
    ],
)
def test_what_is_no_xml_is_a_changed_source(data: bytes) -> None:
    with pytest.raises(SourceChanged, match="expected XML, found something else"):
        documents(data)
    with pytest.raises(SourceChanged, match="expected XML, found something else"):
        elements(data)


# --- parse_document


def test_an_entity_bomb_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(RecordRejected, match="an entity bomb") as caught:
        xml.parse_document(BOMB)
    assert caught.value.reason_code == "entity_declaration"
    assert elements(BOMB) == [(1, "!entity_declaration")]


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!ENTITY x SYSTEM "file:///etc/hostname">',
        b"<!ENTITY x 'single'>",
        b"<!ENTITY % p \"<!ENTITY x 'y'>\"> %p;",
        b'<!-- > ]> --><!ENTITY x "y">',
        b'<!ENTITY n SYSTEM "n.tif" NDATA TIF><!ENTITY x "y">',
        b'<!ELEMENT r (#PCDATA)><!ENTITY\nx\n"y">',
    ],
)
def test_declared_entities_are_refused(declaration: bytes) -> None:
    with pytest.raises(RecordRejected, match="declares entities of its own"):
        xml.parse_document(PROLOG + b"<!DOCTYPE r [" + declaration + b"]><r>&x;</r>")


def test_a_hostile_prolog_of_comments_takes_no_time() -> None:
    prolog = PROLOG + b"<!DOCTYPE r [" + b"<!-- it's ' -->" * 2000
    with pytest.raises(RecordRejected, match="expected a root element"):
        xml.parse_document(prolog)


def test_drawings_and_an_outer_dtd_are_no_bombs() -> None:
    document = (
        PROLOG + b'<!DOCTYPE P SYSTEM "p.dtd" [<!ENTITY D SYSTEM "D.TIF" NDATA TIF>]>'
        b"<P>don&rsquo;t &nosuch; <i>a</i></P>"
    )
    assert text(xml.parse_document(document)) == "don’t &nosuch; a"


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (b"<r><a>1</a><a>", "truncated"),
        (b"<r><a>1</a", "truncated"),
        (b"<r><a>1</b></r>", "ill_formed"),
        (b"<r>\x00</r>", "ill_formed"),
    ],
)
def test_a_damaged_document_is_refused_with_its_reason(document: bytes, reason: str) -> None:
    with pytest.raises(RecordRejected, match="not well-formed XML") as caught:
        xml.parse_document(document)
    assert caught.value.reason_code == reason


# --- iter_elements


def test_elements_are_yielded_one_by_one_and_freed() -> None:
    data = PROLOG + b"<r><head/>" + b"".join(b"<a>%d</a>\n" % n for n in range(50_000)) + b"</r>"
    taken = 0
    kept: etree._Element | None = None
    for record in xml.iter_elements(io.BytesIO(data), "a"):
        assert not isinstance(record.content, RecordRejected)
        assert record.content.text == str(taken)
        taken += 1
        assert record.number == taken
        kept = record.content
    assert taken == 50_000
    assert kept is not None
    parent = kept.getparent()
    assert parent is not None
    assert [child.tag for child in parent] == ["head", "a"]


@pytest.mark.parametrize("step", [1, 5, 64])
def test_a_cut_file_gives_its_whole_records_and_one_refused(
    monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    monkeypatch.setattr(xml, "CHUNK", step)
    data = b"<r><a>1</a><a>2</a><ab/><a>3"
    assert elements(data) == [(1, "1"), (2, "2"), (3, "!truncated")]
    *_, last = xml.iter_elements(io.BytesIO(data), "a")
    assert last.raw == b"<a>3"
    assert last.locator == "a 3"


def test_a_cut_between_records_is_told_too() -> None:
    assert elements(b"<r><a>1</a>\n") == [(1, "1"), (2, "!truncated")]


def test_an_ill_formed_tail_is_one_refused_record() -> None:
    assert elements(b"<r><a>1</a><a><b></a></r>") == [(1, "1"), (2, "!ill_formed")]


@pytest.mark.parametrize("step", [4, 1000])
def test_damage_in_the_middle_refuses_the_file(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    monkeypatch.setattr(xml, "CHUNK", step)
    with pytest.raises(SourceChanged, match="damaged in its middle") as caught:
        elements(b"<r><a>1</a><a><b></a><a>3</a><a>4</a></r>")
    assert caught.value.whole_records_before == 1


def test_names_in_a_namespace() -> None:
    data = b'<n:r xmlns:n="urn:x"><n:a>1</n:a><n:a>2</n:a><n:a>'
    assert elements(data, "{urn:x}a") == [(1, "1"), (2, "2"), (3, "!truncated")]
    assert elements(data, "{*}a") == [(1, "1"), (2, "2"), (3, "!truncated")]


def test_a_document_without_such_elements_has_no_records() -> None:
    assert elements(PROLOG + b"<r><other/></r>") == []


def test_a_dtd_within_the_file_may_be_longer_than_a_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "CHUNK", 16)
    dtd = b"<!DOCTYPE r [<!-- it's > a ]> DTD --><!ELEMENT r ANY><!ATTLIST r k CDATA #IMPLIED>]>"
    assert elements(PROLOG + dtd + b"<r><a>1</a></r>") == [(1, "1")]


@pytest.mark.real
def test_the_trademark_day_with_its_dtd(real: Path) -> None:
    path = real / "trademark/uspto_tdxf_daily_xml/assembled_apc_from_real_records.xml"
    whole = path.read_bytes()
    expected = whole.count(b"<case-file>")
    assert expected > 3
    with path.open("rb") as stream:
        assert sum(1 for _ in xml.iter_elements(stream, "case-file")) == expected
    cut = whole[: whole.rindex(b"</case-file>")]
    *before, last = xml.iter_elements(io.BytesIO(cut), "case-file")
    assert len(before) == expected - 1
    assert isinstance(last.content, RecordRejected)


# --- helpers


def test_text_and_leftovers() -> None:
    record = etree.fromstring("<r><t> a\n <b>b</b></t><e> </e><x><y/></x><z><q/></z></r>")
    assert text(record, "t") == "a b"
    assert text(record, "e") is None
    assert text(record, "none") is None
    assert unknown_paths(record, {"t", "t/b", "e", "x"}, {"z"}) == ["x/y"]


def test_elements_of_a_new_kind_between_records_are_reported_with_the_next_one() -> None:
    content = (
        b"<r><h/><a>1</a><a>2</a><x:b xmlns:x='urn:x'/><c/><a>3</a><c/><c/><a>4</a><a>5</a></r>"
    )
    found = []
    records = xml.iter_elements(io.BytesIO(content), "a", beside={"h"})
    for _ in range(5):
        with collecting_leftovers() as leftovers:
            record = next(records)
        assert not isinstance(record.content, RecordRejected)
        found.append((record.content.text, sorted(leftovers)))
    assert found == [
        ("1", []),
        ("2", []),
        ("3", ["(beside) b", "(beside) c"]),
        ("4", ["(beside) c"]),
        ("5", []),
    ]

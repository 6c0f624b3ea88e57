"""Packed files: what opens, and what is refused."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.readers import xls
from ingest.readers.archive import FREE_BYTES, Member, open_members, open_nested_members, whole
from iplake.errors import SourceChanged

TEXT = b"".join(b"line %d\n" % number for number in range(20_000))


def zipped(path: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def read_all(path: Path, pattern: str = "*") -> dict[str, bytes]:
    return {member.name: member.stream.read() for member in open_members(path, pattern)}


def test_plain_gzip_zip_and_tar_open_alike(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_bytes(TEXT)
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(TEXT))
    zipped(tmp_path / "a.zip", ("a.txt", TEXT), ("b.csv", b"b"))
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as tar:
        info = tarfile.TarInfo("in/a.txt")
        info.size = len(TEXT)
        tar.addfile(info, io.BytesIO(TEXT))
    assert read_all(tmp_path / "plain.txt") == {"plain.txt": TEXT}
    assert read_all(tmp_path / "a.txt.gz") == {"a.txt": TEXT}
    assert read_all(tmp_path / "a.zip") == {"a.txt": TEXT, "b.csv": b"b"}
    assert read_all(tmp_path / "a.zip", "*.csv") == {"b.csv": b"b"}
    assert read_all(tmp_path / "a.tar.gz") == {"in/a.txt": TEXT}


@pytest.mark.parametrize("name", ["../evil.txt", "/evil.txt", "a/../../evil", "..\\evil", "C:evil"])
def test_member_that_leads_out_is_refused_before_any_is_read(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "a.zip", ("good.txt", TEXT), (name, b"x"))
    seen: list[str] = []
    with pytest.raises(SourceChanged, match="names a file outside of itself") as caught:
        seen += [member.name for member in open_members(path)]
    assert seen == []
    assert caught.value.facts["file"] == "a.zip"


@pytest.mark.parametrize("kind", ["zip", "gz"])
def test_bomb_is_refused_at_its_bound(tmp_path: Path, kind: str) -> None:
    zeros = bytes(FREE_BYTES * 3)
    path = tmp_path / f"bomb.{kind}"
    if kind == "zip":
        zipped(path, ("bomb", zeros))
    else:
        path.write_bytes(gzip.compress(zeros))
    taken: list[int] = []

    def drain() -> None:
        for member in open_members(path):
            while block := member.stream.read(1 << 20):
                taken.append(len(block))

    with pytest.raises(SourceChanged, match="zip bomb"):
        drain()
    assert 0 < sum(taken) <= FREE_BYTES


def test_cut_gzip_says_so_after_the_whole_part(tmp_path: Path) -> None:
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(TEXT)[:-200])
    with pytest.raises(SourceChanged, match="damaged or cut off; land it again"):
        read_all(path)


def test_cut_zip_says_so(tmp_path: Path) -> None:
    path = zipped(tmp_path / "cut.zip", ("a.txt", TEXT))
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(SourceChanged, match="damaged or cut off; land it again"):
        read_all(path)


def test_zip_whose_content_is_damaged_says_so(tmp_path: Path) -> None:
    path = zipped(tmp_path / "bad.zip", ("a.txt", TEXT))
    damaged = bytearray(path.read_bytes())
    damaged[2000:2020] = bytes(20)
    path.write_bytes(damaged)
    with pytest.raises(SourceChanged, match="damaged or cut off"):
        read_all(path)


@pytest.mark.parametrize(
    ("offset_in_entry", "value", "said"),
    [(8, b"\x01", "encrypted"), (10, b"\x09", "compression method")],
    ids=["encrypted", "deflate64"],
)
def test_zip_that_cannot_be_unpacked_says_so(
    tmp_path: Path, offset_in_entry: int, value: bytes, said: str
) -> None:
    path = zipped(tmp_path / "odd.zip", ("a.txt", TEXT))
    changed = bytearray(path.read_bytes())
    # The local header has both fields two bytes earlier than the central directory.
    for at in (offset_in_entry - 2, changed.index(b"PK\x01\x02") + offset_in_entry):
        changed[at : at + 1] = value
    path.write_bytes(changed)
    with pytest.raises(SourceChanged, match="packed in a way that nobody reads") as caught:
        read_all(path)
    assert said in str(caught.value.facts["said"])


def test_zip_whose_entry_is_not_where_it_should_be_says_so(tmp_path: Path) -> None:
    path = zipped(tmp_path / "odd.zip", ("a.txt", TEXT))
    changed = bytearray(path.read_bytes())
    changed[30:35] = b"b.txt"
    path.write_bytes(changed)
    with pytest.raises(SourceChanged, match="damaged"):
        read_all(path)


def test_what_is_held_whole_has_a_bound() -> None:
    assert whole(Member("page", io.BytesIO(b"x" * 10)), 10) == b"x" * 10
    with pytest.raises(SourceChanged, match="longer than its bound"):
        whole(Member("page", io.BytesIO(b"x" * 11)), 10)


def test_a_spreadsheet_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "bomb.xlsx", ("xl/worksheets/sheet1.xml", bytes(xls.MAX_BYTES + 1)))
    assert path.stat().st_size < 1 << 20
    with pytest.raises(SourceChanged, match="a spreadsheet is longer than its bound"):
        list(xls.read_sheets(path))


def tarred(path: Path, *members: tuple[str, bytes]) -> Path:
    with tarfile.open(path, "w") as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


@pytest.mark.parametrize("packed", [zipped, tarred])
def test_archives_in_an_archive_are_entered(packed: Callable[..., Path], tmp_path: Path) -> None:
    inner = zipped(tmp_path / "B", ("B/1.xml", b"<a/>"), ("B/1.tif", b"II*")).read_bytes()
    members = (("DOC/B.zip", inner), ("index.xml", b"<i/>"), ("C.csv", b"1"))
    path = packed(tmp_path / "week", *members)
    found = [(each.name, each.stream.read()) for each in open_nested_members(path, "*.xml")]
    assert found == [("DOC/B.zip!B/1.xml", b"<a/>"), ("index.xml", b"<i/>")]


def test_a_file_that_is_no_archive_is_its_own_member(tmp_path: Path) -> None:
    path = tmp_path / "week"
    path.write_bytes(b"<a/>")
    [member] = [(each.name, each.stream.read()) for each in open_nested_members(path, "*.xml")]
    assert member == ("week", b"<a/>")


def test_archives_do_not_go_on_for_ever(tmp_path: Path) -> None:
    content = b"<a/>"
    path = tmp_path / "week"
    for depth in range(6):
        content = zipped(path, (f"{depth}.zip", content)).read_bytes()
    with pytest.raises(SourceChanged, match="too deep"):
        list(open_nested_members(path))


def test_a_tar_file_cut_off_is_refused(tmp_path: Path) -> None:
    path = tarred(tmp_path / "week", ("A.xml", b"<a>" + b" " * 5000 + b"</a>"))
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(SourceChanged, match="damaged or cut off"):
        [each.stream.read() for each in open_nested_members(path)]

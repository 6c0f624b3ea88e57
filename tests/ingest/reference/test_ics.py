"""The ICS: names of files against codes, other files of the repository, the sample."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from tests.conftest import land_and_stage, refused, staged
from warehouse.staging import Count

ADDRESS = "reference/ics"
FIELD = {"code": "35", "fieldcode": "35", "description": "Information technology"}


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def test_a_file_of_another_code_is_refused(tmp_path: Path) -> None:
    field = json.dumps(FIELD).encode()
    content = packed({"isoics/35.json": field, "isoics/37.json": field, "x/context.json": b"{}"})
    counts = staged(ADDRESS, tmp_path, content)
    assert counts["classes"] == Count(records=2, staged=1, quarantined=1)
    assert refused(tmp_path) == [("contradiction", "isoics/37.json")]


def test_a_file_cut_off_is_refused_alone(tmp_path: Path) -> None:
    field = json.dumps(FIELD).encode()
    counts = staged(ADDRESS, tmp_path, packed({"37.json": field[:20], "35.json": field}))
    assert counts["classes"] == Count(records=2, staged=1, quarantined=1)
    assert refused(tmp_path) == [("invalid_json", "37.json")]


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>Not found</html>", packed({"README.md": b"# ics"}), packed({"35.json": b"[]"})],
)
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match="expected"):
        staged(ADDRESS, tmp_path, content)


def test_the_sample_has_the_codes_of_iso(lake_home: Path) -> None:
    for address in (ADDRESS, "standards/iso_open_data"):
        land_and_stage(address)
    classes = pl.read_parquet(lake_home / "staging" / ADDRESS / "classes")
    iso = pl.read_parquet(lake_home / "staging" / "standards" / "iso_open_data" / "ics")
    assert classes.height == 1381
    assert set(classes["ics_code"]) == set(iso["ics_code"])
    parents = set(classes["parent_code"].drop_nulls())
    assert parents <= set(classes["ics_code"])
    references = pl.read_parquet(lake_home / "staging" / ADDRESS / "class_references")
    assert set(references["other_ics_code"]) <= set(classes["ics_code"])

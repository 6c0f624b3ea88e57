"""ISO Open Data: each file told by its first bytes, other files refused; the sample."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from ingest.standards.iso_open_data import discover
from iplake import registry
from iplake.errors import SourceChanged
from iplake.settings import settings
from tests.conftest import (
    ROOT,
    Answer,
    LoopbackServer,
    Pages,
    land_and_stage,
    refused,
    staged,
)
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "standards/iso_open_data"
EXAMPLES = ROOT / "tests" / "examples" / ADDRESS


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>Busy</html>", b'{"code": 404}\n', b"id,name\n1,x\n"],
)
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceChanged, match=r"expected|header"):
        staged(ADDRESS, tmp_path, content)


def test_a_field_that_is_gone_is_refused_by_record(tmp_path: Path) -> None:
    whole = (EXAMPLES / "committees" / "input.jsonl").read_bytes()
    counts = staged(ADDRESS, tmp_path, whole.replace(b'"sortKey"', b'"sortingKey"', 1))
    assert counts["committees"] == Count(records=2, staged=0, quarantined=2)
    assert refused(tmp_path)[0] == ("missing_field", "input line 1")


def test_both_forms_of_committees_come_out_the_same(tmp_path: Path) -> None:
    columns = ["committee_id", "committee_reference", "status", "secretariat_id", "creation_date"]
    found = []
    for form in ("committees", "committees_csv"):
        [path] = (EXAMPLES / form).glob("input.*")
        folder = tmp_path / form
        folder.mkdir()
        staged(ADDRESS, folder, path.read_bytes())
        found.append(pl.read_parquet(folder / "out" / "committees.parquet").select(columns).rows())
    assert len(found[0]) == 1
    assert found[0] == found[1]


def test_columns_that_came_later_are_kept_ignored_or_reported(tmp_path: Path) -> None:
    # French titles and scopes came in 2026: the former are staged, the latter ignored by name.
    lines = (EXAMPLES / "committees_csv" / "input.csv").read_bytes().splitlines()
    path = tmp_path / "committees.csv"
    path.write_bytes(b"\n".join([lines[0] + b",title.es", *(it + b",x" for it in lines[1:]), b""]))
    drift = refresh.stage_with_drift(ADDRESS, [path], tmp_path / "out", 1)
    assert [(each.table, each.field) for each in drift] == [("committees", "title.es")]
    rows = pl.read_parquet(tmp_path / "out" / "committees.parquet")
    assert rows.height == 1
    assert rows["title_fr"].null_count() == 0
    path.write_bytes(b"\n".join(lines).replace(b",sortKey", b",sortingKey", 1) + b"\n")
    with pytest.raises(SourceChanged, match="missing=sortKey"):
        refresh.stage_files(ADDRESS, [path], tmp_path / "out", jobs=1)


def test_a_file_that_has_not_changed_is_not_fetched_again(
    lake_home: Path, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The files are overwritten in their place: only their headers tell that they are new.
    state = {"ETag": '"0x8DD"', "Last-Modified": "Wed, 09 Sep 2026 03:00:00 GMT"}
    for path in registry.get(ADDRESS).endpoint.paths:
        content = b'{"path": "%s"}\n' % path.encode()
        server.script(f"/{path}", Answer(content, headers=state), Answer(status=304))
    monkeypatch.setenv("IPLAKE_SOURCES__STANDARDS__ISO_OPEN_DATA__BASE_URL", f"{server.url}/")
    settings.cache_clear()
    first = refresh.land(ADDRESS)
    assert len(first) == 3
    assert refresh.land(ADDRESS) == first
    asked = [headers for _, headers in server.requests]
    assert len(asked) == 6
    assert {it.get("If-None-Match") for it in asked[3:]} == {state["ETag"]}
    assert {it.get("If-Modified-Since") for it in asked[3:]} == {state["Last-Modified"]}


def test_the_declaration_names_the_files() -> None:
    found = list(discover(Pages({}), registry.get(ADDRESS)))
    assert [each.name for each in found] == [
        "iso_deliverables_metadata.jsonl",
        "iso_technical_committees.jsonl",
        "ICS.csv",
    ]


def test_the_sample_has_deliverables_committees_and_the_whole_ics(lake_home: Path) -> None:
    land_and_stage(ADDRESS)
    folder = lake_home / "staging" / ADDRESS
    deliverables = pl.read_parquet(folder / "deliverables")
    assert deliverables.height == 282
    assert deliverables["status"].n_unique() == 4
    assert pl.read_parquet(folder / "committees").height == 59
    assert pl.read_parquet(folder / "ics").height == 1381

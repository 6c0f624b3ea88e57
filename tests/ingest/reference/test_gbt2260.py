"""GB/T 2260: two kinds of file told apart, damage costs what it touches, places by name and day."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from iplake.errors import SourceChanged
from tests.conftest import ROOT
from warehouse import refresh
from warehouse.staging import Count

ADDRESS = "reference/gbt2260"
EXAMPLES = ROOT / "tests" / "examples" / ADDRESS


def staged(tmp_path: Path, content: bytes) -> dict[str, Count]:
    """Stage one file of the given bytes into `<tmp_path>/out`; return the counts."""
    path = tmp_path / "input.json"
    path.write_bytes(content)
    return refresh.stage_files(ADDRESS, [path], tmp_path / "out", jobs=1)


def refusals(tmp_path: Path) -> list[tuple[str, str]]:
    """Return table and reason of what `staged` refused."""
    return pl.read_parquet(tmp_path / "out" / "quarantine.parquet")["table", "reason_code"].rows()


def test_a_list_cut_off_keeps_the_provinces_before(tmp_path: Path) -> None:
    whole = (EXAMPLES / "list" / "input.json").read_bytes()
    counts = staged(tmp_path, whole[: whole.index("海南省".encode()) + 40])
    # Beijing with a district; Guangdong with two cities and a district; the province cut off.
    assert counts["divisions"] == Count(records=7, staged=6, quarantined=1)
    assert refusals(tmp_path) == [("divisions", "truncated")]


def test_changes_cut_off_keep_the_changes_before(tmp_path: Path) -> None:
    events = json.loads((EXAMPLES / "changes" / "input.json").read_bytes())
    whole = json.dumps(events, ensure_ascii=False).encode()
    counts = staged(tmp_path, whole[: whole.index(b'"year": 2005')])
    assert counts["division_changes"] == Count(records=5, staged=4, quarantined=1)
    assert refusals(tmp_path) == [("division_changes", "truncated")]
    assert counts["divisions"] == Count(records=7, staged=7, quarantined=0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"meta": {}}', "expected 'provinces' or 'events'"),
        (b'{"meta": {"note": "cut o', "another file, or cut off"),
        (b"code,name\n44,x\n", "expected JSON"),
        (b"", "expected JSON"),
    ],
)
def test_another_file_is_refused_whole(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(SourceChanged, match=said):
        staged(tmp_path, content)


def test_a_code_that_is_no_text_costs_its_division_alone(tmp_path: Path) -> None:
    provinces = {
        "广东省": {"code": "440000000000", "cities": {}},
        "海南省": {"code": 460000000000, "cities": {}},
        "台湾省": {"code": "71", "cities": {}},
    }
    content = json.dumps({"provinces": provinces}, ensure_ascii=False).encode()
    assert staged(tmp_path, content)["divisions"] == Count(records=3, staged=1, quarantined=2)
    assert refusals(tmp_path) == [("divisions", "wrong_type"), ("divisions", "missing_required")]


@pytest.fixture
def divisions(lake_home: Path) -> pl.DataFrame:
    """Return the divisions of the bundled sample."""
    landed = refresh.land(ADDRESS)
    assert len(landed) == 2
    for snapshot in landed:
        refresh.stage(ADDRESS, snapshot)
    return pl.read_parquet(lake_home / "staging" / ADDRESS / "divisions")


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        ("增城市", date(2013, 6, 1), "440183"),
        ("增城区", date(2019, 7, 9), "440118"),
        ("番禺市", date(1994, 1, 1), "449003"),
        ("番禺市", date(1996, 1, 1), "440181"),
        ("天河区", date(1987, 1, 1), "440107"),
        ("天河区", date(2019, 7, 9), "440106"),
        ("广州市", date(2019, 7, 9), "440100"),
        ("广东省", date(1990, 1, 1), "440000"),
    ],
)
def test_a_name_has_one_code_on_a_day(
    divisions: pl.DataFrame, name: str, day: date, code: str
) -> None:
    # The list tells no beginnings: it serves for what never changed.
    changed = divisions.filter(basis="changes").select("division_code", "division_name")
    listed = divisions.filter(basis="edition").join(
        changed, on=["division_code", "division_name"], how="anti"
    )
    known = pl.concat([divisions.filter(basis="changes"), listed])
    found = known.filter(
        (pl.col("division_name") == name)
        & (pl.col("valid_from").is_null() | (pl.col("valid_from") <= day))
        & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= day))
    )
    assert found["division_code"].to_list() == [code]


def test_guangzhou_has_eleven_districts(divisions: pl.DataFrame) -> None:
    listed = divisions.filter(basis="edition", parent_code="440100")
    assert listed.height == 11
    assert "440101" not in listed["division_code"]

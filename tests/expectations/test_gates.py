"""Gates: each bound of a declaration is measured, a breach refuses, and a ceiling only warns."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from expectations import gates, measures
from expectations.measures import Measure
from iplake import lake
from iplake.declaration import Column, Endpoint, Licence, Range, Source, Table, Text
from iplake.errors import GateFailed


def a_source() -> Source:
    """Return a made-up source whose one table has a bound of every kind."""
    columns = {
        "number": Column(type="string", doc="Its number.", doc_zh="编号", required=True),
        "title": Column(type="string", doc="Its title.", doc_zh="名称", fill=0.5),
        "day": Column(type="date", doc="Its day.", doc_zh="日期", min=date(1985, 4, 1)),
        "class_number": Column(type="int", doc="Its class.", doc_zh="类别", min=1, max=45),
    }
    table = Table(
        grain="one row per right",
        grain_zh="每项权利一行",
        key=("number",),
        columns=columns,
        rows={"sample": Range(min=3, max=4), "real": Range(), "live": Range(min=100)},
        max_quarantine_share=0.25,
    )
    return Source(
        domain="reference",
        name="made_up",
        title=Text(en="Made up", zh="虚构"),
        publisher="Nobody",
        licence=Licence(name="CC0", republish="yes"),
        citation="Nobody",
        terms="none",
        cadence="daily",
        revision="replaces",
        endpoint=Endpoint(base_url="https://made-up.example/"),
        tables={"rights": table},
    )


SOUND = {
    "number": ["a", "b", "c"],
    "title": ["x", None, "z"],
    "day": [date(1985, 4, 1), None, date(2026, 1, 1)],
    "class_number": [1, 45, None],
}


def measured(rows: dict[str, list[object]], quarantined: int, last: int | None) -> list[Measure]:
    """Return the measures of a staged table of these rows, with so many refused ones beside."""
    source = a_source()
    staged = lake.ensure(lake.staging(source, "rights")) / "0.parquet"
    schema = {"number": pl.String, "title": pl.String, "day": pl.Date, "class_number": pl.Int64}
    pl.DataFrame(rows, schema=schema).write_parquet(staged)
    refused = lake.ensure(lake.quarantine(source, "rights")) / "0.parquet"
    pl.DataFrame({"reason_code": ["x"] * quarantined}).write_parquet(refused)
    return list(measures.of_staging(source, "sample", {} if last is None else {"rights": last}))


def test_sound_rows_pass_every_measure(lake_home: Path) -> None:
    found = measured(SOUND, 1, 6)
    assert sorted(each.name for each in found) == [
        "fill(number)",
        "fill(title)",
        "max(class_number)",
        "min(class_number)",
        "min(day)",
        "quarantine_share",
        "row_count",
        "row_count_ceiling",
        "rows_to_last",
    ]
    verdicts = gates.judge("staging", "reference/made_up", found)
    assert len(verdicts) == 9
    assert all(verdict.is_passed for verdict in verdicts)
    kept = json.loads(gates.verdict_path("staging", "reference/made_up").read_text())
    assert [row["measure"] for row in kept] == [each.name for each in found]


@pytest.mark.parametrize(
    ("changed", "quarantined", "last", "said"),
    [
        ({name: values[:2] for name, values in SOUND.items()}, 0, None, "row_count is 2"),
        ({"number": ["a", None, "c"]}, 0, None, r"fill\(number\) is 0.66"),
        ({"title": ["x", None, None]}, 0, None, r"fill\(title\) is 0.33"),
        ({}, 2, None, "quarantine_share is 0.4"),
        ({}, 0, 7, "rows_to_last is 0.42"),
        ({name: [] for name in SOUND}, 0, None, "row_count is 0"),
    ],
)
def test_a_breach_refuses_and_is_named(
    lake_home: Path,
    changed: dict[str, list[object]],
    quarantined: int,
    last: int | None,
    said: str,
) -> None:
    found = measured(SOUND | changed, quarantined, last)
    with pytest.raises(GateFailed, match=f"breached=rights.{said}"):
        gates.judge("staging", "reference/made_up", found)
    kept = gates.results()
    assert [row["is_passed"] for row in kept].count(False) == 1


@pytest.mark.parametrize(
    ("changed", "breached"),
    [
        ({"day": [date(1885, 4, 1), None, None]}, "min(day)"),
        ({"class_number": [0, 45, None]}, "min(class_number)"),
        ({"class_number": [1, 46, None]}, "max(class_number)"),
        ({name: values + values[:2] for name, values in SOUND.items()}, "row_count_ceiling"),
    ],
)
def test_what_is_only_odd_warns(
    lake_home: Path, changed: dict[str, list[object]], breached: str
) -> None:
    verdicts = gates.judge("staging", "reference/made_up", measured(SOUND | changed, 0, None))
    assert [each.measure.name for each in verdicts if not each.is_passed] == [breached]


def test_data_docs_show_the_kept_verdicts(lake_home: Path) -> None:
    gates.judge("staging", "reference/made_up", measured(SOUND, 0, None))
    page = gates.write_data_docs(lake_home / "docs")
    assert page.is_file()
    assert "staging reference made_up" in page.read_text(encoding="utf-8")
